import { findLotsShape } from '@lotbook/domain'
import { Effect } from 'effect'
import { type Operation, ok } from '../operation.ts'
import { queryPageOf } from '../schemas/common.ts'
import { InventoryLot } from '../schemas/lot.ts'

/** The documented search for lots. */
export const findLotsRoutes: readonly Operation[] = [
  {
    method: 'POST',
    path: '/v1/lots/search',
    id: 'findLots',
    tag: 'Lots',
    summary: 'Search lots by a query request',
    description:
      'All filters must hold. Names of fields are taken in any case, with or without underscores; text compares by code point. Equals come by id, what has no value comes last. Without paging the answer holds every lot found. Disabled lots are left out, unless a filter is about `enabled`.',
    permission: 'INVENTORY.READ.GET',
    body: { shape: findLotsShape },
    isRead: true,
    answers: {
      200: { description: 'The documented page.', schema: queryPageOf('InventoryLotQueryPage', InventoryLot) },
    },
    handle: ({ inventory }, { body, call }) => Effect.map(inventory.findLots(body, call), ok),
  },
]
