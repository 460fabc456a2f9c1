import type { LedgerHead } from './ledger-head.ts'
import type { Program } from './program.ts'

/** How one change of a group ended, before the group's commit. */
export interface Settlement<A> {
  /** Whether what it wrote stays. */
  readonly keep: boolean
  /** Where it is not to stay: that there is nothing, so nothing has to be taken back. */
  readonly wrote?: false | undefined
  /** That no change reads what it wrote, and no list shows it: the head of the ledger need not tell of it. */
  readonly apart?: true | undefined
  /** The head of the ledger after it. */
  readonly head: LedgerHead
  /** What the caller gets once the group is committed. */
  readonly answer: A
  /** Where the database failed the change: finds a better answer, once the change is rolled back. */
  readonly explain?: (() => Program<A>) | undefined
}
