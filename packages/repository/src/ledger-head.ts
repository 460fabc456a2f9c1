import type { Policy } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { execute, first, type Program } from './program.ts'
import { statement } from './statement.ts'
import type { Tables } from './tables.ts'

/** The one row that all writing goes through: the end of the chain, and the policy. */
export interface LedgerHead {
  readonly count: number
  readonly head: string
  /** The greatest writing time of any version; 0 before the first. */
  readonly knownAt: number
  readonly policy: Policy
}

/** Reads and writes the ledger's head. Whoever writes holds the write lock from reading it to commit. */
export const makeLedgerHead = (db: Kysely<Tables>) => {
  const reading = statement(() =>
    db.selectFrom('ledger_head').select(['count', 'head', 'known_at as knownAt', 'policy']),
  )
  const writing = statement((p: LedgerHead) =>
    db
      .updateTable('ledger_head')
      .set({ count: p.count, head: p.head, known_at: p.knownAt, policy: p.policy })
      .where('id', '=', 1),
  )
  function* readHead(): Program<LedgerHead> {
    const row = yield* first(reading({}))
    if (row === undefined) throw new Error('the ledger has lost its head')
    return row
  }
  return { readHead, writeHead: (head: LedgerHead) => execute(writing(head)) }
}
