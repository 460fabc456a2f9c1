import { Effect } from 'effect'
import { type Operation, ok } from '../operation.ts'
import { LotActionsAnswer } from '../schemas/lot-actions.ts'

/** What may be done with a lot. */
export const lotActionsRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/lots/{id}/actions',
    id: 'getLotActions',
    tag: 'Lots',
    summary: 'Ask what may be done with a lot now',
    description:
      'Every action and every status: whether it is allowed now, or why not and what would clear it. It looks at the status, the expiry, the policy, what is on hand and the permissions of the key; the rules of a place that stock may go to are those of the place. `scrapAll` is left out where nothing of the lot would be scrapped.',
    permission: 'INVENTORY.READ.GET',
    params: { id: 'The id of the lot.' },
    answers: { 200: { description: 'The actions and the statuses.', schema: LotActionsAnswer } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { params: { id = '' }, call }) => Effect.map(inventory.getLotActions(id, call), ok),
  },
]
