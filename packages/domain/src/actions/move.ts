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
  source: 'sourceLocationIdOrPath',
  destination: 'destinationLocationIdOrPath',
})

/** The request of move: every documented field, and ours. */
export const moveShape = defineRequest(
  'MoveRequest',
  {
    ...typeField('MOVE'),
    ...quantityFields,
    lotIdOrName: idOrNameField,
    materialIdOrPath: idOrPathField,
    sourceLocationIdOrPath: idOrPathField,
    destinationLocationIdOrPath: idOrPathField,
    allowMultiple: flagField,
    ...referenceFields,
    ...timeFields,
    destinationInventoryName: textField,
    ...ownWords,
  },
  ['quantity', 'sourceLocationIdOrPath', 'destinationLocationIdOrPath'],
)

/** The template of move: the documented fields in their order, with their defaults. */
export const newMoveRequest = template('MOVE', [
  'type',
  'quantity',
  'unitOfMeasureSymbol',
  'lotIdOrName',
  'materialIdOrPath',
  'sourceLocationIdOrPath',
  'destinationLocationIdOrPath',
  'operationId',
  'inventoryOperationId',
  'productionOrderIdOrName',
  'materialReasonCodeId',
  'startDate',
  'endDate',
  'ongoing',
  'destinationInventoryName',
  'notes',
  'spare1',
  'spare2',
  'spare3',
])

/** Moves a quantity of a lot from one location to another. */
export const move = movementAction({
  permission: 'INVENTORY.WRITE.MOVE',
  decode: moveShape.decode,
  toMovement: toMovement('MOVE', names, 'destinationInventoryName'),
  names,
})
