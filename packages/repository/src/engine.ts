import type { StorageUnavailable } from '@lotbook/domain'
import type { Effect } from 'effect'
import type { WriteOptions } from './group.ts'
import type { LedgerHead } from './ledger-head.ts'
import type { Program } from './program.ts'
import type { Settlement } from './settlement.ts'

/** A transaction on a connection of its own: a snapshot for reading, or the only writer. */
export interface Session {
  readonly run: <A>(program: () => Program<A>) => Promise<A>
  /** Commits it, or takes it back, and gives the connection up. */
  readonly end: (commit: boolean) => Promise<void>
}

/** Runs programs on one database. Each kind of database has its own. */
export interface Engine {
  /** Runs a program that only reads, in one snapshot. */
  readonly read: <A>(program: () => Program<A>) => Effect.Effect<A, StorageUnavailable>
  /** Runs a program of a few short statements, each of which sees a moment of its own, together with others. */
  readonly readTogether: Engine['read']
  /** Reads much, in one snapshot, and lets others work in between. */
  readonly readAtLength: <A>(program: () => Program<A>) => Effect.Effect<A, StorageUnavailable>
  /** Opens a session. Rejects with StorageUnavailable where there is none to be had. */
  readonly openSession: (writes: boolean) => Promise<Session>
  /** See `Store.watch`. */
  readonly watch: (listener: () => void) => () => void
  /** Makes a change; the effect ends when it is durable. */
  readonly write: <A, E>(
    work: (head: LedgerHead) => Program<Settlement<Effect.Effect<A, E>>>,
    options?: WriteOptions,
  ) => Effect.Effect<A, E | StorageUnavailable>
}
