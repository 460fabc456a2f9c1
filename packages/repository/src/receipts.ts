import { IdempotencyKeyReused, keptJsonOf, type Receipt, type Refusal } from '@lotbook/domain'
import { Effect } from 'effect'
import { type Kysely, sql } from 'kysely'
import { execute, first, type Program, type Step } from './program.ts'
import { insertion, lookup, statement } from './statement.ts'
import type { Tables } from './tables.ts'

/** An answer that is kept. */
export interface Found {
  readonly fingerprint: string
  readonly answer: string
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
// The clocks of two processes may be days apart, so the time alone lets no answer go: so many must have come after it.
const keepNewest = 100_000

interface Key {
  readonly scope: string
  readonly key: string
}

/** The answer that is kept under a key. */
export const keptAnswer = (db: Kysely<Tables>) =>
  lookup((p: Key) =>
    db.selectFrom('receipt').select(['fingerprint', 'answer']).where('scope', '=', p.scope).where('key', '=', p.key),
  )

/** Keeps answers by (scope, key) until they expire, and as long as they are among the newest. */
export const makeReceipts = (db: Kysely<Tables>) => {
  const finding = keptAnswer(db)
  const keeping = insertion(db, 'receipt', ['scope', 'key', 'fingerprint', 'answer', 'expires_at'])
  const purging = statement((p: { readonly now: number }) =>
    db
      .deleteFrom('receipt')
      // They expire about in the order in which they were kept, so the oldest are looked at, and there is no index.
      .where('id', 'in', (old) => old.selectFrom('receipt').select('id').orderBy('id').limit(purgeAtMost))
      .where('id', '<=', (all) =>
        all.selectFrom('receipt').select(sql<number>`max(id) - ${sql.lit(keepNewest)}`.as('id')),
      )
      .where('expires_at', '<', p.now),
  )
  let kept = 0

  /** The answer that is kept, if there is one. */
  const find = ({ scope, key }: Receipt): Step<Found | undefined> => first(finding({ scope, key }))

  /** Keeps an answer. */
  function* keep(receipt: Receipt, answer: unknown): Program<void> {
    const { scope, key, fingerprint, now, expires } = receipt
    yield* execute(keeping({ scope, key, fingerprint, answer: keptJsonOf(answer ?? null), expires_at: expires }))
    kept += 1
    if (kept % purgeEvery === 0) yield* execute(purging({ now }))
  }

  return { find, keep }
}
/** What `makeReceipts` makes. */
export type Receipts = ReturnType<typeof makeReceipts>
