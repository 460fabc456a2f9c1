import { type ActionName, actionCatalog, type LotActions, lotStatuses } from '@lotbook/domain'
import { Schema } from 'effect'
import type { Agree, Same } from './fields.ts'

const reason = Schema.String.annotate({ description: 'Why not, in the words of the refusal.' })
const clears = Schema.String.annotate({ description: 'What would clear it.' })
const no = { allowed: Schema.Literal(false), reason, clears }
const yes = { allowed: Schema.Literal(true) }

const action = { action: Schema.Literals(Object.keys(actionCatalog) as ActionName[]) }
const status = { status: Schema.Literals(lotStatuses) }

/** What may be done with a lot now. */
export const LotActionsAnswer = Schema.Struct({
  actions: Schema.Array(Schema.Union([Schema.Struct({ ...action, ...yes }), Schema.Struct({ ...action, ...no })])),
  statuses: Schema.Array(Schema.Union([Schema.Struct({ ...status, ...yes }), Schema.Struct({ ...status, ...no })])),
}).annotate({ identifier: 'LotActions' })

/** The schema above and the domain's answer are the same. */
export type LotActionsAgree = Agree<[Same<typeof LotActionsAnswer.Type, LotActions>]>
