import { saveInventoryLotRecordShape } from '@lotbook/domain'
import { Effect } from 'effect'
import { created, hasId, type Operation, ok, shown } from '../operation.ts'
import { ViolationMap } from '../schemas/common.ts'
import { orPreview, withPreview } from '../schemas/lot.ts'
import { InventoryLotRecord } from '../schemas/lot-record.ts'
import { NewInventoryLotRecord } from '../schemas/templates.ts'
import { recordRefusals } from './refusals.ts'

const tag = 'Lot records'

/** The three doors of saveInventoryLotRecord. */
export const saveInventoryLotRecordRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/lot-records/new',
    id: 'newInventoryLotRecord',
    tag,
    summary: 'The template of saveInventoryLotRecord',
    answers: { 200: { description: 'The 22 documented fields with their defaults.', schema: NewInventoryLotRecord } },
    handle: ({ inventory }) => Effect.sync(() => ok(inventory.newInventoryLotRecord())),
  },
  {
    method: 'POST',
    path: '/v1/lot-records/validate',
    id: 'validateInventoryLotRecord',
    tag,
    summary: 'Check the fields of a lot record',
    description: 'Says what is wrong with the fields, and whether what they refer to exists. Changes nothing.',
    permission: 'INVENTORY.READ.VALIDATE',
    body: { shape: saveInventoryLotRecordShape },
    answers: { 200: { description: 'All violations, by field.', schema: ViolationMap } },
    handle: ({ inventory }, { body, call }) => Effect.map(inventory.validateInventoryLotRecord(body, call), ok),
  },
  {
    method: 'POST',
    path: '/v1/lot-records',
    id: 'saveInventoryLotRecord',
    tag,
    summary: 'Create or update a lot record',
    description:
      'Without `id` a record is created, with it one is updated: a given value replaces, null keeps. A COMPLETED record with what its type needs posts: it moves stock or changes its lot. Needs the permission of the record type too.',
    permission: 'INVENTORY.WRITE.SAVE',
    permissionOfType: true,
    body: { shape: saveInventoryLotRecordShape },
    dryRun: true,
    ifMatch: 'with id',
    answers: {
      200: {
        description: `The record as updated; ${orPreview}`,
        schema: withPreview(InventoryLotRecord),
        versioned: true,
      },
      201: { description: 'The record as created.', schema: InventoryLotRecord, versioned: true },
    },
    refusals: recordRefusals,
    handle: ({ inventory }, { body, call, dryRun }) =>
      dryRun
        ? Effect.map(inventory.dryRun.saveInventoryLotRecord(body, call), ok)
        : Effect.map(inventory.saveInventoryLotRecord(body, call), (record) =>
            hasId(body) ? shown(record) : created('/v1/lot-records', record),
          ),
  },
]
