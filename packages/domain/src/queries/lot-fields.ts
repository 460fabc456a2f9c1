import type { LotView } from '../views/lot-view.ts'

/** What a field holds, which says how it may be compared. */
export type FieldKind = 'text' | 'id' | 'status' | 'flag' | 'quantity' | 'whole' | 'date'

/** Every field of a lot by which lots are searched and sorted. One that is missing here does not compile. */
export const lotFields = {
  id: 'id',
  notes: 'text',
  enabled: 'flag',
  spare1: 'text',
  spare2: 'text',
  spare3: 'text',
  name: 'text',
  materialId: 'id',
  materialPath: 'text',
  materialName: 'text',
  materialQuantityFormat: 'text',
  status: 'status',
  totalQuantity: 'quantity',
  unitOfMeasureId: 'id',
  unitOfMeasureName: 'text',
  unitOfMeasureSymbol: 'text',
  expirationDate: 'date',
  closedDate: 'date',
  createdDate: 'date',
  supplierId: 'text',
  onHand: 'quantity',
  effectiveStatus: 'status',
  version: 'whole',
} as const satisfies { readonly [K in keyof LotView]: FieldKind }
/** A field of a lot. */
export type LotField = keyof typeof lotFields

type OfKind<K extends FieldKind> = { [F in LotField]: (typeof lotFields)[F] extends K ? F : never }[LotField]

/** The fields that are kept as text. The others are whole numbers: millionths, milliseconds, counts, 0 and 1. */
export type TextLotField = OfKind<'text' | 'id' | 'status'>
/** The fields that are kept as whole numbers. */
export type NumberLotField = Exclude<LotField, TextLotField>

/** Whether a field is kept as text. */
export const isTextField = (field: LotField): field is TextLotField =>
  lotFields[field] === 'text' || lotFields[field] === 'id' || lotFields[field] === 'status'

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase()
const byPlainName = new Map((Object.keys(lotFields) as LotField[]).map((field) => [plain(field), field]))

/** The field of this name, whatever its case and with or without underscores. */
export const lotFieldCalled = (name: string): LotField | undefined => byPlainName.get(plain(name))
