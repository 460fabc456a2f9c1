import { Result } from 'effect'
import type { KnownLot } from '../../known.ts'
import type { InventoryRow } from '../../lot/lot.ts'
import type { Location, Material, Unit } from '../../master-data/master-data.ts'
import type { Quantity } from '../../quantity/quantity.ts'
import type { NotFound, ValidationFailed } from '../../refusals.ts'
import type { InventoryQuery, Page } from '../../store.ts'
import type { Instant } from '../../time/instant.ts'
import { type InventoryView, inventoryView } from '../../views/lot-view.ts'
import { pageOf, refuseStrangeCursor } from './pages.ts'
import { resolveLocation, resolveLot, resolveMaterial, within } from './resolve.ts'
import { historiesOf, knownOf, type Tables } from './tables.ts'

interface Stock extends KnownLot {
  readonly row: InventoryRow
  readonly location: Location
}

const quantityAsOf = (tables: Tables, { locationId, lotId }: InventoryRow, at: Instant): Quantity => {
  let sum = 0
  for (const { versions } of historiesOf(tables, lotId))
    for (const { version } of versions)
      for (const entry of version.stockEntries)
        if (entry.lotId === lotId && entry.locationId === locationId && entry.effectiveDate <= at) sum += entry.quantity
  return sum
}

const stockOf = (tables: Tables, asOf: Instant | undefined): readonly Stock[] =>
  Array.from(tables.lots.values()).flatMap((item) =>
    Array.from(item.rows.values(), (row) => ({
      ...item,
      row: asOf === undefined ? row : { ...row, quantity: quantityAsOf(tables, row, asOf) },
      location: tables.locations.get(row.locationId) as Location,
    })),
  )

/** Stock by location path, then by lot name; lots of one name are told apart by the row's id. */
export const findInventory = (
  tables: Tables,
  query: InventoryQuery,
): Result.Result<Page<InventoryView>, NotFound | ValidationFailed> =>
  Result.gen(function* () {
    yield* refuseStrangeCursor(query, ['', '', ''])
    const known = knownOf(tables)
    const locationId = yield* resolveLocation(known, query.location)
    const lotId = yield* resolveLot(known, query.lot)
    const materialId = yield* resolveMaterial(known, query.material)
    const place = locationId === undefined ? undefined : tables.locations.get(locationId)
    const isThere = place === undefined ? undefined : within(place.path, query.subtree ?? false)

    const matches = ({ lot, row, location }: Stock): boolean =>
      (isThere === undefined || isThere(location.path)) &&
      (lotId === undefined || lot.id === lotId) &&
      (query.lotName === undefined || lot.name === query.lotName) &&
      (materialId === undefined || lot.materialId === materialId) &&
      (row.quantity !== 0 || query.includeZero === true)

    const show = ({ lot, row, location }: Stock): InventoryView =>
      inventoryView(
        row,
        lot,
        location,
        tables.materials.get(lot.materialId) as Material,
        tables.units.get(lot.unitOfMeasureId) as Unit,
      )
    const stock = stockOf(tables, query.asOf).filter(matches)
    return pageOf(stock, ({ lot, row, location }) => [location.path, lot.name, row.id], query, show)
  })
