import { defineRequest, flagField, idOrNameField, idOrPathField, textField } from '../request.ts'
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
  otherLot: 'destinationLotIdOrName',
  otherMaterial: 'destinationMaterialIdOrPath',
  source: 'sourceLocationIdOrPath',
  destination: 'destinationLocationIdOrPath',
})

/** The request of returnInventory: every documented field, and ours. */
export const returnInventoryShape = defineRequest(
  'ReturnRequest',
  {
    ...typeField('RETURN'),
    ...quantityFields,
    lotIdOrName: idOrNameField,
    materialIdOrPath: idOrPathField,
    sourceLocationIdOrPath: idOrPathField,
    destinationLotIdOrName: idOrNameField,
    destinationMaterialIdOrPath: idOrPathField,
    destinationLocationIdOrPath: idOrPathField,
    allowMultiple: flagField,
    ...referenceFields,
    ...timeFields,
    inventoryName: textField,
    ...ownWords,
  },
  ['quantity', 'sourceLocationIdOrPath'],
)

/** The template of returnInventory: the documented fields in their order, with their defaults. */
export const newReturnRequest = template('RETURN', [
  'type',
  'quantity',
  'unitOfMeasureSymbol',
  'lotIdOrName',
  'materialIdOrPath',
  'sourceLocationIdOrPath',
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

/** Sends a quantity of a lot back to its supplier. */
export const returnInventory = movementAction({
  permission: 'INVENTORY.WRITE.RETURN',
  decode: returnInventoryShape.decode,
  toMovement: toMovement('RETURN', names),
  names,
})
