import type { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Engine } from '../engine.ts'
import type { Program } from '../program.ts'
import { CommitWatch } from './commit-watch.ts'
import { closed, failureOf } from './failure.ts'
import type { Lane } from './lane.ts'
import { openSession } from './open-session.ts'
import { makeReadsTogether } from './reads-together.ts'
import { begin, type Connections, transaction } from './transaction.ts'
import { Writer } from './writer.ts'

/** Runs programs on one PostgreSQL database: reads on connections of a pool, writes one group at a time. */
export const makeEngine = (connections: Connections, patience: number): Engine & { readonly writer: Writer } => {
  const { tell, watch } = new CommitWatch(connections)
  const writer = new Writer(connections, patience, tell)

  const readOn =
    (lane: Lane): Engine['read'] =>
    <A>(program: () => Program<A>) =>
      Effect.callback<A, StorageUnavailable>((resume) => {
        if (connections.closing) {
          resume(closed)
          return
        }
        transaction(connections, begin.snapshot, patience, program, lane).then(
          (value) => resume(Effect.succeed(value)),
          (error: unknown) => resume(failureOf(error)),
        )
      })

  return {
    read: readOn(connections.reads),
    readTogether: makeReadsTogether(connections, patience),
    readAtLength: readOn(connections.readsAtLength),
    openSession: (writes) => openSession(connections, writes),
    write: writer.write,
    watch,
    writer,
  }
}
