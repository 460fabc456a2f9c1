import { flagWordField } from '../fields.ts'
import { type Decoded, defineRequest } from '../request.ts'
import type { Paging, RecordQuery } from '../store.ts'
import type { Instant } from '../time/instant.ts'
import { between, given, type ReferenceFilters, recordFilterFields } from './filters.ts'
import { paging, pagingOf } from './paging.ts'
import { toLotRef, toRef } from './refs.ts'

/** The query of the record list. */
export const findRecordsShape = defineRequest('FindInventoryLotRecordsQuery', {
  ...recordFilterFields,
  newestFirst: flagWordField,
  ...paging,
})

/** What both queries of records ask for. */
export interface RecordFilters extends ReferenceFilters {
  readonly productionOrderIdOrName: string | null
  readonly startDate: Instant | null
  readonly endDate: Instant | null
}

/** What both queries of records narrow by. */
export const recordFilters = (request: RecordFilters): Omit<RecordQuery, keyof Paging> =>
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
      ...pagingOf('records', request),
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
