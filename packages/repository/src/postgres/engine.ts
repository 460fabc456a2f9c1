import type { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Engine } from '../engine.ts'
import { type Program, runInTurn } from '../program.ts'
import { CommitWatch } from './commit-watch.ts'
import { closed, failureOf } from './failure.ts'
import { answerOn } from './session.ts'
import { type Connections, transaction } from './transaction.ts'
import { Writer } from './writer.ts'

// What a read sees is one moment of the database, however many statements it takes.
const snapshot = 'begin transaction isolation level repeatable read, read only'

// Whoever writes holds the ledger's head.
const writing = 'begin transaction isolation level read committed'

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
      transaction(connections, snapshot, patience, (answer) => runInTurn(program(), answer)).then(
        (value) => resume(Effect.succeed(value)),
        (error: unknown) => resume(failureOf(error)),
      )
    })

  const openSession: Engine['openSession'] = async (writes) => {
    const client = await connections.pool.connect()
    const answer = answerOn(client)
    await answer({ sql: writes ? writing : snapshot, parameters: [] })
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
