import { flagWordField, idOrNameField, idOrPathField } from '../fields.ts'
import { type Decoded, defineRequest } from '../request.ts'
import type { InventoryQuery } from '../store.ts'
import type { Instant } from '../time/instant.ts'
import { between, given, lookedAt, stockFilterFields } from './filters.ts'
import { paging, pagingOf } from './paging.ts'
import { toRef } from './refs.ts'

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
      ...pagingOf('stock', request),
      now: lookedAt(request, now),
      ...(request.location !== null && { location: toRef(request.location) }),
      ...(request.subtree !== null && { subtree: request.subtree }),
      ...(lot !== undefined && ('id' in lot ? { lot } : { lotName: lot.name })),
      ...(request.material !== null && { material: toRef(request.material) }),
      ...given({
        includeZero: request.includeZero,
        name: request.name,
        lotStatus: request.lotStatus,
        effectiveStatus: request.effectiveStatus,
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
