import { showUlid } from '../identifiers/ulid.ts'
import type { Known } from '../known.ts'
import { whyNotKeptThere, whyTooFull } from '../lot-record/storage.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { type CapacityExceeded, InsufficientStock, type LotStorageRefused } from '../refusals.ts'
import { showInstant } from '../time/instant.ts'
import type { Location } from './master-data.ts'

/** A row that is below zero now, or was at any moment, stands in the way of a location that does not allow it. */
const whyBelowZero = (known: Known, location: Location): InsufficientStock | undefined => {
  const first = known.belowZero.find(({ locationId }) => locationId === location.id)
  const lot = first && known.lots.get(first.lotId)?.lot
  if (first === undefined || lot === undefined) return undefined
  return new InsufficientStock({
    locationId: showUlid(location.id),
    locationPath: location.path,
    lotId: showUlid(lot.id),
    lotName: lot.name,
    unitOfMeasureSymbol: known.units.get(lot.unitOfMeasureId)?.symbol ?? '',
    onHand: showQuantity(first.quantity),
    asked: 0,
    moment: showInstant(first.moment),
    wouldTake: [],
  })
}

/** Only what becomes stricter is held against the stock: a larger capacity helps, even where it is still too small. */
const holdsLess = (before: Location, after: Location): boolean =>
  after.storageCapacity !== null &&
  (before.storageCapacity === null ||
    after.storageCapacity < before.storageCapacity ||
    after.storageCapacityUnitId !== before.storageCapacityUnitId)

/** Why the stock that lies at a location forbids a change of it; the rules are those of a posting. */
export const whyStockForbidsLocation = (
  known: Known,
  before: Location,
  after: Location,
): LotStorageRefused | InsufficientStock | CapacityExceeded | undefined =>
  (before.lotStorageStrategy === after.lotStorageStrategy ? undefined : whyNotKeptThere(known, after)) ??
  (before.allowNegativeInventory && !after.allowNegativeInventory ? whyBelowZero(known, after) : undefined) ??
  (holdsLess(before, after) ? whyTooFull(known, after) : undefined)

/** Why the stock at places with a capacity forbids a change of a conversion: it would not fit, or not be comparable. */
export const whyStockForbidsConversion = (
  before: Known,
  after: Known,
): LotStorageRefused | CapacityExceeded | undefined => {
  for (const location of after.locations.values()) {
    const refusal = whyTooFull(after, location)
    // What was wrong before is none of this change's doing.
    if (refusal !== undefined && whyTooFull(before, location) === undefined) return refusal
  }
  return undefined
}
