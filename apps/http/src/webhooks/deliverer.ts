import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import {
  deliveryOf,
  findWebhook,
  type Instant,
  type Lease,
  type Progress,
  type RetryBounds,
  retryDelay,
  type Store,
  timeToNextAttempt,
  type Ulid,
  type VersionView,
  type Webhook,
  type WebhookStore,
} from '@lotbook/domain'
import { Effect } from 'effect'
import type { Log } from '../log.ts'
import { makeDeadline } from './deadline.ts'
import type { Post } from './post.ts'
import { signedHeaders } from './signature.ts'
import { makeWaiting } from './waiting.ts'

/** What the deliverer is made of. */
export interface DelivererParts {
  readonly store: Pick<Store, 'versionsAfter' | 'watch'>
  readonly webhooks: WebhookStore
  readonly post: Post
  readonly now: () => Instant
  /** Milliseconds that pass, whatever is done to the clock, as of `performance.now`. */
  readonly monotonic: () => number
  readonly random: () => number
  readonly log: Log
  readonly retry: RetryBounds
  /** How long a process may deliver without asking again whether it still may, in milliseconds. */
  readonly leaseMilliseconds: number
  /** How many versions are read at one time. */
  readonly pageSize: number
}

/** Something that delivers until it is stopped. */
export interface Deliverer {
  /** Ends what is being sent, and gives the right to deliver back. */
  readonly stop: () => Promise<void>
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
const run = Effect.runPromise

/**
 * Delivers every version to every webhook, in order and at least once, while this process has the right to deliver for
 * the store. One webhook that fails does not keep the others.
 */
export const startDeliverer = (parts: DelivererParts): Deliverer => {
  const { store, webhooks, now, monotonic, log, leaseMilliseconds } = parts
  const owner = randomUUID()
  // Every commit wakes: it is looked no more often than this which webhooks there are.
  const betweenLooks = Math.min(100, leaseMilliseconds / 6)
  const stopping = new AbortController()
  // Everything that is being sent listens to it.
  setMaxListeners(0, stopping.signal)
  const { count, wait, wake } = makeWaiting(stopping.signal)
  const pause = makeWaiting(stopping.signal)
  const running = new Map<Ulid, Promise<void>>()
  // Of monotonic time.
  let leasedUntil = Number.NEGATIVE_INFINITY
  let asksAgain = Number.NEGATIVE_INFINITY
  /** The right of another process as it was seen last, and since when it has stood so. */
  let seen: (Lease & { readonly since: number }) | undefined

  const isOver = (): boolean => stopping.signal.aborted
  const mayDeliver = (): boolean => !isOver() && monotonic() < leasedUntil

  const pages = new Map<Ulid, readonly VersionView[]>()
  /** The next version after the position of a webhook, from what was read before where it goes on there. */
  const nextVersions = async ({ id, position }: Webhook): Promise<readonly VersionView[]> => {
    const kept = (pages.get(id) ?? []).filter(({ sequence }) => sequence > position)
    if (kept[0]?.sequence === position + 1) return kept
    const read = await run(store.versionsAfter(position, parts.pageSize))
    pages.set(id, read)
    return read
  }

  const send = async (webhook: Webhook, version: VersionView): Promise<string | undefined> => {
    const { hash: _hash, ...event } = version
    const delivery = deliveryOf(event)
    // Once the right is over another process may send the same.
    const right = makeDeadline(stopping.signal, Math.min(Math.max(0, leasedUntil - monotonic()), leaseMilliseconds))
    try {
      const headers = signedHeaders(delivery, webhook.secret, now())
      const status = await parts.post(webhook.url, headers, delivery.body, right.signal)
      return status >= 200 && status < 300 ? undefined : `the answer was ${status}`
    } catch (error) {
      return reasonOf(error)
    } finally {
      right.clear()
    }
  }

  /** Does the next thing for a webhook. Gives for how many milliseconds there is nothing more to do; 0 = go on. */
  const step = async (id: Ulid): Promise<number | 'gone'> => {
    const webhook = findWebhook((await run(webhooks.all())).webhooks, id)
    if (webhook === undefined || !webhook.enabled || !mayDeliver()) return 'gone'
    const early = timeToNextAttempt(webhook.nextAttempt, now(), parts.retry)
    // Whoever changes it meanwhile need not have woken this process.
    if (early > 0) return Math.min(early, leaseMilliseconds)
    const versions = await nextVersions(webhook)
    const last = versions.at(-1)
    if (last === undefined) return leaseMilliseconds
    const types = webhook.lotRecordTypes
    const version = versions.find(({ record }) => types === null || types.includes(record.lotRecordType))
    const healthy = { failures: 0, failingSince: null, lastError: null, nextAttempt: null }
    if (version === undefined) {
      await run(webhooks.progress(webhook, owner, { ...progressOf(webhook), ...healthy, position: last.sequence }))
      return 0
    }
    const error = await send(webhook, version)
    if (isOver()) return 'gone'
    if (error === undefined) {
      const delivered = { ...healthy, position: version.sequence, deliveredDate: now() }
      await run(webhooks.progress(webhook, owner, delivered))
      return 0
    }
    const failures = webhook.failures + 1
    log({ level: 'warn', message: 'webhook failed', webhook: id, sequence: version.sequence, failures, cause: error })
    await run(
      webhooks.progress(webhook, owner, {
        ...progressOf(webhook),
        failures,
        failingSince: webhook.failingSince ?? now(),
        lastError: error.slice(0, 500),
        nextAttempt: now() + retryDelay(failures, parts.retry, parts.random()),
      }),
    )
    return 0
  }

  const follow = async (id: Ulid): Promise<void> => {
    while (mayDeliver()) {
      const since = count()
      const idle = await step(id)
      if (idle === 'gone') break
      if (idle > 0) await wait(idle, since)
    }
    pages.delete(id)
  }

  /**
   * Takes or keeps the right. That of another process is over once it has stood unchanged, as seen from here, for as long
   * as it lasts: the clocks of the two need not agree.
   */
  const ask = async (): Promise<void> => {
    const asked = monotonic()
    asksAgain = asked + leaseMilliseconds / 3
    const over = seen !== undefined && asked >= seen.since + leaseMilliseconds ? seen : undefined
    const lease = await run(webhooks.lease(owner, now() + leaseMilliseconds, over))
    if (lease.owner === owner) {
      seen = undefined
      leasedUntil = asked + leaseMilliseconds
      return
    }
    leasedUntil = Number.NEGATIVE_INFINITY
    if (seen?.owner !== lease.owner || seen.beat !== lease.beat) seen = { ...lease, since: monotonic() }
    asksAgain = Math.min(asksAgain, seen.since + leaseMilliseconds)
  }

  const lead = async (): Promise<void> => {
    // Asking is a write, and every write wakes: so it is asked by the time alone.
    if (monotonic() >= asksAgain) await ask()
    if (!mayDeliver()) return
    for (const { id, enabled } of (await run(webhooks.all())).webhooks)
      if (enabled && !running.has(id)) {
        const following = follow(id)
          .catch((error: unknown) => log({ level: 'error', message: 'webhook stopped', webhook: id, cause: error }))
          .finally(() => running.delete(id))
        running.set(id, following)
      }
  }

  const leading = (async () => {
    while (!isOver()) {
      const since = count()
      try {
        await lead()
      } catch (error) {
        log({ level: 'error', message: 'webhooks cannot be delivered now', cause: error })
      }
      await pause.wait(betweenLooks, pause.count())
      await wait(Math.min(leaseMilliseconds / 3, asksAgain - monotonic()) - betweenLooks, since)
    }
  })()
  const letGo = store.watch(wake)

  return {
    stop: async () => {
      stopping.abort()
      letGo()
      pause.wake()
      wake()
      await leading
      await Promise.all(running.values())
      await run(Effect.ignore(webhooks.release(owner)))
    },
  }
}

const progressOf = ({
  position,
  deliveredDate,
  failures,
  failingSince,
  lastError,
  nextAttempt,
}: Progress): Progress => ({
  position,
  deliveredDate,
  failures,
  failingSince,
  lastError,
  nextAttempt,
})
