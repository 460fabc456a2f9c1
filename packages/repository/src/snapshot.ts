import { type Sha256, StorageUnavailable, type Store } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Dialect } from './dialect.ts'
import type { Engine } from './engine.ts'
import type { Program } from './program.ts'
import { makeStore } from './store.ts'

/** One moment of a store, for reading at length while others write. */
export interface Snapshot {
  /** It answers every question as of that moment, and refuses every change. */
  readonly store: Store
  /** Gives the connection up. */
  readonly close: () => Promise<void>
}

/** Takes a snapshot of a store, on a connection of its own. */
export const takeSnapshot = async (dialect: Dialect, engine: Engine, sha256: Sha256): Promise<Snapshot> => {
  const session = await engine.openSession(false)
  const readOnly = new StorageUnavailable({ reason: 'this is a snapshot: nothing is written to it' })
  const read = <A>(program: () => Program<A>): Effect.Effect<A, StorageUnavailable> =>
    Effect.callback((resume) => {
      session.run(program).then(
        (value) => resume(Effect.succeed(value)),
        (error: unknown) => {
          const reason = dialect.whyUnavailable(error)
          resume(reason === undefined ? Effect.die(error) : Effect.fail(new StorageUnavailable({ reason })))
        },
      )
    })
  const still: Engine = { ...engine, read, readTogether: read, readAtLength: read, write: () => Effect.fail(readOnly) }
  return { store: makeStore(dialect, still, sha256), close: () => session.end(false) }
}
