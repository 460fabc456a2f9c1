import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import { type Known, type KnownLot, rowKey } from '../known.ts'
import type { Location } from '../master-data/master-data.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { factorBetween } from '../quantity/unit-conversion.ts'
import { CapacityExceeded, LotStorageRefused } from '../refusals.ts'
import type { StockEntry } from './lot-record.ts'
import type { LotRecordType } from './lot-record-type.ts'

/** The lots that have stock at a location. */
export const lotsAt = (known: Known, locationId: Ulid): readonly KnownLot[] =>
  [...known.lots.values()].filter(({ rows }) => (rows.get(locationId)?.quantity ?? 0) !== 0)

const refuse = (location: Location, reason: string): LotStorageRefused =>
  new LotStorageRefused({
    locationId: showUlid(location.id),
    locationPath: location.path,
    lotStorageStrategy: location.lotStorageStrategy,
    reason,
  })

/** A location that stores nothing takes nothing; one that stores a single lot takes no second one. */
const whyNotKept = (after: Known, location: Location, lotId: Ulid): LotStorageRefused | undefined => {
  if (location.lotStorageStrategy === 'NO_STORAGE') return refuse(location, 'it stores nothing')
  if (location.lotStorageStrategy !== 'ALLOW_SINGLE_OR_THROW') return undefined
  const other = lotsAt(after, location.id).find(({ lot }) => lot.id !== lotId)
  return other && refuse(location, `it stores one lot only, and ${other.lot.name} lies there`)
}

/** Millionths of the capacity's unit, as an exact sum. A fraction is kept by its denominator. */
const addExactly = (
  sum: readonly [bigint, bigint],
  numerator: bigint,
  denominator: bigint,
): readonly [bigint, bigint] => [sum[0] * denominator + numerator * sum[1], sum[1] * denominator]

const mostNames = 3

const namesOf = (lots: readonly KnownLot[]): string => {
  const names = lots.slice(0, mostNames).map(({ lot }) => lot.name)
  return lots.length > mostNames ? `${names.join(', ')} and ${lots.length - mostNames} more` : names.join(' and ')
}

/** Why a location cannot take up its storage strategy with what lies there: it would refuse that very stock. */
export const whyNotKeptThere = (known: Known, location: Location): LotStorageRefused | undefined => {
  const lots = lotsAt(known, location.id)
  const lying = lots.filter(({ rows }) => (rows.get(location.id)?.quantity ?? 0) > 0)
  if (lying.every(({ lot }) => whyNotKept(known, location, lot.id) === undefined)) return undefined
  return location.lotStorageStrategy === 'NO_STORAGE'
    ? refuse(location, `it would store nothing, and there is stock of ${namesOf(lying)}: move it out first`)
    : refuse(location, `it would store one lot only, and there is stock of ${namesOf(lots)}: move the others out first`)
}

/** Why a location is too full: its own positive rows against its capacity, compared exactly across units. */
export const whyTooFull = (
  after: Known,
  location: Location,
  arrivals: readonly StockEntry[] = [],
): CapacityExceeded | LotStorageRefused | undefined => {
  const { storageCapacity, storageCapacityUnitId } = location
  if (storageCapacity === null || storageCapacityUnitId === null) return undefined
  let sum: readonly [bigint, bigint] = [0n, 1n]
  for (const { lot, rows } of lotsAt(after, location.id)) {
    const quantity = rows.get(location.id)?.quantity ?? 0
    if (quantity <= 0) continue
    const factor = factorBetween(after, lot.unitOfMeasureId, storageCapacityUnitId, lot.materialId)
    if ('why' in factor) return refuse(location, `its capacity cannot be compared: ${factor.why}`)
    sum = addExactly(sum, BigInt(quantity) * factor.numerator, factor.denominator)
  }
  if (sum[0] <= BigInt(storageCapacity) * sum[1]) return undefined
  const arrived = arrivals.reduce((total, { lotId, quantity }) => {
    const lot = after.lots.get(lotId)?.lot
    const factor =
      lot === undefined ? undefined : factorBetween(after, lot.unitOfMeasureId, storageCapacityUnitId, lot.materialId)
    return factor === undefined || 'why' in factor
      ? total
      : total + Number((BigInt(quantity) * factor.numerator) / factor.denominator)
  }, 0)
  const held = Number(sum[0] / sum[1])
  return new CapacityExceeded({
    locationId: showUlid(location.id),
    locationPath: location.path,
    unitOfMeasureSymbol: after.units.get(storageCapacityUnitId)?.symbol ?? '',
    capacity: showQuantity(storageCapacity),
    held: showQuantity(held - arrived),
    asked: showQuantity(arrived),
  })
}

/**
 * Whether there is more at the location than before. What is taken from one lot and given to another in place does not
 * fill it; what is taken from nothing does. The lots of one record are kept in one unit.
 */
const gains = (after: Known, locationId: Ulid, entries: readonly StockEntry[]): boolean => {
  const changes = new Map<Ulid, number>()
  for (const { lotId, quantity } of entries) changes.set(lotId, (changes.get(lotId) ?? 0) + quantity)
  let gained = 0
  for (const [lotId, change] of changes) {
    const now = after.lots.get(lotId)?.rows.get(locationId)?.quantity ?? 0
    gained += Math.max(0, now) - Math.max(0, now - change)
  }
  return gained > 0
}

/** Why the places where stock arrives do not take it: their storage strategy, then their capacity. */
export const whyNotStored = (
  after: Known,
  entries: readonly StockEntry[],
): CapacityExceeded | LotStorageRefused | undefined => {
  if (entries.every(({ quantity }) => quantity <= 0)) return undefined
  for (const { locationId, lotId, quantity } of entries) {
    const location = after.locations.get(locationId)
    if (quantity <= 0 || location === undefined) continue
    const refusal = whyNotKept(after, location, lotId)
    if (refusal !== undefined) return refusal
  }
  for (const locationId of new Set(entries.map((entry) => entry.locationId))) {
    const location = after.locations.get(locationId)
    if (location === undefined || location.storageCapacity === null) continue
    const own = entries.filter((entry) => entry.locationId === locationId)
    const refusal = gains(after, locationId, own) ? whyTooFull(after, location, own) : undefined
    if (refusal !== undefined) return refusal
  }
  return undefined
}

const merges = ({ lotStorageStrategy: strategy }: Location): boolean =>
  strategy === 'MERGE_INTO_PREVIOUS' || strategy === 'MERGE_INTO_NEW'

/**
 * Why a correction, or a MERGE from elsewhere, may not bring more stock to a place that merges what arrives: it is one
 * version of one record and writes no MERGE after it, so what it brings would lie beside the lot that is there.
 * A correction has a record of its own instead. A MERGE in place brings nothing.
 */
export const whyNotBeside = (
  after: Known,
  entries: readonly StockEntry[],
  type: LotRecordType,
): LotStorageRefused | undefined => {
  const brought = new Map<string, StockEntry>()
  for (const entry of entries) {
    const key = rowKey(entry.locationId, entry.lotId)
    brought.set(key, { ...entry, quantity: (brought.get(key)?.quantity ?? 0) + entry.quantity })
  }
  for (const { locationId, lotId, quantity } of brought.values()) {
    const location = after.locations.get(locationId)
    if (quantity <= 0 || location === undefined || !merges(location)) continue
    const own = entries.filter((entry) => entry.locationId === locationId)
    if (type === 'MERGE' && !gains(after, locationId, own)) continue
    const others = lotsAt(after, locationId).filter(
      ({ lot, rows }) => lot.id !== lotId && (rows.get(locationId)?.quantity ?? 0) > 0,
    )
    if (others.length > 0)
      return refuse(
        location,
        `it merges what arrives, and there is stock of ${namesOf(others)}: ${
          type === 'MERGE'
            ? 'what this MERGE brings there would lie beside it'
            : 'a correction does not merge, so write a record for the difference'
        }`,
      )
  }
  return undefined
}
