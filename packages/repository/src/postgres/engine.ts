import type { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Engine } from '../engine.ts'
import { type Program, runInTurn } from '../program.ts'
import { CommitWatch } from './commit-watch.ts'
import { closed, failureOf } from './failure.ts'
import { answerOn } from './session.ts'
import { begin, type Connections, transaction } from './transaction.ts'
import { Writer } from './writer.ts'

/** Runs programs on one PostgreSQL database: reads on connections of a pool, writes one group at a time. */
export const makeEngine = (connections: Connections, patience: number): Engine & { readonly writer: Writer } => {
  const { tell, watch } = new CommitWatch(connections)
  const writer = new Writer(connections, patience, tell)

  const read = <A>(program: () => Program<A>): Effect.Effect<A, StorageUnavailable> =>
    Effect.callback((resume) => {
      if (connections.closing) {
        resume(closed)
        return
      }
      transaction(connections, begin.snapshot, patience, program).then(
        (value) => resume(Effect.succeed(value)),
        (error: unknown) => resume(failureOf(error)),
      )
    })

  const openSession: Engine['openSession'] = async (writes) => {
    const client = await connections.pool.connect()
    const answer = answerOn(client)
    await answer(writes ? begin.writing : begin.snapshot)
    return {
      run: (program) => runInTurn(program(), answer),
      end: async (keep) => {
        let broken = true
        try {
          await answer({ sql: keep ? 'commit' : 'rollback', parameters: [] })
          broken = false
        } finally {
          client.release(broken)
        }
      },
    }
  }

  return { read, readAtLength: read, openSession, write: writer.write, watch, writer }
}
