import { enumField, flagField, instantField, nameField, quantityField, textField, ulidField } from '../fields.ts'
import { lotStatuses } from '../lot/lot-status.ts'
import type { LotRecord } from '../lot-record/lot-record.ts'
import { lotRecordTypes } from '../lot-record/lot-record-type.ts'
import { recordStatuses } from '../lot-record/record-status.ts'
import { defineRequest } from '../request.ts'
import { type Instant, showInstant } from '../time/instant.ts'

/**
 * The request of saveInventoryLotRecord: the 22 documented fields, and ours. Without `id` it creates, with it it updates:
 * a given value replaces, null or absent keeps.
 */
export const saveInventoryLotRecordShape = defineRequest('SaveInventoryLotRecordRequest', {
  lotRecordType: enumField(lotRecordTypes),
  inventoryLotId: ulidField,
  inventoryLotName: nameField,
  secondaryInventoryLotId: ulidField,
  secondaryInventoryLotName: nameField,
  operationRecordId: ulidField,
  inventoryOperationId: ulidField,
  productionOrderId: ulidField,
  materialReasonCodeId: ulidField,
  sourceLocationId: ulidField,
  destinationLocationId: ulidField,
  lotStatus: enumField(lotStatuses),
  quantity: quantityField,
  startDate: instantField,
  endDate: instantField,
  status: enumField(recordStatuses),
  id: ulidField,
  notes: textField,
  enabled: flagField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
  operationId: ulidField,
  consumeRecordId: ulidField,
  shiftRecordId: ulidField,
  inventoryOperationName: textField,
  productionOrderName: textField,
})
/** A request of saveInventoryLotRecord as the domain reads it. */
export type SaveInventoryLotRecordRequest = ReturnType<typeof saveInventoryLotRecordShape.decode>['request']

/** What was asked for, where it was in another unit than the lot's; `quantity` is then what it comes to. */
export interface Asked {
  readonly requested?: Pick<LotRecord, 'requestedQuantity' | 'requestedUnitOfMeasureSymbol'> | undefined
}

/** The template: the 22 documented fields in their order, null but `startDate` (now) and `enabled` (true). */
export const newInventoryLotRecord = (now: Instant) => ({
  lotRecordType: null,
  inventoryLotId: null,
  inventoryLotName: null,
  secondaryInventoryLotId: null,
  secondaryInventoryLotName: null,
  operationRecordId: null,
  inventoryOperationId: null,
  productionOrderId: null,
  materialReasonCodeId: null,
  sourceLocationId: null,
  destinationLocationId: null,
  lotStatus: null,
  quantity: null,
  startDate: showInstant(now),
  endDate: null,
  status: null,
  id: null,
  notes: null,
  enabled: true,
  spare1: null,
  spare2: null,
  spare3: null,
})
