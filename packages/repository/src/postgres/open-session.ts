import type { Session } from '../engine.ts'
import { type Call, runInTurn } from '../program.ts'
import { isClosed, isUnanswered, mayBeCommitted, unavailableFor } from './failure.ts'
import { breakOffIfSilent } from './lane.ts'
import { answerOn } from './session.ts'
import { begin, type Connections } from './transaction.ts'

const commit: Call<unknown> = { sql: 'commit', parameters: [] }
const rollback: Call<unknown> = { sql: 'rollback', parameters: [] }

/** See `Engine.openSession`. However it fails, its connection is given back. */
export const openSession = async (connections: Connections, writes: boolean): Promise<Session> => {
  const { sessions, lookups, closing } = connections
  if (closing) throw isClosed()
  try {
    const client = await sessions.pool.connect()
    const answer = answerOn(client)
    /** What is answered at once, or never. */
    const short = async (call: Call<unknown>): Promise<void> => {
      const end = breakOffIfSilent(client, lookups.silence)
      try {
        await answer([call])
      } finally {
        end()
      }
    }

    try {
      await short(writes ? begin.writing : begin.snapshot)
    } catch (error) {
      client.release(true)
      throw error
    }
    let ended = false
    return {
      // A program that is still under way asks nothing more: the connection may be another's by then.
      run: (program) => runInTurn(program(), (call) => (ended ? Promise.reject(isClosed()) : answer(call))),
      end: async (keep) => {
        ended = true
        try {
          await (keep ? answer([commit]) : short(rollback))
          client.release()
        } catch (error) {
          client.release(true)
          // What is not committed is taken back with its connection, and why that broke was told by what was asked last.
          if (keep) throw mayBeCommitted(error, 'the commit') ? isUnanswered() : unavailableFor(error)
        }
      },
    }
  } catch (error) {
    throw unavailableFor(error)
  }
}
