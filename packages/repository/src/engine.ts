import type { StorageUnavailable } from '@lotbook/domain'
import type { Effect } from 'effect'
import type { LedgerHead } from './ledger-head.ts'
import type { Program } from './program.ts'
import type { Settlement } from './settlement.ts'

/** Runs programs on one database. Each kind of database has its own. */
export interface Engine {
  /** Runs a program that only reads, in one snapshot. */
  readonly read: <A>(program: () => Program<A>) => Effect.Effect<A, StorageUnavailable>
  /** Reads much, in one snapshot, and lets others work in between. */
  readonly readAtLength: <A>(program: () => Program<A>) => Effect.Effect<A, StorageUnavailable>
  /** See `Store.watch`. */
  readonly watch: (listener: () => void) => () => void
  /** Makes a change; the effect ends when it is durable. */
  readonly write: <A, E>(
    work: (head: LedgerHead) => Program<Settlement<Effect.Effect<A, E>>>,
  ) => Effect.Effect<A, E | StorageUnavailable>
}
