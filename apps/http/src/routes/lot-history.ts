import { lotHistoryShape, NotFound, readUlid } from '@lotbook/domain'
import { Effect, Schema } from 'effect'
import { type Operation, ok } from '../operation.ts'
import { LotHistoryRow } from '../schemas/lot-record.ts'
import { NewLotHistoryRequest } from '../schemas/templates.ts'

const tag = 'Lots'

/** The history of a lot, and the template of its request. */
export const lotHistoryRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/lot-history/new',
    id: 'newLotHistoryRequest',
    tag,
    summary: 'The template of getLotHistory',
    description: 'Its `lotId` is the id in the path of getLotHistory, the other fields are the query parameters there.',
    answers: { 200: { description: 'The 9 documented fields, all null.', schema: NewLotHistoryRequest } },
    handle: ({ inventory }) => Effect.sync(() => ok(inventory.newLotHistoryRequest())),
  },
  {
    method: 'GET',
    path: '/v1/lots/{id}/history',
    id: 'getLotHistory',
    tag,
    summary: 'Read the history of a lot',
    description: 'All rows at once, oldest first; those where the lot is the secondary one too.',
    permission: 'INVENTORY.READ.GET',
    params: { id: 'The id of the lot.' },
    query: { shape: lotHistoryShape, without: ['lotId'] },
    answers: { 200: { description: 'The rows.', schema: Schema.Array(LotHistoryRow) } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { params: { id = '' }, query, call }) =>
      readUlid(id) === undefined
        ? Effect.fail(new NotFound({ kind: 'lot', idOrName: id }))
        : Effect.map(inventory.getLotHistory({ ...query, lotId: id }, call), ok),
  },
]
