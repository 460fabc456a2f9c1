import type { LedgerEnd } from '@lotbook/domain'
import { Effect, Schema } from 'effect'
import { type Operation, ok } from '../operation.ts'
import { type Agree, type Same, Whole } from '../schemas/fields.ts'

const Checkpoint = Schema.Struct({
  count: Whole.annotate({ description: 'How many versions of records there are.' }),
  head: Schema.String.annotate({ description: 'The hash of the last one, which covers all before it.' }),
  lastChange: Whole.annotate({
    description: 'Grows with every change of a lot, a label, master data, a key or a setting; it counts nothing else.',
  }),
}).annotate({ identifier: 'Checkpoint' })

/** The schema above and the domain's answer are the same. */
export type CheckpointAgrees = Agree<[Same<typeof Checkpoint.Type, LedgerEnd>]>

/** The present end of the ledger. */
export const checkpointRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/checkpoint',
    id: 'getCheckpoint',
    tag: 'Events',
    summary: 'Read the end of the ledger',
    description:
      'Two answers that are equal mean that nothing was written in between. `count` and `head`, kept elsewhere, are what `lotbook verify --against` takes.',
    permission: 'INVENTORY.READ.GET',
    answers: { 200: { description: 'The end as it is now.', schema: Checkpoint } },
    handle: ({ inventory }, { call }) => Effect.map(inventory.getCheckpoint(call), ok),
  },
]
