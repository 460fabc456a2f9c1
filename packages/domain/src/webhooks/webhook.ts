import { greatestSequence } from '../events/events.ts'
import { enumField, type Field, flagField, listField, textField, ulidField, wholeField } from '../fields.ts'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Authorship } from '../lot/lot.ts'
import { type LotRecordType, lotRecordTypes } from '../lot-record/lot-record-type.ts'
import { defineRequest } from '../request.ts'
import { readText } from '../text/name.ts'
import { type Instant, showInstant } from '../time/instant.ts'

/** How far the deliveries of a webhook have come, and what keeps them from going on. */
export interface Progress {
  /** The sequence of the last version that was delivered or that the filter left out. */
  readonly position: number
  /** When something was last delivered. */
  readonly deliveredDate: Instant | null
  /** How often the next version was tried in vain, since when, and why the last time. */
  readonly failures: number
  readonly failingSince: Instant | null
  readonly lastError: string | null
  /** When it is tried again; null = as soon as there is something. */
  readonly nextAttempt: Instant | null
}

/** Somebody who is told of every version of every record by a POST to an address. */
export interface Webhook extends Authorship, Progress {
  readonly id: Ulid
  readonly url: string
  readonly description: string | null
  /** Only records of these types; null = of all. */
  readonly lotRecordTypes: readonly LotRecordType[] | null
  readonly enabled: boolean
  /** Signs what is sent. It is kept as it is, since signing needs it. */
  readonly secret: string
  readonly version: number
}

const longestUrl = 2048
const address = /^https?:\/\/[^\s/?#@\\]+(?:[/?][^\s#\\]*)?$/iu
const urlRule = `must be an http or https address of at most ${longestUrl} characters, without a user, a password or a fragment`

const port = /^[^/]+\/\/[^/?]*:(\d+)(?:[/?]|$)/u
const greatestPort = 65_535

// What no store can keep, or nothing can be sent to, is no address.
const isAddress = (text: string): boolean =>
  text.length <= longestUrl &&
  address.test(text) &&
  readText(text) === text &&
  Number(port.exec(text)?.[1] ?? 0) <= greatestPort

const urlField: Field<string> = {
  ...textField,
  message: urlRule,
  read: (value) => (typeof value === 'string' && isAddress(value) ? value : undefined),
}

/** The request that creates a webhook, or with `id` changes one. Null keeps; an empty list of types means all. */
export const saveWebhookShape = defineRequest('SaveWebhookRequest', {
  id: ulidField,
  url: urlField,
  description: textField,
  lotRecordTypes: listField(
    enumField(lotRecordTypes),
    lotRecordTypes.length,
    `must be a list of record types: ${lotRecordTypes.join(', ')}`,
  ),
  enabled: flagField,
  after: wholeField(0, greatestSequence),
})
/** A request that saves a webhook, as the domain reads it. */
export type SaveWebhookRequest = ReturnType<typeof saveWebhookShape.decode>['request']

/** Deliveries from a sequence on, with nothing held against the address. */
export const fromSequence = (position: number): Progress => ({
  position,
  deliveredDate: null,
  failures: 0,
  failingSince: null,
  lastError: null,
  nextAttempt: null,
})

const date = (value: Instant | null): string | null => (value === null ? null : showInstant(value))

/** A webhook as every face returns it. `count` is how many versions there are; `pending` those it is behind. */
export const webhookView = (webhook: Webhook, count: number) => ({
  id: showUlid(webhook.id),
  url: webhook.url,
  description: webhook.description,
  lotRecordTypes: webhook.lotRecordTypes,
  enabled: webhook.enabled,
  position: webhook.position,
  pending: count - webhook.position,
  deliveredDate: date(webhook.deliveredDate),
  failures: webhook.failures,
  failingSince: date(webhook.failingSince),
  lastError: webhook.lastError,
  nextAttemptDate: date(webhook.nextAttempt),
  version: webhook.version,
  createdDate: showInstant(webhook.createdDate),
  createdBy: webhook.createdBy,
  modifiedDate: date(webhook.modifiedDate),
  modifiedBy: webhook.modifiedBy,
})
/** A webhook as every face returns it. */
export type WebhookView = ReturnType<typeof webhookView>
