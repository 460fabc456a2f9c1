import { changeStatusShape } from '@lotbook/domain'
import { Effect } from 'effect'
import { created, type Operation, ok } from '../operation.ts'
import { ViolationMap } from '../schemas/common.ts'
import { orPreview, PreviewAnswer } from '../schemas/lot.ts'
import { InventoryLotRecord } from '../schemas/lot-record.ts'
import { NewChangeStatusRequest } from '../schemas/templates.ts'
import { recordRefusals } from './refusals.ts'

const tag = 'Actions'

/** The three doors of changeStatus. */
export const changeStatusRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/inventory/change-status/new',
    id: 'newChangeStatusRequest',
    tag,
    summary: 'The template of changeStatus',
    answers: { 200: { description: 'The 9 documented fields with their defaults.', schema: NewChangeStatusRequest } },
    handle: ({ inventory }) => Effect.sync(() => ok(inventory.newChangeStatusRequest())),
  },
  {
    method: 'POST',
    path: '/v1/inventory/change-status/validate',
    id: 'validateChangeStatusRequest',
    tag,
    summary: 'Check the fields of a change of status',
    description: 'Says what is wrong with the fields, and whether the lot exists. Changes nothing.',
    permission: 'INVENTORY.READ.VALIDATE',
    body: { shape: changeStatusShape },
    answers: { 200: { description: 'All violations, by field.', schema: ViolationMap } },
    handle: ({ inventory }, { body, call }) => Effect.map(inventory.validateChangeStatusRequest(body, call), ok),
  },
  {
    method: 'POST',
    path: '/v1/inventory/change-status',
    id: 'changeStatus',
    tag,
    summary: 'Put a lot into another status',
    description:
      'Writes one STATUS_CHANGE record and the status of the lot, together. `If-Match` takes the version of the lot.',
    permission: 'INVENTORY.WRITE.CHANGE_STATUS',
    body: { shape: changeStatusShape },
    dryRun: true,
    ifMatch: 'always',
    answers: {
      200: { description: `In a dry run: ${orPreview}`, schema: PreviewAnswer },
      201: { description: 'The record that was written.', schema: InventoryLotRecord, versioned: true },
    },
    refusals: recordRefusals,
    handle: ({ inventory }, { body, call, dryRun }) =>
      dryRun
        ? Effect.map(inventory.dryRun.changeStatus(body, call), ok)
        : Effect.map(inventory.changeStatus(body, call), (record) => created('/v1/lot-records', record)),
  },
]
