import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import type { LotRef, Ref } from '../known.ts'
import { lotStatuses } from '../lot/lot-status.ts'
import { lotRecordTypes } from '../lot-record/lot-record-type.ts'
import { recordStatuses } from '../lot-record/record-status.ts'
import { ValidationFailed } from '../refusals.ts'
import {
  type Decoded,
  defineRequest,
  enumField,
  flagWordField,
  idOrNameField,
  idOrPathField,
  instantField,
  textField,
  ulidField,
  type Violations,
  wholeWordField,
} from '../request.ts'
import type { InventoryQuery, LotQuery, Paging, RecordQuery } from '../store.ts'
import { readPath } from '../text/name.ts'
import type { Instant } from '../time/instant.ts'

/** How many items a page holds unless asked otherwise. */
export const pageSize = 50
/** How many items a page holds at most. */
export const largestPage = 200

const paging = { limit: wholeWordField(1, largestPage), cursor: textField }

const pagingOf = ({ limit, cursor }: { readonly limit: number | null; readonly cursor: string | null }): Paging => ({
  limit: limit ?? pageSize,
  after: cursor,
})

/** The refusal of a cursor that no page of the list gave. */
export const strangeCursor = (): ValidationFailed =>
  new ValidationFailed({
    violations: { cursor: ['must be `next` of an earlier page of the same list, or be left out'] },
  })

/** An id or a name as a reference: what parses as a ULID is an id. */
export const toRef = (text: string): Ref => {
  const id = readUlid(text)
  // In the form in which names are kept; what cannot be a name or a path is found nowhere as it is.
  return id === undefined ? { name: readPath(text) ?? text } : { id }
}

/** A lot by id, or by name within a material. A name without a material is a violation. */
export const toLotRef = (
  lot: string,
  material: string | null,
  violations: Violations,
  materialField = 'material',
): LotRef | undefined => {
  const ref = toRef(lot)
  if ('id' in ref) return ref
  if (material !== null) return { name: ref.name, material: toRef(material) }
  violations.add(materialField, 'is required with the name of a lot: names are unique per material')
  return undefined
}

/** The query of the lot list. */
export const listLotsShape = defineRequest('ListLotsQuery', {
  material: idOrPathField,
  name: textField,
  nameContains: textField,
  status: enumField(lotStatuses),
  effectiveStatus: enumField(lotStatuses),
  location: idOrPathField,
  subtree: flagWordField,
  onHand: flagWordField,
  includeDisabled: flagWordField,
  ...paging,
})

/** Reads the query of the lot list. */
export const readLotQuery = (input: unknown, now: Instant): Decoded<LotQuery> => {
  const { request, violations } = listLotsShape.decode(input)
  return {
    violations,
    request: {
      ...pagingOf(request),
      now,
      ...(request.material !== null && { material: toRef(request.material) }),
      ...(request.name !== null && { name: request.name }),
      ...(request.nameContains !== null && { nameContains: request.nameContains }),
      ...(request.status !== null && { status: request.status }),
      ...(request.effectiveStatus !== null && { effectiveStatus: request.effectiveStatus }),
      ...(request.location !== null && { location: toRef(request.location) }),
      ...(request.subtree !== null && { subtree: request.subtree }),
      ...(request.onHand !== null && { onHand: request.onHand }),
      ...(request.includeDisabled !== null && { includeDisabled: request.includeDisabled }),
    },
  }
}

/** The query of the record list. */
export const findRecordsShape = defineRequest('FindInventoryLotRecordsQuery', {
  lot: idOrNameField,
  material: idOrPathField,
  location: idOrPathField,
  lotRecordType: enumField(lotRecordTypes),
  status: enumField(recordStatuses),
  posted: flagWordField,
  operationId: ulidField,
  inventoryOperationId: ulidField,
  productionOrderIdOrName: idOrNameField,
  materialReasonCodeId: ulidField,
  createdBy: textField,
  startDate: instantField,
  endDate: instantField,
  newestFirst: flagWordField,
  ...paging,
})

interface RecordFilters {
  readonly lotRecordType: RecordQuery['lotRecordType'] | null
  readonly status: RecordQuery['status'] | null
  readonly operationId: Ulid | null
  readonly inventoryOperationId: Ulid | null
  readonly productionOrderIdOrName: string | null
  readonly materialReasonCodeId: Ulid | null
  readonly startDate: Instant | null
  readonly endDate: Instant | null
}

const recordFilters = (request: RecordFilters): Omit<RecordQuery, keyof Paging> => ({
  ...(request.lotRecordType != null && { lotRecordType: request.lotRecordType }),
  ...(request.status != null && { status: request.status }),
  ...(request.operationId !== null && { operationId: request.operationId }),
  ...(request.inventoryOperationId !== null && { inventoryOperationId: request.inventoryOperationId }),
  ...(request.productionOrderIdOrName !== null && { productionOrder: toRef(request.productionOrderIdOrName) }),
  ...(request.materialReasonCodeId !== null && { materialReasonCodeId: request.materialReasonCodeId }),
  ...(request.startDate !== null && { from: request.startDate }),
  ...(request.endDate !== null && { to: request.endDate }),
})

/** Reads the query of the record list. */
export const readRecordQuery = (input: unknown): Decoded<RecordQuery> => {
  const { request, violations } = findRecordsShape.decode(input)
  const lot = request.lot === null ? undefined : toLotRef(request.lot, request.material, violations)
  return {
    violations,
    request: {
      ...pagingOf(request),
      ...recordFilters(request),
      ...(lot !== undefined && { lot }),
      ...(lot === undefined && request.material !== null && { material: toRef(request.material) }),
      ...(request.location !== null && { location: toRef(request.location) }),
      ...(request.posted !== null && { posted: request.posted }),
      ...(request.createdBy !== null && { createdBy: request.createdBy }),
      ...(request.newestFirst !== null && { newestFirst: request.newestFirst }),
    },
  }
}

/** The query of the stock list. */
export const findInventoryShape = defineRequest('FindInventoryQuery', {
  location: idOrPathField,
  subtree: flagWordField,
  lot: idOrNameField,
  material: idOrPathField,
  asOf: instantField,
  includeZero: flagWordField,
  ...paging,
})

/** Reads the query of the stock list. A lot's name without a material finds the lots of every material with that name. */
export const readInventoryQuery = (input: unknown): Decoded<InventoryQuery> => {
  const { request, violations } = findInventoryShape.decode(input)
  const lot = request.lot === null ? undefined : toRef(request.lot)
  return {
    violations,
    request: {
      ...pagingOf(request),
      ...(request.location !== null && { location: toRef(request.location) }),
      ...(request.subtree !== null && { subtree: request.subtree }),
      ...(lot !== undefined && ('id' in lot ? { lot } : { lotName: lot.name })),
      ...(request.material !== null && { material: toRef(request.material) }),
      ...(request.asOf !== null && { asOf: request.asOf }),
      ...(request.includeZero !== null && { includeZero: request.includeZero }),
    },
  }
}

/** The query of a plain list. */
export const pageShape = defineRequest('PageQuery', paging)

/** Reads the query of a plain list. */
export const readPage = (input: unknown): Decoded<Paging> => {
  const { request, violations } = pageShape.decode(input)
  return { violations, request: pagingOf(request) }
}

/** The request of getLotHistory: the 9 documented fields. */
export const lotHistoryShape = defineRequest(
  'LotHistoryRequest',
  {
    lotId: ulidField,
    lotRecordType: enumField(lotRecordTypes),
    operationId: ulidField,
    inventoryOperationId: ulidField,
    productionOrderIdOrName: idOrNameField,
    materialReasonCodeId: ulidField,
    startDate: instantField,
    endDate: instantField,
    status: enumField(recordStatuses),
  },
  ['lotId'],
)

/** The template of getLotHistory: the 9 documented fields in their order, all null. */
export const newLotHistoryRequest = (): { readonly [K in (typeof lotHistoryShape.keys)[number]]: null } => ({
  lotId: null,
  lotRecordType: null,
  operationId: null,
  inventoryOperationId: null,
  productionOrderIdOrName: null,
  materialReasonCodeId: null,
  startDate: null,
  endDate: null,
  status: null,
})

/** Reads the request of getLotHistory, as a query for whole pages. */
export const readLotHistory = (input: unknown): Decoded<RecordQuery> => {
  const { request, violations } = lotHistoryShape.decode(input)
  return {
    violations,
    request: {
      limit: largestPage,
      after: null,
      ...recordFilters(request),
      ...(request.lotId !== null && { lot: { id: request.lotId } }),
    },
  }
}
