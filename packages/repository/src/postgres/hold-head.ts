import { sql } from 'kysely'
import type { LedgerHead } from '../ledger-head.ts'
import type { Call } from '../program.ts'
import { statement } from '../statement.ts'
import { postgresDialect } from './dialect.ts'

const { db, lockForChange } = postgresDialect

const holding = statement((p: LedgerHead) =>
  db
    .selectFrom('ledger_head')
    .select((row) => {
      const isAsRead = row.and([
        row('count', '=', p.count),
        row('head', '=', p.head),
        row('known_at', '=', p.knownAt),
        row('policy', '=', p.policy),
        row('master_data', '=', p.masterData),
        sql<boolean>`not exists (select 1 from restoration)`,
      ])
      // What is no number ends the transaction, and nobody has to wait for the answer to know.
      return sql<number>`cast(case when ${isAsRead} then '1' else 'somebody else has written' end as bigint)`.as('held')
    })
    .where('id', '=', 1)
    .modifyEnd(lockForChange),
)

/** Locks the head where it is still this one. Where it is another, the statement fails, and all after it. */
export const holdHead = (head: LedgerHead): Call<unknown> => holding(head)

/** Whether two heads are of the same moment: whoever writes leaves another. */
export const isSameHead = (one: LedgerHead, other: LedgerHead): boolean =>
  one.count === other.count &&
  one.head === other.head &&
  one.knownAt === other.knownAt &&
  one.policy === other.policy &&
  one.masterData === other.masterData
