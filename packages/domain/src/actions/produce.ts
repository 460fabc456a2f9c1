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
  otherLot: 'producingLotIdOrName',
  otherMaterial: 'producingMaterialIdOrPath',
  source: 'sourceLocationIdOrPath',
  destination: 'destinationLocationIdOrPath',
})

/** The request of produce: every documented field, and ours. */
export const produceShape = defineRequest(
  'ProduceRequest',
  {
    ...typeField('PRODUCE'),
    ...quantityFields,
    lotIdOrName: idOrNameField,
    materialIdOrPath: idOrPathField,
    destinationLocationIdOrPath: idOrPathField,
    producingLotIdOrName: idOrNameField,
    producingMaterialIdOrPath: idOrPathField,
    sourceLocationIdOrPath: idOrPathField,
    createIfNotExists: flagField,
    incrementProductionOrderCount: flagField,
    ...referenceFields,
    ...timeFields,
    inventoryName: textField,
    ...ownWords,
  },
  ['quantity', 'destinationLocationIdOrPath'],
)

/** The template of produce: the documented fields in their order, with their defaults. */
export const newProduceRequest = template('PRODUCE', [
  'type',
  'quantity',
  'unitOfMeasureSymbol',
  'lotIdOrName',
  'materialIdOrPath',
  'destinationLocationIdOrPath',
  'producingLotIdOrName',
  'sourceLocationIdOrPath',
  'createIfNotExists',
  'operationId',
  'inventoryOperationId',
  'productionOrderIdOrName',
  'incrementProductionOrderCount',
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

// Nothing that was asked for is left undone in silence: production orders are only named here, and counted elsewhere.
const decode: typeof produceShape.decode = (input) => {
  const decoded = produceShape.decode(input)
  if (decoded.request.incrementProductionOrderCount === true)
    decoded.violations.add(
      'incrementProductionOrderCount',
      'must be false or left out: a production order is a reference to another system, which counts for itself',
    )
  return decoded
}

/** Adds a produced quantity to a lot at a location, from a producing lot where one is named. */
export const produce = movementAction({
  permission: 'INVENTORY.WRITE.PRODUCE',
  decode,
  toMovement: toMovement('PRODUCE', names),
  names,
})
