import { enumField, flagField, idOrNameField, instantField, quantityField, textField, ulidField } from '../fields.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import { type Instant, showInstant } from '../time/instant.ts'
import type { FieldNames, Movement } from './movement.ts'

/** The field that says which action it is; filled in by the templates, and asked for in a batch only. */
export const typeField = <const T extends string>(type: T) => ({ type: enumField([type]) })

/** How much. */
export const quantityFields = { quantity: quantityField, unitOfMeasureSymbol: textField }

/** What in other systems it belongs to, and why it was done. */
export const referenceFields = {
  operationId: ulidField,
  inventoryOperationId: ulidField,
  productionOrderIdOrName: idOrNameField,
  materialReasonCodeId: ulidField,
}

/** When. */
export const timeFields = { startDate: instantField, endDate: instantField, ongoing: flagField }

/** The user's own words. */
export const ownWords = { notes: textField, spare1: textField, spare2: textField, spare3: textField }

type Given = Readonly<Record<string, unknown>>

/**
 * Reads a decoded request as a movement. Fields that a request does not have are null; `names` says how it calls the
 * lots and places, `label` how it calls the label.
 */
export const toMovement =
  (lotRecordType: LotRecordType, names: Partial<FieldNames>, label = 'inventoryName') =>
  (request: Given): Movement => {
    const value = <A>(field: string | undefined): A | null =>
      field === undefined ? null : ((request[field] ?? null) as A | null)
    return {
      lotRecordType,
      quantity: value('quantity'),
      unitOfMeasureSymbol: value('unitOfMeasureSymbol'),
      lot: value(names.lot),
      material: value(names.material),
      otherLot: value(names.otherLot),
      otherMaterial: value(names.otherMaterial),
      source: value(names.source),
      destination: value(names.destination),
      createIfNotExists: value<boolean>('createIfNotExists') ?? false,
      allowMultiple: value<boolean>('allowMultiple') ?? false,
      ongoing: value<boolean>('ongoing') ?? false,
      startDate: value('startDate'),
      endDate: value('endDate'),
      operationId: value('operationId'),
      inventoryOperationId: value('inventoryOperationId'),
      productionOrder: value('productionOrderIdOrName'),
      materialReasonCodeId: value('materialReasonCodeId'),
      consumeRecordId: value('consumeRecordId'),
      label: value(label),
      notes: value('notes'),
      spare1: value('spare1'),
      spare2: value('spare2'),
      spare3: value('spare3'),
    }
  }

/** The names that a kind of request does not have are called by the record's own, for messages. */
export const fieldNames = (names: Partial<FieldNames>): FieldNames => ({
  lot: 'lotIdOrName',
  material: 'materialIdOrPath',
  otherLot: 'secondaryInventoryLotId',
  otherMaterial: 'materialIdOrPath',
  source: 'sourceLocationIdOrPath',
  destination: 'destinationLocationIdOrPath',
  ...names,
})

/** What a template holds in its fields: the documented defaults, and null everywhere else. */
const templateValue = (field: string, type: string | null, now: Instant): string | boolean | number | null => {
  if (field === 'type') return type
  if (field === 'startDate') return showInstant(now)
  return field === 'ongoing' || field === 'createIfNotExists' || field === 'incrementProductionOrderCount'
    ? false
    : null
}

/** Makes the template of an action: its documented fields in their order, with their defaults. */
export const template =
  <const F extends readonly string[]>(type: string, fields: F) =>
  (now: Instant) =>
    Object.fromEntries(fields.map((field) => [field, templateValue(field, type, now)])) as {
      readonly [K in F[number]]: string | boolean | number | null
    }
