import type { Known, Outcome, Receipt, Scope } from '@lotbook/domain'
import type { LedgerHead } from './ledger-head.ts'
import type { Loaded } from './load/loaded.ts'
import { type Call, first, type Program } from './program.ts'

/** What a change has read, and what it is going to write. */
export interface Decided {
  readonly receipt: Receipt | undefined
  /** Each scope that it asked for, with what was found. */
  readonly read: readonly { readonly scope: Scope; readonly loaded: Loaded }[]
  /** Undefined where nothing is written. */
  readonly outcome: (Pick<Outcome<unknown>, 'versions' | 'deletedLots'> & { readonly known: Known }) | undefined
}

/** A word to the driver: all is read and decided, and from here on it is written. */
export interface Turn extends Call<LedgerHead> {
  readonly decided: Decided
}

/** Whether a call is the end of a change's reading. */
export const isTurn = (call: Call<unknown>): call is Turn => 'decided' in call

/**
 * Ends the reading of a change. A driver that reads for several changes at once goes on with each when all before it
 * are written, and gives it the ledger's head of then; any other driver goes on at once and gives nothing.
 */
export function* takeTurn(decided: Decided): Program<LedgerHead | undefined> {
  const turn: Turn = { sql: '', parameters: [], decided }
  return yield* first(turn)
}
