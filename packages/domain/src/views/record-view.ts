import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Known } from '../known.ts'
import type { LotRecord } from '../lot-record/lot-record.ts'
import { lastName } from '../master-data/master-data.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { showInstant } from '../time/instant.ts'

/** The names behind the ids of a record. A store joins them in; a decision takes them from what is known. */
export interface RecordNames {
  readonly inventoryLotName: string
  readonly secondaryInventoryLotName: string | null
  readonly materialId: Ulid
  readonly materialPath: string
  readonly unitOfMeasureId: Ulid
  readonly unitOfMeasureName: string
  readonly unitOfMeasureSymbol: string
  readonly sourceLocationPath: string | null
  readonly destinationLocationPath: string | null
  readonly materialReasonCodeName: string | null
}

const id = (value: Ulid | null): string | null => (value === null ? null : showUlid(value))
const date = (value: number | null): string | null => (value === null ? null : showInstant(value))
const number = (value: number | null): number | null => (value === null ? null : showQuantity(value))
const name = (path: string | null): string | null => (path === null ? null : lastName(path))

/**
 * A lot record as every face returns it: the 34 documented fields, then ours. A field without a value is null.
 * `duration` is in whole seconds, quantities are in the primary lot's unit.
 */
export const recordView = (record: LotRecord, sequence: number | null, names: RecordNames) => ({
  lotRecordType: record.lotRecordType,
  status: record.status,
  lotStatus: record.lotStatus,
  quantity: number(record.quantity),
  inventoryLotId: showUlid(record.inventoryLotId),
  inventoryLotName: names.inventoryLotName,
  secondaryInventoryLotId: id(record.secondaryInventoryLotId),
  secondaryInventoryLotName: names.secondaryInventoryLotName,
  operationRecordId: id(record.operationRecordId),
  inventoryOperationId: id(record.inventoryOperationId),
  inventoryOperationName: record.inventoryOperationName,
  productionOrderId: id(record.productionOrderId),
  productionOrderName: record.productionOrderName,
  materialReasonCodeId: id(record.materialReasonCodeId),
  materialReasonCodeName: names.materialReasonCodeName,
  shiftRecordId: id(record.shiftRecordId),
  sourceLocationId: id(record.sourceLocationId),
  sourceLocationName: name(names.sourceLocationPath),
  sourceLocationPath: names.sourceLocationPath,
  destinationLocationId: id(record.destinationLocationId),
  destinationLocationName: name(names.destinationLocationPath),
  destinationLocationPath: names.destinationLocationPath,
  unitOfMeasureId: showUlid(names.unitOfMeasureId),
  unitOfMeasureName: names.unitOfMeasureName,
  unitOfMeasureSymbol: names.unitOfMeasureSymbol,
  startDate: showInstant(record.startDate),
  endDate: date(record.endDate),
  duration: record.endDate === null ? null : Math.floor((record.endDate - record.startDate) / 1000),
  id: showUlid(record.id) as string | null,
  notes: record.notes,
  enabled: record.enabled,
  spare1: record.spare1,
  spare2: record.spare2,
  spare3: record.spare3,
  posted: record.posted,
  version: record.version,
  sequence,
  previousStatus: record.previousStatus,
  reversalOf: id(record.reversalOf),
  reversedBy: id(record.reversedBy),
  countedQuantity: number(record.countedQuantity),
  requestedQuantity: number(record.requestedQuantity),
  requestedUnitOfMeasureSymbol: record.requestedUnitOfMeasureSymbol,
  operationId: id(record.operationId),
  policy: record.policy,
  materialId: showUlid(names.materialId),
  materialPath: names.materialPath,
  createdDate: showInstant(record.createdDate),
  createdBy: record.createdBy,
  modifiedDate: date(record.modifiedDate),
  modifiedBy: record.modifiedBy,
})
/** A lot record as every face returns it. `id` and `sequence` are null in a dry run. */
export type RecordView = ReturnType<typeof recordView>

/** The names behind a record's ids, from what is known. */
export const namesFromKnown = (known: Known, record: LotRecord): RecordNames => {
  const lot = known.lots.get(record.inventoryLotId)?.lot
  const material = lot && known.materials.get(lot.materialId)
  const unit = lot && known.units.get(lot.unitOfMeasureId)
  if (lot === undefined || material === undefined || unit === undefined)
    throw new Error('a record was decided without its lot, material and unit being loaded')
  const location = (place: Ulid | null): string | null =>
    place === null ? null : (known.locations.get(place)?.path ?? null)
  return {
    inventoryLotName: lot.name,
    secondaryInventoryLotName:
      record.secondaryInventoryLotId === null
        ? null
        : (known.lots.get(record.secondaryInventoryLotId)?.lot.name ?? null),
    materialId: material.id,
    materialPath: material.path,
    unitOfMeasureId: unit.id,
    unitOfMeasureName: unit.name,
    unitOfMeasureSymbol: unit.symbol,
    sourceLocationPath: location(record.sourceLocationId),
    destinationLocationPath: location(record.destinationLocationId),
    materialReasonCodeName:
      record.materialReasonCodeId === null
        ? null
        : (known.reasonCodes.get(record.materialReasonCodeId)?.reasonCode ?? null),
  }
}

/** The 22 fields of a row of a lot's history, as documented: those of saveInventoryLotRecord. */
export const historyKeys = [
  'lotRecordType',
  'inventoryLotId',
  'inventoryLotName',
  'secondaryInventoryLotId',
  'secondaryInventoryLotName',
  'operationRecordId',
  'inventoryOperationId',
  'productionOrderId',
  'materialReasonCodeId',
  'sourceLocationId',
  'destinationLocationId',
  'lotStatus',
  'quantity',
  'startDate',
  'endDate',
  'status',
  'id',
  'notes',
  'enabled',
  'spare1',
  'spare2',
  'spare3',
] as const satisfies readonly (keyof RecordView)[]
/** A row of a lot's history. */
export type HistoryView = Pick<RecordView, (typeof historyKeys)[number]>

/** A record as a row of a lot's history. */
export const historyView = (record: RecordView): HistoryView =>
  Object.fromEntries(historyKeys.map((key) => [key, record[key]])) as HistoryView
