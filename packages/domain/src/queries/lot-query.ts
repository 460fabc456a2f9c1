import { enumField, flagWordField, idOrPathField, textField } from '../fields.ts'
import { lotStatuses } from '../lot/lot-status.ts'
import { type Decoded, defineRequest } from '../request.ts'
import type { LotQuery, Moment } from '../store.ts'
import type { Instant } from '../time/instant.ts'
import { between, given, lookedAt, lotFilterFields, momentFields } from './filters.ts'
import { paging, pagingOf } from './paging.ts'
import { toRef } from './refs.ts'

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
      ...pagingOf('lots', request),
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

/** Which moment a lot is looked at. */
export const momentShape = defineRequest('MomentQuery', momentFields)

/** Reads which moment is meant. */
export const readMoment = (input: unknown): Decoded<Moment> => {
  const { request, violations } = momentShape.decode(input)
  return { violations, request: given(request) }
}
