import {
  enumField,
  flagWordField,
  idOrNameField,
  idOrPathField,
  instantField,
  quantityField,
  severalField,
  textField,
  ulidField,
} from '../fields.ts'
import type { Ulid } from '../identifiers/ulid.ts'
import { lotStatuses } from '../lot/lot-status.ts'
import { lotRecordTypes } from '../lot-record/lot-record-type.ts'
import { recordStatuses } from '../lot-record/record-status.ts'
import type { Between } from '../store.ts'
import type { Instant } from '../time/instant.ts'

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], null | undefined> }

/** Only what was given: without the fields that are null or undefined. */
export const given = <T extends object>(all: T): Given<T> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== undefined)) as Given<T>

/** A range of which either end may be open; undefined where both are. */
export const between = (least: number | null, greatest: number | null): Between | undefined =>
  least === null && greatest === null ? undefined : given({ least, greatest })

/** Which moment a list or a lot is looked at. */
export const momentFields = { asOf: instantField, asKnownAt: instantField }

/** The moment at which a status amounts to EXPIRED or not: what is looked at, and no later than now for what was known. */
export const lookedAt = (
  { asOf, asKnownAt }: { readonly asOf?: Instant | null; readonly asKnownAt?: Instant | null },
  now: Instant,
): Instant => asOf ?? Math.min(asKnownAt ?? now, now)

/** What is asked of the user's own words. */
export const annotationFields = {
  notesContains: textField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
}

/** What is asked of lots besides their names and places. */
export const lotFilterFields = {
  enabled: flagWordField,
  supplierId: textField,
  expirationFrom: instantField,
  expirationTo: instantField,
  totalQuantityMin: quantityField,
  totalQuantityMax: quantityField,
  onHandMin: quantityField,
  onHandMax: quantityField,
  createdFrom: instantField,
  createdTo: instantField,
  ...momentFields,
}

/** What is asked of stock besides its lot and place. */
export const stockFilterFields = {
  name: textField,
  lotStatus: enumField(lotStatuses),
  effectiveStatus: enumField(lotStatuses),
  productionOrderIdOrName: idOrNameField,
  quantityMin: quantityField,
  quantityMax: quantityField,
  negative: flagWordField,
  ...annotationFields,
  ...momentFields,
}

/** What is asked of lot records. */
export const recordFilterFields = {
  lot: idOrNameField,
  primaryLot: idOrNameField,
  secondaryLot: idOrNameField,
  material: idOrPathField,
  location: idOrPathField,
  source: idOrPathField,
  destination: idOrPathField,
  subtree: flagWordField,
  lotRecordType: severalField(lotRecordTypes),
  status: severalField(recordStatuses),
  posted: flagWordField,
  reversed: flagWordField,
  isReversal: flagWordField,
  operationId: ulidField,
  operationRecordId: ulidField,
  inventoryOperationId: ulidField,
  productionOrderIdOrName: idOrNameField,
  shiftRecordId: ulidField,
  materialReasonCodeId: ulidField,
  lotStatus: enumField(lotStatuses),
  createdBy: textField,
  modifiedBy: textField,
  enabled: flagWordField,
  quantityMin: quantityField,
  quantityMax: quantityField,
  startDate: instantField,
  endDate: instantField,
  createdFrom: instantField,
  createdTo: instantField,
  modifiedFrom: instantField,
  modifiedTo: instantField,
  ...annotationFields,
  ...momentFields,
}

/** The references that a record keeps for other systems, as they are asked for. */
export interface ReferenceFilters {
  readonly operationId: Ulid | null
  readonly inventoryOperationId: Ulid | null
  readonly materialReasonCodeId: Ulid | null
}
