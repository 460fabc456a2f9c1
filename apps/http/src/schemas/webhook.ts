import type { WebhookView } from '@lotbook/domain'
import { Schema } from 'effect'
import { type Agree, Flag, Id, LotRecordTypeName, Moment, orNull, type Same, Text, Whole } from './fields.ts'

const fields = {
  id: Id,
  url: Text,
  description: orNull(Text),
  lotRecordTypes: orNull(Schema.Array(LotRecordTypeName)).annotate({ description: 'Null: all.' }),
  enabled: Flag,
  position: Whole.annotate({ description: 'The sequence of the last version that was delivered or left out.' }),
  pending: Whole.annotate({ description: 'How many versions it is behind.' }),
  deliveredDate: orNull(Moment),
  failures: Whole.annotate({ description: 'How often the next version was tried in vain.' }),
  failingSince: orNull(Moment),
  lastError: orNull(Text),
  nextAttemptDate: orNull(Moment),
  version: Whole,
  createdDate: Moment,
  createdBy: Text,
  modifiedDate: orNull(Moment),
  modifiedBy: orNull(Text),
}

/** A webhook, with the state of its deliveries. */
export const Webhook = Schema.Struct(fields).annotate({ identifier: 'Webhook' })

/** A webhook as created: the only answer with its secret. */
export const NewWebhook = Schema.Struct({
  ...fields,
  secret: Schema.optionalKey(Text).annotate({
    description: 'Verifies signatures. It is shown this once: a replay of the answer is without it.',
  }),
}).annotate({ identifier: 'NewWebhook' })

/** The schemas above and the domain's views are the same. */
export type WebhookSchemasAgree = Agree<[Same<typeof Webhook.Type, WebhookView>]>
