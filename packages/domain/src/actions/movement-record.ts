import { readUlid } from '../identifiers/ulid.ts'
import { findMaterial, findUnit, type Known, type KnownLot } from '../known.ts'
import { blankRecord, type LotRecord } from '../lot-record/lot-record.ts'
import type { Quantity } from '../quantity/quantity.ts'
import { convert } from '../quantity/unit-conversion.ts'
import { toRef } from '../queries/refs.ts'
import type { Violations } from '../request.ts'
import type { Instant } from '../time/instant.ts'
import type { Circumstances } from './action.ts'
import type { FieldNames, Movement, Parties } from './movement.ts'
import { judgeDates, judgePosting, judgeReasonCode, judgeTakenBack } from './record-rules.ts'

/** The unit that a quantity is asked for in: the one it names, else that of the lot or, where none is named, of the material. */
const unitAsked = (known: Known, { unitOfMeasureSymbol, lot, material }: Movement, kept: KnownLot['lot']) =>
  unitOfMeasureSymbol !== null
    ? findUnit(known, { name: unitOfMeasureSymbol })
    : known.units.get(
        (lot === null && material !== null ? findMaterial(known, toRef(material)) : kept)?.unitOfMeasureId ??
          kept.unitOfMeasureId,
      )

/** The quantity asked for, in the unit of a lot. What cannot be converted exactly is a violation. */
export const quantityIn = (
  known: Known,
  movement: Movement,
  lot: KnownLot['lot'],
  violations: Violations,
): Quantity | null => {
  const { quantity } = movement
  if (quantity === null) return null
  const unit = unitAsked(known, movement, lot)
  if (unit === undefined) {
    violations.add('unitOfMeasureSymbol', 'no unit has this symbol')
    return null
  }
  const converted = convert(known, quantity, unit.id, lot.unitOfMeasureId, lot.materialId)
  if (typeof converted === 'number') return converted
  violations.add('unitOfMeasureSymbol', converted.why)
  return null
}

/** What a movement says of a record's status, times, reason and notes. */
export const datesAndReason = (
  movement: Movement,
  stamp: Circumstances,
): Pick<LotRecord, 'status' | 'startDate' | 'endDate' | 'materialReasonCodeId' | 'notes'> => {
  const startDate = movement.startDate ?? stamp.now
  return {
    status: movement.ongoing ? 'RUNNING' : 'COMPLETED',
    startDate,
    endDate: movement.ongoing ? null : (movement.endDate ?? startDate),
    materialReasonCodeId: movement.materialReasonCodeId,
    notes: movement.notes,
  }
}

/** The record that a movement of a lot writes, in the lot's unit. */
export const draftOf = (
  known: Known,
  movement: Movement,
  parties: Parties,
  item: KnownLot,
  quantity: Quantity | null,
  stamp: Circumstances,
): LotRecord => {
  const order = movement.productionOrder === null ? undefined : readUlid(movement.productionOrder)
  const unit = unitAsked(known, movement, item.lot)
  return {
    ...blankRecord(stamp, known.policy),
    lotRecordType: movement.lotRecordType,
    ...datesAndReason(movement, stamp),
    inventoryLotId: item.lot.id,
    secondaryInventoryLotId: parties.other?.lot.id ?? null,
    sourceLocationId: parties.source,
    destinationLocationId: parties.destination,
    quantity,
    lotStatus: item.lot.status,
    operationId: movement.operationId,
    inventoryOperationId: movement.inventoryOperationId,
    productionOrderId: order ?? null,
    productionOrderName: order === undefined ? movement.productionOrder : null,
    requestedQuantity: movement.quantity,
    requestedUnitOfMeasureSymbol: movement.quantity === null ? null : (unit?.symbol ?? null),
    consumeRecordId: movement.consumeRecordId,
    spare1: movement.spare1,
    spare2: movement.spare2,
    spare3: movement.spare3,
  }
}

const recordFields = /\b(?:inventoryLotId|secondaryInventoryLotId|sourceLocationId|destinationLocationId)\b/gu

/** The fields of a record as a request calls them. */
const requestField = (names: FieldNames, field: string): string =>
  ({
    inventoryLotId: names.lot,
    secondaryInventoryLotId: names.otherLot,
    sourceLocationId: names.source,
    destinationLocationId: names.destination,
  })[field] ?? field

/** Judges a draft by the rules of its type, in the words of the request. */
export const judgeDraft = (
  known: Known,
  movement: Movement,
  record: LotRecord,
  names: FieldNames,
  violations: Violations,
  now: Instant,
): void => {
  const renamed = {
    add: (field: string, message: string) =>
      violations.add(
        requestField(names, field),
        message.replaceAll(recordFields, (word) => requestField(names, word)),
      ),
    has: (field: string) => violations.has(requestField(names, field)),
  }
  const { unitOfMeasureSymbol: symbol } = movement
  if (symbol !== null && findUnit(known, { name: symbol }) === undefined)
    violations.add('unitOfMeasureSymbol', 'no unit has this symbol')
  judgeDates(record, undefined, renamed, now)
  judgeReasonCode(known, record, renamed)
  judgeTakenBack(known, record, renamed)
  judgePosting(known, record, renamed)
  if (movement.ongoing && movement.label !== null)
    violations.add('inventoryName', 'must be left out: what is ongoing moves no stock yet that could be labelled')
  if (movement.ongoing && movement.endDate !== null)
    violations.add('endDate', 'must be left out: what is ongoing has not ended')
  if (
    record.quantity === null &&
    movement.quantity === null &&
    record.lotRecordType !== 'MERGE' &&
    !violations.has('quantity')
  )
    violations.add('quantity', 'is required')
}
