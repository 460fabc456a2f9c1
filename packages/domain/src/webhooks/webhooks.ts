import { Effect, Result } from 'effect'
import {
  type Circumstances,
  fieldChanges,
  whyInvalid,
  whyNoAuthor,
  whyNotPermitted,
  whyStale,
} from '../actions/action.ts'
import { readUlid, showUlid } from '../identifiers/ulid.ts'
import type { Call, Caller, InventoryParts } from '../inventory.ts'
import { authored } from '../master-data/authored.ts'
import { NotFound, type Refusal } from '../refusals.ts'
import type { Page } from '../store.ts'
import {
  fromSequence,
  type SaveWebhookRequest,
  saveWebhookShape,
  type Webhook,
  type WebhookView,
  webhookView,
} from './webhook.ts'
import { findWebhook, type WebhookStore } from './webhook-store.ts'

/** How many webhooks a store has at most. */
export const mostWebhooks = 100

/** A webhook as saved; with its secret where it was created now. */
type NewWebhookView = WebhookView & { readonly secret?: string }

/** The functions that keep webhooks. All need INVENTORY.ADMIN: who reads everything that is written may do much. */
export interface Webhooks {
  readonly findWebhooks: (caller: Caller) => Effect.Effect<Page<WebhookView>, Refusal>
  readonly getWebhook: (id: string, caller: Caller) => Effect.Effect<WebhookView, Refusal>
  /** Creates or changes a webhook. The secret is in the answer to its creation, and nowhere else: a replay has none. */
  readonly saveWebhook: (request: unknown, call: Call) => Effect.Effect<NewWebhookView, Refusal>
  readonly deleteWebhook: (id: string, call: Call) => Effect.Effect<{ readonly id: string }, Refusal>
}

/** What the functions of webhooks take from outside. */
export interface WebhookParts extends Pick<InventoryParts, 'now' | 'newUlid'> {
  readonly webhooks: WebhookStore
}

const kind = 'webhook'
const notThere = (idOrName: string): NotFound => new NotFound({ kind, idOrName })

const plain = (webhook: Partial<Webhook>) => ({
  url: webhook.url ?? null,
  description: webhook.description ?? null,
  lotRecordTypes: webhook.lotRecordTypes?.join(' ') ?? null,
  enabled: webhook.enabled ?? null,
})

const fields = ['url', 'description', 'lotRecordTypes', 'enabled'] as const

const typesOf = (
  given: SaveWebhookRequest['lotRecordTypes'],
  before: Webhook | undefined,
): Webhook['lotRecordTypes'] => {
  if (given === null) return before?.lotRecordTypes ?? null
  return given.length === 0 ? null : [...new Set(given)]
}

/** The functions that keep webhooks, over where they are kept. */
export const makeWebhooks = ({ webhooks: store, now, newUlid }: WebhookParts): Webhooks => {
  const admin = (caller: Caller): Effect.Effect<void, Refusal> => {
    const refusal = whyNotPermitted(caller.grants, 'INVENTORY.ADMIN')
    return refusal === undefined ? Effect.void : Effect.fail(refusal)
  }
  const mayWrite = (call: Call): Effect.Effect<void, Refusal> => {
    const refusal = whyNoAuthor(call.actor)
    return refusal === undefined ? admin(call) : Effect.andThen(admin(call), Effect.fail(refusal))
  }
  const circumstances = (call: Call): Circumstances => {
    const at = now()
    return {
      now: at,
      actor: call.actor,
      grants: call.grants,
      newId: () => newUlid(at),
      expectedVersion: call.expectedVersion,
    }
  }

  const saveWebhook: Webhooks['saveWebhook'] = (input, call) => {
    const { request, violations } = saveWebhookShape.decode(input)
    const { id, after } = request
    const stamp = circumstances(call)
    const saving = store.change<NewWebhookView>((webhooks, count) => {
      const before = id === null ? undefined : findWebhook(webhooks, id)
      if (id !== null && before === undefined) return Result.fail<Refusal>(notThere(showUlid(id)))
      const stale = before && whyStale(kind, showUlid(before.id), before.version, stamp)
      if (stale !== undefined) return Result.fail<Refusal>(stale)
      if (before === undefined && request.url === null && !violations.has('url')) violations.add('url', 'is required')
      if (after !== null && after > count)
        violations.add('after', `must not lie beyond the end of the ledger, which is ${count}`)
      if (before === undefined && webhooks.length >= mostWebhooks)
        violations.add('(root)', `there are ${mostWebhooks} webhooks, which is the most: delete one first`)
      const invalid = whyInvalid(violations)
      if (invalid !== undefined) return Result.fail<Refusal>(invalid)
      const webhook: Webhook = {
        // Who saves has looked at what was wrong: it is tried at once.
        ...(after !== null || before === undefined
          ? fromSequence(after ?? count)
          : { ...before, failures: 0, nextAttempt: null }),
        ...authored(before, stamp),
        url: request.url ?? before?.url ?? '',
        description: request.description ?? before?.description ?? null,
        lotRecordTypes: typesOf(request.lotRecordTypes, before),
        enabled: request.enabled ?? before?.enabled ?? true,
        secret: before?.secret ?? store.newSecret(),
      }
      const shownId = showUlid(webhook.id)
      const moved =
        after === null || before === undefined ? [] : fieldChanges(kind, shownId, before, webhook, ['position'], stamp)
      const changes = [...fieldChanges(kind, shownId, plain(before ?? {}), plain(webhook), fields, stamp), ...moved]
      const kept = webhookView(webhook, count)
      const answer = before === undefined ? { ...kept, secret: webhook.secret } : kept
      return Result.succeed({ saved: webhook, changes, answer, kept })
    }, call.receipt)
    return Effect.andThen(mayWrite(call), saving)
  }

  const getWebhook: Webhooks['getWebhook'] = (text, caller) =>
    admin(caller).pipe(
      Effect.andThen(store.all()),
      Effect.flatMap(({ webhooks, count }): Effect.Effect<WebhookView, Refusal> => {
        const id = readUlid(text)
        const webhook = id === undefined ? undefined : findWebhook(webhooks, id)
        return webhook === undefined ? Effect.fail(notThere(text)) : Effect.succeed(webhookView(webhook, count))
      }),
    )

  const deleteWebhook: Webhooks['deleteWebhook'] = (text, call) => {
    const stamp = circumstances(call)
    const deleting = store.change((webhooks) => {
      const id = readUlid(text)
      const before = id === undefined ? undefined : findWebhook(webhooks, id)
      if (before === undefined) return Result.fail<Refusal>(notThere(text))
      const shownId = showUlid(before.id)
      const stale = whyStale(kind, shownId, before.version, stamp)
      if (stale !== undefined) return Result.fail<Refusal>(stale)
      const changes = fieldChanges(kind, shownId, plain(before), plain({}), fields, stamp)
      const answer = { id: shownId }
      return Result.succeed({ removed: before.id, changes, answer, kept: answer })
    }, call.receipt)
    return Effect.andThen(mayWrite(call), deleting)
  }

  return {
    findWebhooks: (caller) =>
      Effect.andThen(
        admin(caller),
        Effect.map(store.all(), ({ webhooks, count }) => ({
          items: webhooks.map((webhook) => webhookView(webhook, count)),
          next: null,
        })),
      ),
    getWebhook,
    saveWebhook,
    deleteWebhook,
  }
}
