import type { Ulid } from '../../identifiers/ulid.ts'
import type { BelowZero } from '../../known.ts'
import { historiesOf, type Tables } from './tables.ts'

const firstBelowZero = (tables: Tables, locationId: Ulid, lotId: Ulid): readonly BelowZero[] => {
  const entries = historiesOf(tables, lotId)
    .flatMap(({ versions }) => versions.flatMap(({ version }) => version.stockEntries))
    .filter((entry) => entry.lotId === lotId && entry.locationId === locationId)
  for (const moment of [...new Set(entries.map(({ effectiveDate }) => effectiveDate))].sort((a, b) => a - b)) {
    // Entries of one instant count together.
    const quantity = entries.reduce((sum, entry) => (entry.effectiveDate <= moment ? sum + entry.quantity : sum), 0)
    if (quantity < 0) return [{ locationId, lotId, moment, quantity }]
  }
  return []
}

/** The rows at some locations that are below zero at any moment, each with the first, the earliest first. */
export const belowZeroAt = (tables: Tables, locationIds: readonly Ulid[]): readonly BelowZero[] =>
  [...new Set(locationIds)]
    // Nothing goes below zero where that is not allowed.
    .filter((locationId) => tables.locations.get(locationId)?.allowNegativeInventory === true)
    .flatMap((locationId) =>
      Array.from(tables.lots.values())
        .filter(({ rows }) => rows.has(locationId))
        .flatMap(({ lot }) => firstBelowZero(tables, locationId, lot.id)),
    )
    .sort((left, right) => left.moment - right.moment || (left.lotId < right.lotId ? -1 : 1))

/** The locations with a capacity where stock in another unit lies. */
export const placesOfConvertedStock = ({ lots, locations }: Tables): readonly Ulid[] =>
  Array.from(locations.values())
    .filter(({ id, storageCapacity, storageCapacityUnitId }) => {
      const inAnother = Array.from(lots.values()).some(
        ({ lot, rows }) => (rows.get(id)?.quantity ?? 0) > 0 && lot.unitOfMeasureId !== storageCapacityUnitId,
      )
      return storageCapacity !== null && inAnother
    })
    .map(({ id }) => id)
