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

/** The request of ship: every documented field, and ours. */
export const shipShape = defineRequest(
  'ShipRequest',
  {
    ...typeField('SHIP'),
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

/** The template of ship: the documented fields in their order, with their defaults. */
export const newShipRequest = template('SHIP', [
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

/** Sends a quantity of a lot to a customer. The last on hand makes the lot SHIPPED. */
export const ship = movementAction({
  permission: 'INVENTORY.WRITE.SHIP',
  decode: shipShape.decode,
  toMovement: toMovement('SHIP', names),
  names,
})
