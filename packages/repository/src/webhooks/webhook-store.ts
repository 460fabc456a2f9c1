import { randomBytes } from 'node:crypto'
import type { LotRecordType, Progress, Refusal, Webhook, WebhookStore } from '@lotbook/domain'
import { Effect, Result } from 'effect'
import type { Dialect } from '../dialect.ts'
import type { Engine } from '../engine.ts'
import { makeLedgerHead } from '../ledger-head.ts'
import { all, execute, first, type Program } from '../program.ts'
import { makeReceipts, replay } from '../receipts.ts'
import { makeChangeLog } from '../save/change-log.ts'
import type { WebhookTable } from '../tables.ts'
import { makeWebhookStatements } from './webhook-statements.ts'

type WebhookRow = Omit<WebhookTable, 'id'>

const webhookOf = (row: WebhookRow): Webhook => ({
  id: row.ulid,
  url: row.url,
  description: row.description,
  lotRecordTypes: row.lot_record_types === null ? null : (JSON.parse(row.lot_record_types) as LotRecordType[]),
  enabled: row.enabled === 1,
  secret: row.secret,
  position: row.position,
  deliveredDate: row.delivered_at,
  failures: row.failures,
  failingSince: row.failing_since,
  lastError: row.last_error,
  nextAttempt: row.next_attempt_at,
  version: row.version,
  createdDate: row.created_at,
  createdBy: row.created_by,
  modifiedDate: row.modified_at,
  modifiedBy: row.modified_by,
})

const progressRow = (progress: Progress) => ({
  position: progress.position,
  delivered_at: progress.deliveredDate,
  failures: progress.failures,
  failing_since: progress.failingSince,
  last_error: progress.lastError,
  next_attempt_at: progress.nextAttempt,
})

const savedRow = (webhook: Webhook) => ({
  ...progressRow(webhook),
  ulid: webhook.id,
  url: webhook.url,
  description: webhook.description,
  lot_record_types: webhook.lotRecordTypes === null ? null : JSON.stringify(webhook.lotRecordTypes),
  enabled: webhook.enabled ? (1 as const) : (0 as const),
  version: webhook.version,
  modified_at: webhook.modifiedDate,
  modified_by: webhook.modifiedBy,
})

// The beat of a right that was given back.
const released = 0

/** Keeps webhooks in the database of the store. */
export const makeWebhookStore = (dialect: Dialect, { read, write }: Engine): WebhookStore => {
  const statements = makeWebhookStatements(dialect.db)
  const changeRow = makeChangeLog(dialect.db)
  const receipts = makeReceipts(dialect.db)
  const { readHead } = makeLedgerHead(dialect)

  function* loadAll(): Program<{ readonly webhooks: readonly Webhook[]; readonly count: number }> {
    const { count } = yield* readHead()
    return { webhooks: (yield* all(statements.all({}))).map(webhookOf), count }
  }

  function* save(before: readonly Webhook[], webhook: Webhook): Program<void> {
    const row = savedRow(webhook)
    if (before.some(({ id }) => id === webhook.id)) yield* execute(statements.update(row))
    else {
      const { secret, createdDate, createdBy } = webhook
      yield* execute(statements.insert({ ...row, secret, created_at: createdDate, created_by: createdBy }))
    }
  }

  return {
    all: () => read(loadAll),
    change: (decide, receipt) =>
      write(function* (head) {
        const kept = receipt && (yield* receipts.find(receipt))
        if (receipt !== undefined && kept !== undefined)
          return { keep: false, wrote: false, head, answer: replay(receipt, kept) }
        const before = (yield* all(statements.all({}))).map(webhookOf)
        const decided = decide(before, head.count)
        if (Result.isFailure(decided))
          return { keep: false, wrote: false, head, answer: Effect.fail<Refusal>(decided.failure) }
        const { saved, removed, changes } = decided.success
        if (saved !== undefined) yield* save(before, saved)
        if (removed !== undefined) yield* execute(statements.remove({ ulid: removed }))
        for (const change of changes) yield* execute(changeRow(change, head.count))
        if (receipt !== undefined) yield* receipts.keep(receipt, decided.success.kept)
        return { keep: true, head, answer: Effect.succeed(decided.success.answer) }
      }),
    progress: ({ id, version }, owner, progress) =>
      write(function* (head) {
        const row = yield* first(statements.byUlid({ ulid: id }))
        const lease = yield* first(statements.lease({}))
        const isStill = row?.version === version && lease?.owner === owner
        if (isStill) yield* execute(statements.progress({ ...progressRow(progress), ulid: id }))
        return { keep: isStill, wrote: false, apart: true, head, answer: Effect.succeed(isStill) }
      }),
    lease: (owner, beat, over) =>
      write(function* (head) {
        const row = yield* first(statements.lease({}))
        const isOwn = row?.owner === owner
        const isOver = row?.expires_at === released || (row?.owner === over?.owner && row?.expires_at === over?.beat)
        if (row !== undefined && !isOwn && !isOver) {
          const lease = { owner: row.owner, beat: row.expires_at }
          return { keep: false, wrote: false, apart: true, head, answer: Effect.succeed(lease) }
        }
        // A clock that stands or is set back makes no beat that was there before.
        const lease = { owner, beat: isOwn ? Math.max(beat, row.expires_at + 1) : beat }
        const taken = { id: 1 as const, owner, expires_at: lease.beat }
        yield* execute(row === undefined ? statements.firstLease(taken) : statements.takeLease(taken))
        return { keep: true, apart: true, head, answer: Effect.succeed(lease) }
      }),
    release: (owner) =>
      write(function* (head) {
        const lease = yield* first(statements.lease({}))
        const isOwn = lease?.owner === owner
        if (isOwn) yield* execute(statements.takeLease({ id: 1, owner, expires_at: released }))
        return { keep: isOwn, wrote: false, apart: true, head, answer: Effect.void }
      }),
    newSecret: () => `whsec_${randomBytes(32).toString('base64')}`,
  }
}
