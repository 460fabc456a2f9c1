import type { Effect, Result } from 'effect'
import type { Ulid } from '../identifiers/ulid.ts'
import type { FieldChange } from '../known.ts'
import type { Refusal, StorageUnavailable } from '../refusals.ts'
import type { Receipt } from '../store.ts'
import type { Instant } from '../time/instant.ts'
import type { Progress, Webhook } from './webhook.ts'

/** What a decision about a webhook leaves to be written, and what it answers. */
export interface WebhookChange<A> {
  /** What a webhook is to be, new or changed. */
  readonly saved?: Webhook
  readonly removed?: Ulid
  readonly changes: readonly FieldChange[]
  readonly answer: A
  /** What is kept for the receipt, and answered when the change is sent again: the answer without its secret. */
  readonly kept: A
}

/** Who has the right to deliver, and when it was kept last by the clock of that process, which nobody else goes by. */
export interface Lease {
  readonly owner: string
  readonly beat: Instant
}

/** Where webhooks are kept: beside the ledger, in the same database. */
export interface WebhookStore {
  /** Every webhook, in the order in which they were made, and how many versions there are. */
  readonly all: () => Effect.Effect<
    { readonly webhooks: readonly Webhook[]; readonly count: number },
    StorageUnavailable
  >
  /**
   * Loads all webhooks and the number of versions, decides and writes, in one transaction. A refusal writes nothing.
   * With a receipt it happens once.
   */
  readonly change: <A>(
    decide: (webhooks: readonly Webhook[], count: number) => Result.Result<WebhookChange<A>, Refusal>,
    receipt?: Receipt,
  ) => Effect.Effect<A, Refusal>
  /** Notes how far deliveries have come, unless the webhook was saved since or another owner delivers: then false. */
  readonly progress: (
    webhook: Pick<Webhook, 'id' | 'version'>,
    owner: string,
    progress: Progress,
  ) => Effect.Effect<boolean, StorageUnavailable>
  /**
   * Takes or keeps the right to deliver for this store, and gives whose it is now. That of another owner is taken only
   * where it still is what `over` says. Each time that an owner keeps it its beat is another one, greater than before.
   */
  readonly lease: (owner: string, beat: Instant, over?: Lease) => Effect.Effect<Lease, StorageUnavailable>
  /** Gives the right to deliver back. */
  readonly release: (owner: string) => Effect.Effect<void, StorageUnavailable>
  /** A fresh secret: `whsec_` and 32 random bytes in base64. */
  readonly newSecret: () => string
}

/** Finds a webhook among others. */
export const findWebhook = (webhooks: readonly Webhook[], id: Ulid): Webhook | undefined =>
  webhooks.find((webhook) => webhook.id === id)
