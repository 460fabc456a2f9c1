import { saveLotShape } from '@lotbook/domain'
import { Effect } from 'effect'
import { created, hasId, type Operation, ok, shown } from '../operation.ts'
import { ViolationMap } from '../schemas/common.ts'
import { InventoryLot, orPreview, withPreview } from '../schemas/lot.ts'
import { NewLot } from '../schemas/templates.ts'
import { recordRefusals } from './refusals.ts'

const tag = 'Lots'

/** The three doors of saveLot. */
export const saveLotRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/lots/new',
    id: 'newLot',
    tag,
    summary: 'The template of saveLot',
    answers: { 200: { description: 'The 14 documented fields with their defaults.', schema: NewLot } },
    handle: ({ inventory }) => Effect.sync(() => ok(inventory.newLot())),
  },
  {
    method: 'POST',
    path: '/v1/lots/validate',
    id: 'validateLot',
    tag,
    summary: 'Check the fields of a lot',
    description: 'Says what is wrong with the fields, and whether what they refer to exists. Changes nothing.',
    permission: 'INVENTORY.READ.VALIDATE',
    body: { shape: saveLotShape },
    answers: { 200: { description: 'All violations, by field.', schema: ViolationMap } },
    handle: ({ inventory }, { body, call }) => Effect.map(inventory.validateLot(body, call), ok),
  },
  {
    method: 'POST',
    path: '/v1/lots',
    id: 'saveLot',
    tag,
    summary: 'Create or update a lot',
    description:
      'Without `id` a lot is created, with it one is updated: a given value replaces, null keeps. Another `status` than OPEN goes through the transition table, writes its STATUS_CHANGE record and needs INVENTORY.WRITE.CHANGE_STATUS too.',
    permission: 'INVENTORY.WRITE.SAVE',
    body: { shape: saveLotShape },
    dryRun: true,
    ifMatch: 'with id',
    answers: {
      200: { description: `The lot as updated; ${orPreview}`, schema: withPreview(InventoryLot), versioned: true },
      201: { description: 'The lot as created.', schema: InventoryLot, versioned: true },
    },
    refusals: [...recordRefusals, 'DuplicateName'],
    handle: ({ inventory }, { body, call, dryRun }) =>
      dryRun
        ? Effect.map(inventory.dryRun.saveLot(body, call), ok)
        : Effect.map(inventory.saveLot(body, call), (lot) => (hasId(body) ? shown(lot) : created('/v1/lots', lot))),
  },
]
