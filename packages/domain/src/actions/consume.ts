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
  otherLot: 'consumingLotIdOrName',
  otherMaterial: 'consumingMaterialIdOrPath',
  source: 'sourceLocationIdOrPath',
  destination: 'destinationLocationIdOrPath',
})

/** The request of consume: every documented field, and ours. */
export const consumeShape = defineRequest(
  'ConsumeRequest',
  {
    ...typeField('CONSUME'),
    ...quantityFields,
    lotIdOrName: idOrNameField,
    materialIdOrPath: idOrPathField,
    sourceLocationIdOrPath: idOrPathField,
    consumingLotIdOrName: idOrNameField,
    consumingMaterialIdOrPath: idOrPathField,
    destinationLocationIdOrPath: idOrPathField,
    createIfNotExists: flagField,
    allowMultiple: flagField,
    ...referenceFields,
    ...timeFields,
    inventoryName: textField,
    ...ownWords,
  },
  ['quantity', 'sourceLocationIdOrPath'],
)

/** The template of consume: the documented fields in their order, with their defaults. */
export const newConsumeRequest = template('CONSUME', [
  'type',
  'quantity',
  'unitOfMeasureSymbol',
  'lotIdOrName',
  'materialIdOrPath',
  'sourceLocationIdOrPath',
  'consumingLotIdOrName',
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

/** Takes a quantity of a lot out of a location, into a consuming lot where one is named. Without a lot, the location chooses by its use strategy. */
export const consume = movementAction({
  permission: 'INVENTORY.WRITE.CONSUME',
  decode: consumeShape.decode,
  toMovement: toMovement('CONSUME', names),
  names,
})
