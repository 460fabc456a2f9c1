import { NotFound, readUlid } from '@lotbook/domain'
import { Effect } from 'effect'
import { type Operation, ok } from '../operation.ts'
import { ApiResponse } from '../schemas/lot.ts'

/** Deletes a lot that nothing refers to. */
export const deleteLotRoutes: readonly Operation[] = [
  {
    method: 'DELETE',
    path: '/v1/lots/{id}',
    id: 'deleteLot',
    tag: 'Lots',
    summary: 'Delete a lot',
    description: 'Only a lot that nothing refers to; what refers to it is listed in the refusal.',
    permission: 'INVENTORY.WRITE.DELETE',
    params: { id: 'The id of the lot.' },
    ifMatch: 'always',
    answers: { 200: { description: 'The lot is deleted; `data` is its id.', schema: ApiResponse } },
    refusals: ['NotFound', 'VersionConflict', 'InUse'],
    handle: ({ inventory }, { params: { id = '' }, call }) =>
      readUlid(id) === undefined
        ? Effect.fail(new NotFound({ kind: 'lot', idOrName: id }))
        : Effect.map(inventory.deleteLot(id, call), (deleted) =>
            ok({ success: true, message: `lot ${deleted.id} is deleted`, data: deleted.id, error: null }),
          ),
  },
]
