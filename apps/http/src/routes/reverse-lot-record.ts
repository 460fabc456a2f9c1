import { reverseLotRecordShape } from '@lotbook/domain'
import { Effect } from 'effect'
import { created, type Operation, ok } from '../operation.ts'
import { orPreview, PreviewAnswer } from '../schemas/lot.ts'
import { InventoryLotRecord } from '../schemas/lot-record.ts'
import { recordRefusals } from './refusals.ts'
import { withPathId } from './with-path-id.ts'

/** Takes a posted record back. */
export const reverseLotRecordRoutes: readonly Operation[] = [
  {
    method: 'POST',
    path: '/v1/lot-records/{id}/reverse',
    id: 'reverseLotRecord',
    tag: 'Lot records',
    summary: 'Take a posted record back',
    description:
      'Writes a new record that posts the opposite at the effective time of the original. Needs the permission of the record type. `If-Match` takes the version of the record.',
    permissionOfType: true,
    params: { id: 'The id of the record.' },
    body: { shape: reverseLotRecordShape, without: ['id'], optional: true },
    dryRun: true,
    ifMatch: 'always',
    answers: {
      200: { description: `In a dry run: ${orPreview}`, schema: PreviewAnswer },
      201: { description: 'The record that takes the other back.', schema: InventoryLotRecord, versioned: true },
    },
    refusals: recordRefusals,
    handle: ({ inventory }, { params, body, call, dryRun }) =>
      withPathId('lot record', params['id'], body, (request) =>
        dryRun
          ? Effect.map(inventory.dryRun.reverseLotRecord(request, call), ok)
          : Effect.map(inventory.reverseLotRecord(request, call), (record) => created('/v1/lot-records', record)),
      ),
  },
]
