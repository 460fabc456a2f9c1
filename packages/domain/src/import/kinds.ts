import {
  enumField,
  factorField,
  flagCellField,
  idOrPathField,
  instantField,
  nameField,
  pathField,
  quantityField,
  textField,
  ulidField,
  wholeWordField,
} from '../fields.ts'
import { lotStatuses } from '../lot/lot-status.ts'
import { lotRecordTypes } from '../lot-record/lot-record-type.ts'
import { recordStatuses } from '../lot-record/record-status.ts'
import { lotStorageStrategies, lotUseStrategies } from '../master-data/master-data.ts'
import { longestShelfLife } from '../master-data/save-material.ts'
import { defineRequest } from '../request.ts'

const ownWords = {
  notes: textField,
  enabled: flagCellField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
}

/**
 * The fields of a row to import, by kind: those of the body that saves such a thing over HTTP, with names and paths in
 * the place of ids, and words and digits taken for flags and whole numbers, because a cell of CSV is text.
 */
export const importShapes = {
  unit: defineRequest('ImportUnit', { symbol: nameField, name: nameField, ...ownWords }),
  unitConversion: defineRequest('ImportUnitConversion', {
    from: nameField,
    to: nameField,
    factor: factorField,
    materialPath: idOrPathField,
    ...ownWords,
  }),
  material: defineRequest('ImportMaterial', {
    path: pathField,
    unitOfMeasureSymbol: nameField,
    shelfLifeDays: wholeWordField(1, longestShelfLife),
    initialLotStatus: enumField(['OPEN', 'AVAILABLE', 'QA_HOLD']),
    description: textField,
    ...ownWords,
  }),
  location: defineRequest('ImportLocation', {
    path: pathField,
    type: textField,
    allowNegativeInventory: flagCellField,
    storageCapacity: quantityField,
    storageCapacityUnitSymbol: nameField,
    lotStorageStrategy: enumField(lotStorageStrategies),
    lotUseStrategy: enumField(lotUseStrategies),
    ...ownWords,
  }),
  reasonCode: defineRequest('ImportReasonCode', {
    lotRecordType: enumField(lotRecordTypes),
    reasonCode: nameField,
    description: textField,
    requireComments: flagCellField,
    ...ownWords,
  }),
  lot: defineRequest('ImportLot', {
    name: nameField,
    materialPath: idOrPathField,
    status: enumField(lotStatuses),
    unitOfMeasureSymbol: nameField,
    expirationDate: instantField,
    supplierId: textField,
    ...ownWords,
  }),
  lotRecord: defineRequest('ImportLotRecord', {
    lotRecordType: enumField(lotRecordTypes),
    inventoryLotId: ulidField,
    inventoryLotName: nameField,
    materialPath: idOrPathField,
    secondaryInventoryLotId: ulidField,
    secondaryInventoryLotName: nameField,
    secondaryMaterialPath: idOrPathField,
    sourceLocationPath: idOrPathField,
    destinationLocationPath: idOrPathField,
    quantity: quantityField,
    unitOfMeasureSymbol: nameField,
    lotStatus: enumField(lotStatuses),
    startDate: instantField,
    endDate: instantField,
    status: enumField(recordStatuses),
    materialReasonCodeName: nameField,
    operationRecordId: ulidField,
    operationId: ulidField,
    inventoryOperationId: ulidField,
    inventoryOperationName: textField,
    productionOrderId: ulidField,
    productionOrderName: textField,
    shiftRecordId: ulidField,
    consumeRecordId: ulidField,
    reversalOf: ulidField,
    reversedBy: ulidField,
    ...ownWords,
  }),
} as const

/** What can be imported, in the order in which one refers to the other. */
export const importKinds = Object.keys(importShapes) as readonly ImportKind[]
/** See {@link importKinds}. */
export type ImportKind = keyof typeof importShapes

/** A row of a kind as it was read: every field is there, null where nothing was given. */
export type ImportRequest<K extends ImportKind> = ReturnType<(typeof importShapes)[K]['decode']>['request']

const authorship = ['id', 'version', 'createdDate', 'createdBy', 'modifiedDate', 'modifiedBy'] as const

/** What an export of a kind says besides, for people. An import passes over it: it makes new things, with new ids. */
export const readOnlyFields = {
  unit: authorship,
  unitConversion: authorship,
  material: authorship,
  location: authorship,
  reasonCode: authorship,
  lot: ['id', 'version', 'createdDate', 'onHand', 'effectiveStatus'],
  lotRecord: [...authorship, 'posted', 'sequence', 'previousStatus', 'countedQuantity', 'policy'],
} as const satisfies Record<ImportKind, readonly string[]>

/** Whether a text names a kind. */
export const isImportKind = (text: unknown): text is ImportKind =>
  typeof text === 'string' && Object.hasOwn(importShapes, text)
