import { enumField, flagField, instantField, nameField, quantityField, textField, ulidField } from '../fields.ts'
import { lotStatuses } from '../lot/lot-status.ts'
import { defineRequest } from '../request.ts'

/** The request of saveLot: the 14 documented fields. Without `id` it creates, with it it updates: null keeps. */
export const saveLotShape = defineRequest('SaveLotRequest', {
  name: nameField,
  materialId: ulidField,
  status: enumField(lotStatuses),
  totalQuantity: quantityField,
  unitOfMeasureId: ulidField,
  expirationDate: instantField,
  closedDate: instantField,
  supplierId: textField,
  id: ulidField,
  notes: textField,
  enabled: flagField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
})
/** A request of saveLot as the domain reads it. */
export type SaveLotRequest = ReturnType<typeof saveLotShape.decode>['request']

/** The template: the 14 documented fields in their order, with their defaults. */
export const newLot = () => ({
  name: null,
  materialId: null,
  status: 'OPEN' as const,
  totalQuantity: 0,
  unitOfMeasureId: null,
  expirationDate: null,
  closedDate: null,
  supplierId: null,
  id: null,
  notes: null,
  enabled: true,
  spare1: null,
  spare2: null,
  spare3: null,
})
