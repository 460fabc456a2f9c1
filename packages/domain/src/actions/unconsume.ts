import { idOrNameField, idOrPathField, textField, ulidField } from '../fields.ts'
import { defineRequest } from '../request.ts'
import { movementAction } from './move-stock.ts'
import {
  fieldNames,
  ownWords,
  quantityFields,
  referenceFields,
  template,
  timeFields,
  toMovement,
  typeField,
} from './request-fields.ts'

const names = fieldNames({
  lot: 'lotIdOrName',
  material: 'materialIdOrPath',
  source: 'sourceLocationIdOrPath',
  destination: 'destinationLocationIdOrPath',
})

/** The request of unconsume: every documented field, and ours. */
export const unconsumeShape = defineRequest(
  'UnconsumeRequest',
  {
    ...typeField('UNCONSUME'),
    ...quantityFields,
    lotIdOrName: idOrNameField,
    materialIdOrPath: idOrPathField,
    destinationLocationIdOrPath: idOrPathField,
    sourceLocationIdOrPath: idOrPathField,
    consumeRecordId: ulidField,
    ...referenceFields,
    ...timeFields,
    inventoryName: textField,
    ...ownWords,
  },
  ['quantity', 'destinationLocationIdOrPath'],
)

/** The template of unconsume: the documented fields in their order, with their defaults. */
export const newUnconsumeRequest = template('UNCONSUME', [
  'type',
  'quantity',
  'unitOfMeasureSymbol',
  'lotIdOrName',
  'materialIdOrPath',
  'destinationLocationIdOrPath',
  'operationId',
  'inventoryOperationId',
  'productionOrderIdOrName',
  'materialReasonCodeId',
  'startDate',
  'endDate',
  'ongoing',
  'inventoryName',
  'notes',
  'spare1',
  'spare2',
  'spare3',
])

/** Gives back what was consumed: of the record it names, or of the lot’s newest consumptions. */
export const unconsume = movementAction({
  permission: 'INVENTORY.WRITE.UNCONSUME',
  decode: unconsumeShape.decode,
  toMovement: toMovement('UNCONSUME', names),
  names,
})
