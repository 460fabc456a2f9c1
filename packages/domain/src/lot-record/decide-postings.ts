import { Result } from 'effect'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { FieldChange, Known, Stamp } from '../known.ts'
import type { Quantity } from '../quantity/quantity.ts'
import { LotStorageRefused, type Refusal } from '../refusals.ts'
import { applyStockEntries } from './apply.ts'
import { type DecidedVersion, decideFirstPosting } from './decide-posting.ts'
import { blankRecord, type LotRecord, type RecordVersion, type StockEntry } from './lot-record.ts'
import { lotOf } from './posting.ts'
import { lotsAt, whyNotBeside, whyNotStored } from './storage.ts'

/** What a posting comes to: its own version first, then those that follow from the storage strategies. */
export interface DecidedPosting {
  readonly known: Known
  readonly versions: readonly RecordVersion[]
  readonly changes: readonly FieldChange[]
}

const symbolOf = (known: Known, lotId: Ulid): string | null => {
  const unitId = known.lots.get(lotId)?.lot.unitOfMeasureId
  return (unitId && known.units.get(unitId)?.symbol) ?? null
}

const mergeRecord = (
  cause: LotRecord,
  survivor: Ulid,
  absorbed: Ulid,
  entry: Pick<StockEntry, 'locationId' | 'quantity'>,
  known: Known,
  stamp: Stamp,
): LotRecord => ({
  ...blankRecord(stamp, known.policy),
  lotRecordType: 'MERGE',
  inventoryLotId: survivor,
  secondaryInventoryLotId: absorbed,
  sourceLocationId: entry.locationId,
  destinationLocationId: entry.locationId,
  quantity: entry.quantity,
  requestedQuantity: entry.quantity,
  requestedUnitOfMeasureSymbol: symbolOf(known, survivor),
  lotStatus: known.lots.get(survivor)?.lot.status ?? null,
  startDate: cause.startDate,
  endDate: cause.endDate,
  operationRecordId: cause.operationRecordId,
  operationId: cause.operationId,
  inventoryOperationId: cause.inventoryOperationId,
  productionOrderId: cause.productionOrderId,
  productionOrderName: cause.productionOrderName,
})

/** The merges that the storage strategy of a place asks for when stock arrives where another lot lies. */
const mergesOf = (
  known: Known,
  cause: LotRecord,
  entry: StockEntry,
  stamp: Stamp,
): Result.Result<readonly LotRecord[], Refusal> => {
  const location = known.locations.get(entry.locationId)
  const strategy = location?.lotStorageStrategy
  if (location === undefined || entry.quantity <= 0) return Result.succeed([])
  // A count says what lies there of this lot; nothing arrives that could be merged.
  if (cause.lotRecordType === 'MERGE' || cause.lotRecordType === 'EDIT') return Result.succeed([])
  if (strategy !== 'MERGE_INTO_PREVIOUS' && strategy !== 'MERGE_INTO_NEW') return Result.succeed([])
  // A row below zero is nothing that lies there.
  const others = lotsAt(known, entry.locationId).filter(
    ({ lot, rows }) => lot.id !== entry.lotId && (rows.get(entry.locationId)?.quantity ?? 0) > 0,
  )
  const refuse = (reason: string): Result.Result<never, Refusal> =>
    Result.fail(
      new LotStorageRefused({
        locationId: showUlid(location.id),
        locationPath: location.path,
        lotStorageStrategy: strategy,
        reason,
      }),
    )
  if (cause.lotRecordType === 'SPLIT')
    return refuse('it merges what arrives, so a split there would be taken back at once')
  if (others.length > 1) return refuse('it merges what arrives, and more than one lot lies there: merge those first')
  const [other] = others
  if (other === undefined) return Result.succeed([])
  const there = other.rows.get(entry.locationId)?.quantity ?? 0
  return Result.succeed([
    strategy === 'MERGE_INTO_PREVIOUS'
      ? mergeRecord(cause, other.lot.id, entry.lotId, entry, known, stamp)
      : mergeRecord(cause, entry.lotId, other.lot.id, { locationId: entry.locationId, quantity: there }, known, stamp),
  ])
}

// A split child is of the same supplier. That is no stock and no status, so it goes into the change table.
const inheritSupplier = ({ version, known }: DecidedVersion, stamp: Stamp): Omit<DecidedPosting, 'versions'> => {
  const { lotRecordType, inventoryLotId, secondaryInventoryLotId } = version.record
  const child = secondaryInventoryLotId === null ? undefined : known.lots.get(secondaryInventoryLotId)
  const supplierId = known.lots.get(inventoryLotId)?.lot.supplierId ?? null
  if (lotRecordType !== 'SPLIT' || child === undefined || child.lot.supplierId === supplierId)
    return { known, changes: [] }
  const lots = new Map(known.lots).set(child.lot.id, { ...child, lot: { ...child.lot, supplierId } })
  return {
    known: { ...known, lots },
    changes: [
      {
        entity: 'lot',
        entityId: showUlid(child.lot.id),
        field: 'supplierId',
        from: child.lot.supplierId,
        to: supplierId,
        changedDate: stamp.now,
        changedBy: stamp.actor,
      },
    ],
  }
}

/** A record posts for the first time, with all that follows from it. */
export const decidePostings = (
  before: Known,
  draft: LotRecord,
  stamp: Stamp,
): Result.Result<DecidedPosting, Refusal> => {
  const first = decideFirstPosting(before, draft, stamp)
  if (Result.isFailure(first)) return Result.fail(first.failure)
  const { version } = first.success
  const inherited = inheritSupplier(first.success, stamp)
  const { changes } = inherited
  const versions = [version]
  let { known } = inherited
  const beside =
    version.record.lotRecordType === 'MERGE' ? whyNotBeside(known, version.stockEntries, 'MERGE') : undefined
  if (beside !== undefined) return Result.fail(beside)
  for (const entry of version.stockEntries) {
    const merges = mergesOf(known, version.record, entry, stamp)
    if (Result.isFailure(merges)) return Result.fail(merges.failure)
    for (const record of merges.success) {
      const merged = decideFirstPosting(known, record, stamp)
      if (Result.isFailure(merged)) return Result.fail(merged.failure)
      versions.push(merged.success.version)
      known = merged.success.known
    }
  }
  return Result.succeed({ known, versions, changes })
}

/** Whether a location has room for a quantity of a lot, by the very rules that a posting there has to pass. */
export const hasRoom = (known: Known, locationId: Ulid, lotId: Ulid, quantity: Quantity, stamp: Stamp): boolean => {
  if (known.locations.get(locationId)?.enabled !== true || !lotOf(known, lotId).lot.enabled) return false
  const entry = { locationId, lotId, quantity, effectiveDate: stamp.now }
  const after = applyStockEntries(known, [entry], stamp)
  if (whyNotStored(after, [entry]) !== undefined) return false
  const arrival: LotRecord = { ...blankRecord(stamp, known.policy), lotRecordType: 'RECEIVE', inventoryLotId: lotId }
  const merges = mergesOf(after, arrival, entry, stamp)
  return (
    Result.isSuccess(merges) &&
    merges.success.every((record) => Result.isSuccess(decideFirstPosting(after, record, stamp)))
  )
}
