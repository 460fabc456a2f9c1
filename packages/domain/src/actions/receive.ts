import { flagField, idOrNameField, idOrPathField, textField } from '../fields.ts'
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
  otherLot: 'sourceLotIdOrName',
  otherMaterial: 'sourceMaterialIdOrPath',
  source: 'sourceLocationIdOrPath',
  destination: 'destinationLocationIdOrPath',
})

/** The request of receive: every documented field, and ours. */
export const receiveShape = defineRequest(
  'ReceiveRequest',
  {
    ...typeField('RECEIVE'),
    ...quantityFields,
    lotIdOrName: idOrNameField,
    materialIdOrPath: idOrPathField,
    destinationLocationIdOrPath: idOrPathField,
    sourceLotIdOrName: idOrNameField,
    sourceMaterialIdOrPath: idOrPathField,
    sourceLocationIdOrPath: idOrPathField,
    createIfNotExists: flagField,
    ...referenceFields,
    ...timeFields,
    inventoryName: textField,
    ...ownWords,
  },
  ['quantity', 'destinationLocationIdOrPath'],
)

/** The template of receive: the documented fields in their order, with their defaults. */
export const newReceiveRequest = template('RECEIVE', [
  'type',
  'quantity',
  'unitOfMeasureSymbol',
  'lotIdOrName',
  'materialIdOrPath',
  'destinationLocationIdOrPath',
  'createIfNotExists',
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

/** Adds a received quantity to a lot at a location. Into a SHIPPED lot it is a customer’s return, which goes on QA_HOLD. */
export const receive = movementAction({
  permission: 'INVENTORY.WRITE.RECEIVE',
  decode: receiveShape.decode,
  toMovement: toMovement('RECEIVE', names),
  names,
})
