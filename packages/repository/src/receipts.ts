import { keptJsonOf, type Receipt } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { execute, first, type Program } from './program.ts'
import { insertion, statement } from './statement.ts'
import type { Tables } from './tables.ts'

/** An answer that is kept. */
export interface Kept {
  readonly fingerprint: string
  readonly answer: string
}

const purgeEvery = 500
const purgeAtMost = 1000

/** Keeps answers by (scope, key) until they expire. */
export const makeReceipts = (db: Kysely<Tables>) => {
  interface Key {
    readonly scope: string
    readonly key: string
  }
  const finding = statement((p: Key) =>
    db
      .selectFrom('receipt')
      .select(['fingerprint', 'answer', 'expires_at'])
      .where('scope', '=', p.scope)
      .where('key', '=', p.key),
  )
  const removing = statement((p: Key) => db.deleteFrom('receipt').where('scope', '=', p.scope).where('key', '=', p.key))
  const keeping = insertion(db, 'receipt', ['scope', 'key', 'fingerprint', 'answer', 'expires_at'])
  const purging = statement((p: { readonly now: number }) =>
    db
      .deleteFrom('receipt')
      .where('id', 'in', (old) =>
        old.selectFrom('receipt').select('id').where('expires_at', '<', p.now).orderBy('expires_at').limit(purgeAtMost),
      ),
  )
  let kept = 0

  /** The kept answer; one that has expired is removed, so that its key is free again. */
  function* find({ scope, key, now }: Receipt): Program<Kept | undefined> {
    const row = yield* first(finding({ scope, key }))
    if (row === undefined || row.expires_at >= now) return row
    yield* execute(removing({ scope, key }))
    return undefined
  }

  function* keep({ scope, key, fingerprint, now, expires }: Receipt, answer: unknown): Program<void> {
    yield* execute(keeping({ scope, key, fingerprint, answer: keptJsonOf(answer ?? null), expires_at: expires }))
    kept += 1
    if (kept % purgeEvery === 0) yield* execute(purging({ now }))
  }

  return { find, keep }
}
/** What `makeReceipts` makes. */
export type Receipts = ReturnType<typeof makeReceipts>
