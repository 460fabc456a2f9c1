import type { newChangeStatusRequest, newInventoryLotRecord, newLot, newLotHistoryRequest } from '@lotbook/domain'
import { Schema } from 'effect'
import { type Agree, Moment, type Same } from './fields.ts'

const { Null } = Schema
const blank = { notes: Null, spare1: Null, spare2: Null, spare3: Null }

/** The template of saveInventoryLotRecord: 22 fields. */
export const NewInventoryLotRecord = Schema.Struct({
  lotRecordType: Null,
  inventoryLotId: Null,
  inventoryLotName: Null,
  secondaryInventoryLotId: Null,
  secondaryInventoryLotName: Null,
  operationRecordId: Null,
  inventoryOperationId: Null,
  productionOrderId: Null,
  materialReasonCodeId: Null,
  sourceLocationId: Null,
  destinationLocationId: Null,
  lotStatus: Null,
  quantity: Null,
  startDate: Moment,
  endDate: Null,
  status: Null,
  id: Null,
  enabled: Schema.Boolean,
  ...blank,
}).annotate({ identifier: 'NewInventoryLotRecord' })

/** The template of changeStatus: 9 fields. */
export const NewChangeStatusRequest = Schema.Struct({
  type: Schema.Literal('STATUS_CHANGE'),
  lotId: Null,
  newStatus: Null,
  operationId: Null,
  inventoryOperationId: Null,
  ...blank,
}).annotate({ identifier: 'NewChangeStatusRequest' })

/** The template of saveLot: 14 fields. */
export const NewLot = Schema.Struct({
  name: Null,
  materialId: Null,
  status: Schema.Literal('OPEN'),
  totalQuantity: Schema.Finite,
  unitOfMeasureId: Null,
  expirationDate: Null,
  closedDate: Null,
  supplierId: Null,
  id: Null,
  enabled: Schema.Boolean,
  ...blank,
}).annotate({ identifier: 'NewLot' })

/** The template of getLotHistory: 9 fields. */
export const NewLotHistoryRequest = Schema.Struct({
  lotId: Null,
  lotRecordType: Null,
  operationId: Null,
  inventoryOperationId: Null,
  productionOrderIdOrName: Null,
  materialReasonCodeId: Null,
  startDate: Null,
  endDate: Null,
  status: Null,
}).annotate({ identifier: 'NewLotHistoryRequest' })

/** The schemas above and the domain's templates are the same. */
export type TemplateSchemasAgree = Agree<
  [
    Same<typeof NewInventoryLotRecord.Type, ReturnType<typeof newInventoryLotRecord>>,
    Same<typeof NewChangeStatusRequest.Type, ReturnType<typeof newChangeStatusRequest>>,
    Same<typeof NewLot.Type, ReturnType<typeof newLot>>,
    Same<typeof NewLotHistoryRequest.Type, ReturnType<typeof newLotHistoryRequest>>,
  ]
>
