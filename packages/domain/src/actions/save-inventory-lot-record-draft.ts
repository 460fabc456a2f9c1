import type { Ulid } from '../identifiers/ulid.ts'
import type { Known, KnownRecord } from '../known.ts'
import type { Lot } from '../lot/lot.ts'
import { dateOfStatusChange } from '../lot-record/decide-posting.ts'
import { blankRecord, type LotRecord } from '../lot-record/lot-record.ts'
import type { Circumstances } from './action.ts'
import type { Asked, SaveInventoryLotRecordRequest } from './save-inventory-lot-record-request.ts'

/** A record as the request would leave it, before it is known whether it posts. */
export interface Draft {
  readonly record: LotRecord
  readonly before: KnownRecord | undefined
}

/**
 * The record as the request would leave it. Lots and type may be missing while violations are still being collected: it is
 * used only when there are none.
 */
export const draftOf = (known: Known, request: SaveInventoryLotRecordRequest & Asked, stamp: Circumstances): Draft => {
  const before = request.id === null ? undefined : known.records.get(request.id)
  const old = before?.record ?? blankRecord(stamp, known.policy)
  const lotRecordType = request.lotRecordType ?? old.lotRecordType
  const inventoryLotId = request.inventoryLotId ?? old.inventoryLotId
  const lot = known.lots.get(inventoryLotId)?.lot
  const quantity = request.quantity ?? old.quantity
  const asked = quantity !== old.quantity || (request.quantity !== null && otherUnit(known, old, inventoryLotId))
  const filled = before !== undefined || lotRecordType === 'STATUS_CHANGE' ? null : (lot?.status ?? null)
  // A start later than the record itself is the template’s “now”, and keeps the stored one.
  const isTemplate = before !== undefined && request.startDate !== null && request.startDate > old.createdDate
  const undated = before === undefined && lotRecordType === 'STATUS_CHANGE' && request.endDate === null
  const start = undated ? dateOfStatusChange(known, inventoryLotId, stamp.now) : old.startDate
  const askedNow = asked ? { requestedQuantity: quantity, requestedUnitOfMeasureSymbol: symbolOf(known, lot) } : old
  const requested = request.requested ?? askedNow
  const record: LotRecord = {
    id: old.id,
    lotRecordType,
    status: request.status ?? old.status,
    inventoryLotId,
    secondaryInventoryLotId: request.secondaryInventoryLotId ?? old.secondaryInventoryLotId,
    sourceLocationId: request.sourceLocationId ?? old.sourceLocationId,
    destinationLocationId: request.destinationLocationId ?? old.destinationLocationId,
    quantity,
    lotStatus: request.lotStatus ?? old.lotStatus ?? filled,
    startDate: isTemplate ? old.startDate : (request.startDate ?? start),
    endDate: request.endDate ?? old.endDate,
    operationRecordId: request.operationRecordId ?? old.operationRecordId,
    operationId: request.operationId ?? old.operationId,
    inventoryOperationId: request.inventoryOperationId ?? old.inventoryOperationId,
    inventoryOperationName: request.inventoryOperationName ?? old.inventoryOperationName,
    productionOrderId: request.productionOrderId ?? old.productionOrderId,
    productionOrderName: request.productionOrderName ?? old.productionOrderName,
    materialReasonCodeId: request.materialReasonCodeId ?? old.materialReasonCodeId,
    shiftRecordId: request.shiftRecordId ?? old.shiftRecordId,
    posted: old.posted,
    version: before === undefined ? 1 : old.version + 1,
    previousStatus: old.previousStatus,
    expirationDate: old.expirationDate,
    reversalOf: old.reversalOf,
    reversedBy: old.reversedBy,
    countedQuantity: old.countedQuantity,
    requestedQuantity: requested.requestedQuantity,
    requestedUnitOfMeasureSymbol: requested.requestedUnitOfMeasureSymbol,
    consumeRecordId: request.consumeRecordId ?? keptTakenBack(old, lotRecordType),
    policy: known.policy,
    notes: request.notes ?? old.notes,
    enabled: request.enabled ?? old.enabled,
    spare1: request.spare1 ?? old.spare1,
    spare2: request.spare2 ?? old.spare2,
    spare3: request.spare3 ?? old.spare3,
    createdDate: old.createdDate,
    createdBy: old.createdBy,
    modifiedDate: before === undefined ? null : stamp.now,
    modifiedBy: before === undefined ? null : stamp.actor,
  }
  return { before, record }
}

// What a record that becomes another type would have taken back is nothing to that type.
const keptTakenBack = (old: LotRecord, lotRecordType: LotRecord['lotRecordType']): Ulid | null =>
  old.posted || lotRecordType === 'UNCONSUME' ? old.consumeRecordId : null

/** Whether a record is given a lot that is kept in another unit than its lot so far. */
export const otherUnit = (known: Known, { inventoryLotId }: LotRecord, given: Ulid): boolean => {
  const [from, to] = [known.lots.get(inventoryLotId)?.lot, known.lots.get(given)?.lot]
  return from !== undefined && to !== undefined && from.unitOfMeasureId !== to.unitOfMeasureId
}

/** The symbol of the unit that a lot is kept in; null where one of them is not known. */
export const symbolOf = (known: Known, lot: Lot | undefined): string | null =>
  lot === undefined ? null : (known.units.get(lot.unitOfMeasureId)?.symbol ?? null)
