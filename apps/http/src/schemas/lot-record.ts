import type { HistoryView, RecordView, VersionView } from '@lotbook/domain'
import { Schema } from 'effect'
import {
  type Agree,
  Amount,
  annotations,
  Flag,
  Id,
  LotRecordTypeName,
  LotStatusName,
  Moment,
  orNull,
  PolicyName,
  RecordStatusName,
  type Same,
  Text,
  Whole,
} from './fields.ts'

/** A lot record: the 34 documented fields, then ours. */
export const InventoryLotRecord = Schema.Struct({
  lotRecordType: LotRecordTypeName,
  status: RecordStatusName,
  lotStatus: orNull(LotStatusName),
  quantity: orNull(Amount),
  inventoryLotId: Id,
  inventoryLotName: Text,
  secondaryInventoryLotId: orNull(Id),
  secondaryInventoryLotName: orNull(Text),
  operationRecordId: orNull(Id),
  inventoryOperationId: orNull(Id),
  inventoryOperationName: orNull(Text),
  productionOrderId: orNull(Id),
  productionOrderName: orNull(Text),
  materialReasonCodeId: orNull(Id),
  materialReasonCodeName: orNull(Text),
  shiftRecordId: orNull(Id),
  sourceLocationId: orNull(Id),
  sourceLocationName: orNull(Text),
  sourceLocationPath: orNull(Text),
  destinationLocationId: orNull(Id),
  destinationLocationName: orNull(Text),
  destinationLocationPath: orNull(Text),
  unitOfMeasureId: Id,
  unitOfMeasureName: Text,
  unitOfMeasureSymbol: Text,
  startDate: Moment,
  endDate: orNull(Moment),
  duration: orNull(Whole.annotate({ description: 'Whole seconds from startDate to endDate.' })),
  id: orNull(Id).annotate({ description: 'Null in a dry run.' }),
  ...annotations,
  posted: Flag.annotate({ description: 'Whether the record moved stock or changed its lot.' }),
  version: Whole,
  sequence: orNull(Whole).annotate({ description: 'The place of this version in the ledger; null in a dry run.' }),
  previousStatus: orNull(LotStatusName),
  reversalOf: orNull(Id),
  reversedBy: orNull(Id),
  countedQuantity: orNull(Amount),
  requestedQuantity: orNull(Amount),
  requestedUnitOfMeasureSymbol: orNull(Text),
  operationId: orNull(Id),
  policy: PolicyName,
  materialId: Id,
  materialPath: Text,
  createdDate: Moment,
  createdBy: Text,
  modifiedDate: orNull(Moment),
  modifiedBy: orNull(Text),
}).annotate({ identifier: 'InventoryLotRecord' })

/** A row of a lot's history: the 22 documented fields. */
export const LotHistoryRow = Schema.Struct({
  lotRecordType: LotRecordTypeName,
  inventoryLotId: Id,
  inventoryLotName: Text,
  secondaryInventoryLotId: orNull(Id),
  secondaryInventoryLotName: orNull(Text),
  operationRecordId: orNull(Id),
  inventoryOperationId: orNull(Id),
  productionOrderId: orNull(Id),
  materialReasonCodeId: orNull(Id),
  sourceLocationId: orNull(Id),
  destinationLocationId: orNull(Id),
  lotStatus: orNull(LotStatusName),
  quantity: orNull(Amount),
  startDate: Moment,
  endDate: orNull(Moment),
  status: RecordStatusName,
  id: orNull(Id),
  ...annotations,
}).annotate({ identifier: 'LotHistoryRow' })

/** One version of a record, with its place in the chain. */
export const LotRecordVersion = Schema.Struct({
  version: Whole,
  sequence: Whole,
  writtenDate: Moment,
  writtenBy: Text,
  hash: Text.check(Schema.isPattern(/^[0-9a-f]{64}$/u)).annotate({
    description: 'SHA-256 over the content of this version and the hash before it in the ledger.',
  }),
  record: InventoryLotRecord,
}).annotate({ identifier: 'InventoryLotRecordVersion' })

/** The schemas above and the domain's views are the same. */
export type RecordSchemasAgree = Agree<
  [
    Same<typeof InventoryLotRecord.Type, RecordView>,
    Same<typeof LotHistoryRow.Type, HistoryView>,
    Same<typeof LotRecordVersion.Type, VersionView>,
  ]
>
