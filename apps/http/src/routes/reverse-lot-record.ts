import { reverseLotRecordShape } from '@lotbook/domain'
import { Effect } from 'effect'
import { type Operation, ok } from '../operation.ts'
import type { Query } from '../query.ts'
import { RecordOrItems } from '../schemas/action.ts'
import { orPreview, PreviewAnswer } from '../schemas/lot.ts'
import { answered } from './actions.ts'
import { recordRefusals } from './refusals.ts'
import { withPathId } from './with-path-id.ts'

// `cascade` may stand in the body too, as in the domain; what the query says holds.
const both = (body: unknown, query: Query): unknown =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body, ...query } : body

/** Takes a posted record back. */
export const reverseLotRecordRoutes: readonly Operation[] = [
  {
    method: 'POST',
    path: '/v1/lot-records/{id}/reverse',
    id: 'reverseLotRecord',
    tag: 'Lot records',
    summary: 'Take a posted record back',
    description:
      'Writes a new record that posts the opposite at the effective time of the original. Needs the permission of the record type. `If-Match` takes the version of the record. With `cascade=true` everything that stands in its way is taken back first, all or nothing: up to 250 records, each by the rules and the permission of its own type.',
    permissionOfType: true,
    params: { id: 'The id of the record.' },
    query: { shape: reverseLotRecordShape, only: ['cascade'] },
    body: { shape: reverseLotRecordShape, without: ['id'], optional: true },
    dryRun: true,
    ifMatch: 'always',
    answers: {
      200: { description: `In a dry run: ${orPreview}`, schema: PreviewAnswer },
      201: {
        description: 'The record that takes the other back; with `cascade=true` all that were written, in that order.',
        schema: RecordOrItems,
        versioned: true,
      },
    },
    refusals: recordRefusals,
    handle: ({ inventory }, { params, query, body, call, dryRun }) =>
      withPathId('lot record', params['id'], both(body, query), (request) =>
        dryRun
          ? Effect.map(inventory.dryRun.reverseLotRecord(request, call), ok)
          : Effect.map(inventory.reverseLotRecord(request, call), answered),
      ),
  },
]
