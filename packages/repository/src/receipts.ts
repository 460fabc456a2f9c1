import { IdempotencyKeyReused, keptJsonOf, type Receipt, type Refusal } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Kysely } from 'kysely'
import { execute, first, type Program } from './program.ts'
import { insertion, lookup, statement } from './statement.ts'
import type { Tables } from './tables.ts'

/** An answer that is kept, or was kept until it expired. */
export interface Found {
  readonly fingerprint: string
  readonly answer: string
  readonly isExpired: boolean
}

/** Answers what is kept, unless the key came with another request. */
export const replay = <A>(receipt: Receipt, kept: Found): Effect.Effect<A, Refusal> => {
  if (kept.fingerprint !== receipt.fingerprint) return Effect.fail(new IdempotencyKeyReused({ key: receipt.key }))
  const answer = JSON.parse(kept.answer) as A
  return Effect.sync(() => {
    receipt.onReplay()
    return answer
  })
}

const purgeEvery = 500
const purgeAtMost = 1000

interface Key {
  readonly scope: string
  readonly key: string
}

/** The answer that is kept under a key. */
export const keptAnswer = (db: Kysely<Tables>) =>
  lookup((p: Key) =>
    db
      .selectFrom('receipt')
      .select(['fingerprint', 'answer', 'expires_at'])
      .where('scope', '=', p.scope)
      .where('key', '=', p.key),
  )

/** Keeps answers by (scope, key) until they expire. */
export const makeReceipts = (db: Kysely<Tables>) => {
  const finding = keptAnswer(db)
  const removing = statement((p: Key) => db.deleteFrom('receipt').where('scope', '=', p.scope).where('key', '=', p.key))
  const keeping = insertion(db, 'receipt', ['scope', 'key', 'fingerprint', 'answer', 'expires_at'])
  const purging = statement((p: { readonly now: number }) =>
    db
      .deleteFrom('receipt')
      // They expire about in the order in which they were kept, so the oldest are looked at, and there is no index.
      .where('id', 'in', (old) => old.selectFrom('receipt').select('id').orderBy('id').limit(purgeAtMost))
      .where('expires_at', '<', p.now),
  )
  let kept = 0

  /** The answer that is kept, if there is one, and whether it holds no longer. */
  function* find({ scope, key, now }: Receipt): Program<Found | undefined> {
    const row = yield* first(finding({ scope, key }))
    return row && { isExpired: row.expires_at < now, ...row }
  }

  /** Keeps an answer, in the place of one that has expired. */
  function* keep(receipt: Receipt, answer: unknown, expired: Found | undefined): Program<void> {
    const { scope, key, fingerprint, now, expires } = receipt
    if (expired !== undefined) yield* execute(removing({ scope, key }))
    yield* execute(keeping({ scope, key, fingerprint, answer: keptJsonOf(answer ?? null), expires_at: expires }))
    kept += 1
    if (kept % purgeEvery === 0) yield* execute(purging({ now }))
  }

  return { find, keep }
}
/** What `makeReceipts` makes. */
export type Receipts = ReturnType<typeof makeReceipts>
