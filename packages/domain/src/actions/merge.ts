import { ulidField } from '../fields.ts'
import { defineRequest } from '../request.ts'
import { movementAction } from './move-stock.ts'
import {
  fieldNames,
  ownWords,
  quantityFields,
  referenceFields,
  template,
  toMovement,
  typeField,
} from './request-fields.ts'

const names = fieldNames({
  lot: 'destinationLotId',
  otherLot: 'sourceLotId',
  destination: 'locationId',
  source: 'locationId',
})

/** The request of merge: every documented field, and ours: a quantity, which then lies at `locationId`. */
export const mergeShape = defineRequest(
  'MergeRequest',
  {
    ...typeField('MERGE'),
    ...quantityFields,
    sourceLotId: ulidField,
    destinationLotId: ulidField,
    locationId: ulidField,
    ...referenceFields,
    ...ownWords,
  },
  ['sourceLotId', 'destinationLotId'],
)

/** The template of merge: the documented fields in their order, with their defaults. */
export const newMergeRequest = template('MERGE', [
  'type',
  'sourceLotId',
  'destinationLotId',
  'locationId',
  'operationId',
  'inventoryOperationId',
  'productionOrderIdOrName',
  'materialReasonCodeId',
  'notes',
  'spare1',
  'spare2',
  'spare3',
])

/** Puts all that is left of one lot into another of the same material and status; the absorbed lot is CLOSED. */
export const merge = movementAction({
  permission: 'INVENTORY.WRITE.MERGE',
  decode: mergeShape.decode,
  toMovement: toMovement('MERGE', { lot: names.lot, otherLot: names.otherLot, destination: names.destination }),
  names,
})
