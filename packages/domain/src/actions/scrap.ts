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

/** The request of scrap: every documented field, and ours. */
export const scrapShape = defineRequest(
  'ScrapRequest',
  {
    ...typeField('SCRAP'),
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

/** The template of scrap: the documented fields in their order, with their defaults. */
export const newScrapRequest = template('SCRAP', [
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

/** Takes a quantity of a lot out as scrap, into a scrap lot where one is named. */
export const scrap = movementAction({
  permission: 'INVENTORY.WRITE.SCRAP',
  decode: scrapShape.decode,
  toMovement: toMovement('SCRAP', names),
  names,
})
