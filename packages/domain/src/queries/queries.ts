import { readUlid } from '../identifiers/ulid.ts'
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
import type { InventoryQuery, LotQuery, Moment, Paging, RecordQuery } from '../store.ts'
import { readPath } from '../text/name.ts'
import type { Instant } from '../time/instant.ts'
import {
  between,
  given,
  lookedAt,
  lotFilterFields,
  momentFields,
  type ReferenceFilters,
  recordFilterFields,
  stockFilterFields,
} from './filters.ts'

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
  ...lotFilterFields,
  newestFirst: flagWordField,
  ...paging,
})

/** Reads the query of the lot list. */
export const readLotQuery = (input: unknown, now: Instant): Decoded<LotQuery> => {
  const { request, violations } = listLotsShape.decode(input)
  return {
    violations,
    request: {
      ...pagingOf(request),
      now: lookedAt(request, now),
      ...(request.material !== null && { material: toRef(request.material) }),
      ...(request.name !== null && { name: request.name }),
      ...(request.nameContains !== null && { nameContains: request.nameContains }),
      ...(request.status !== null && { status: request.status }),
      ...(request.effectiveStatus !== null && { effectiveStatus: request.effectiveStatus }),
      ...(request.location !== null && { location: toRef(request.location) }),
      ...(request.subtree !== null && { subtree: request.subtree }),
      ...(request.onHand !== null && { onHand: request.onHand }),
      ...(request.includeDisabled !== null && { includeDisabled: request.includeDisabled }),
      ...given({
        enabled: request.enabled,
        supplierId: request.supplierId,
        expiration: between(request.expirationFrom, request.expirationTo),
        totalQuantity: between(request.totalQuantityMin, request.totalQuantityMax),
        stock: between(request.onHandMin, request.onHandMax),
        created: between(request.createdFrom, request.createdTo),
        newestFirst: request.newestFirst,
        asOf: request.asOf,
        asKnownAt: request.asKnownAt,
      }),
    },
  }
}

/** The query of the record list. */
export const findRecordsShape = defineRequest('FindInventoryLotRecordsQuery', {
  ...recordFilterFields,
  newestFirst: flagWordField,
  ...paging,
})

interface RecordFilters extends ReferenceFilters {
  readonly productionOrderIdOrName: string | null
  readonly startDate: Instant | null
  readonly endDate: Instant | null
}

const recordFilters = (request: RecordFilters): Omit<RecordQuery, keyof Paging> =>
  given({
    operationId: request.operationId,
    inventoryOperationId: request.inventoryOperationId,
    productionOrder: request.productionOrderIdOrName === null ? null : toRef(request.productionOrderIdOrName),
    materialReasonCodeId: request.materialReasonCodeId,
    from: request.startDate,
    to: request.endDate,
  })

/** Reads the query of the record list. */
export const readRecordQuery = (input: unknown): Decoded<RecordQuery> => {
  const { request, violations } = findRecordsShape.decode(input)
  const { material, asOf, asKnownAt, notesContains, spare1, spare2, spare3 } = request
  const lotOf = (lot: string | null) => (lot === null ? undefined : toLotRef(lot, material, violations))
  const [lot, primaryLot, secondaryLot] = [request.lot, request.primaryLot, request.secondaryLot].map(lotOf)
  const placeOf = (place: string | null) => (place === null ? undefined : toRef(place))
  // With a lot's name the material belongs to the name.
  const ofNames = [lot, primaryLot, secondaryLot].some((ref) => ref !== undefined && 'name' in ref)
  return {
    violations,
    request: {
      ...pagingOf(request),
      ...recordFilters(request),
      ...given({ lot, primaryLot, secondaryLot, asOf, asKnownAt, notesContains, spare1, spare2, spare3 }),
      ...given({
        material: material === null || ofNames ? null : toRef(material),
        location: placeOf(request.location),
        source: placeOf(request.source),
        destination: placeOf(request.destination),
        subtree: request.subtree,
        lotRecordType: request.lotRecordType,
        status: request.status,
        posted: request.posted,
        reversed: request.reversed,
        isReversal: request.isReversal,
        operationRecordId: request.operationRecordId,
        shiftRecordId: request.shiftRecordId,
        lotStatus: request.lotStatus,
        createdBy: request.createdBy,
        modifiedBy: request.modifiedBy,
        enabled: request.enabled,
        quantity: between(request.quantityMin, request.quantityMax),
        created: between(request.createdFrom, request.createdTo),
        modified: between(request.modifiedFrom, request.modifiedTo),
        newestFirst: request.newestFirst,
      }),
    },
  }
}

/** The query of the stock list. */
export const findInventoryShape = defineRequest('FindInventoryQuery', {
  location: idOrPathField,
  subtree: flagWordField,
  lot: idOrNameField,
  material: idOrPathField,
  includeZero: flagWordField,
  ...stockFilterFields,
  ...paging,
})

/** Reads the query of the stock list. A lot's name without a material finds the lots of every material with that name. */
export const readInventoryQuery = (input: unknown, now: Instant): Decoded<InventoryQuery> => {
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
      ...given({
        includeZero: request.includeZero,
        name: request.name,
        lotStatus: request.lotStatus,
        effectiveStatus:
          request.effectiveStatus === null ? null : { is: request.effectiveStatus, at: lookedAt(request, now) },
        productionOrder: request.productionOrderIdOrName === null ? null : toRef(request.productionOrderIdOrName),
        quantity: between(request.quantityMin, request.quantityMax),
        negative: request.negative,
        notesContains: request.notesContains,
        spare1: request.spare1,
        spare2: request.spare2,
        spare3: request.spare3,
        asOf: request.asOf,
        asKnownAt: request.asKnownAt,
      }),
    },
  }
}

/** Which moment a lot is looked at. */
export const momentShape = defineRequest('MomentQuery', momentFields)

/** Reads which moment is meant. */
export const readMoment = (input: unknown): Decoded<Moment> => {
  const { request, violations } = momentShape.decode(input)
  return { violations, request: given(request) }
}

/** The query of a plain list. */
export const pageShape = defineRequest('PageQuery', paging)

/** Reads the query of a plain list. */
export const readPage = (input: unknown): Decoded<Paging> => {
  const { request, violations } = pageShape.decode(input)
  return { violations, request: pagingOf(request) }
}

/** The query of the list of reason codes. */
export const reasonCodesShape = defineRequest('FindReasonCodesQuery', {
  lotRecordType: enumField(lotRecordTypes),
  ...paging,
})

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
      ...given({
        lot: request.lotId === null ? null : { id: request.lotId },
        lotRecordType: request.lotRecordType === null ? null : [request.lotRecordType],
        status: request.status === null ? null : [request.status],
      }),
    },
  }
}
