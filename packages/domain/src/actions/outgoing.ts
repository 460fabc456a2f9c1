import { flagField, idOrNameField, idOrPathField, textField } from '../fields.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
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
  otherLot: 'destinationLotIdOrName',
  otherMaterial: 'destinationMaterialIdOrPath',
  source: 'sourceLocationIdOrPath',
  destination: 'destinationLocationIdOrPath',
})

const templateFields = [
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
] as const

/** scrap, ship and returnInventory take the same request and differ in the record that they write. */
export const outgoing = <const T extends Extract<LotRecordType, 'SCRAP' | 'SHIP' | 'RETURN'>>(
  type: T,
  identifier: string,
) => {
  const shape = defineRequest(
    identifier,
    {
      ...typeField(type),
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
  const permission = `INVENTORY.WRITE.${type}` as const
  const action = movementAction({ permission, decode: shape.decode, toMovement: toMovement(type, names), names })
  return { shape, template: template(type, templateFields), action }
}
