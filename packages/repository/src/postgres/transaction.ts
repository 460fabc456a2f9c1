import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type { Call } from '../program.ts'
import { isPassing } from './failure.ts'
import { answerOn } from './session.ts'

/** Runs one statement for its rows. */
export type Answer = (call: Call<unknown>) => Promise<readonly unknown[]>

/** The connections of one store. */
export interface Connections {
  readonly pool: pg.Pool
  /** Set once the store is being closed: nothing new is begun. */
  closing: boolean
}

/** The commit was asked for and no answer came: the work may be done or not. */
export class CommitUnanswered extends Error {
  override readonly name = 'CommitUnanswered'
}

const shortestPause = 5
const longestPause = 500

/** How long to wait before another try: twice as long each time, and never the same for two writers that met. */
const pauseBefore = (attempt: number): number =>
  Math.min(longestPause, shortestPause * 2 ** attempt) * (0.5 + Math.random() / 2)

const statement = (sql: string): Call<unknown> => ({ sql, parameters: [] })

const once = async <A>(pool: pg.Pool, begin: string, work: (answer: Answer) => Promise<A>): Promise<A> => {
  const client = await pool.connect()
  let committing = false
  try {
    const answer = answerOn(client)
    await answer(statement(begin))
    const result = await work(answer)
    committing = true
    await answer(statement('commit'))
    client.release()
    return result
  } catch (error) {
    // A connection on which something failed is in a state that nobody needs to know: it is given up.
    client.release(true)
    const lost = committing && !(error instanceof Error && 'severity' in error)
    throw lost ? new CommitUnanswered('the connection was lost while it was being committed', { cause: error }) : error
  }
}

/**
 * Does work in one transaction. Where other writers were in the way or the connection was lost before the commit was
 * asked for, nothing was done, and all of it is tried again, for as many milliseconds as `patience` says.
 */
export const transaction = async <A>(
  connections: Connections,
  begin: string,
  patience: number,
  work: (answer: Answer) => Promise<A>,
): Promise<A> => {
  const until = performance.now() + patience
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(connections.pool, begin, work)
    } catch (error) {
      const pause = pauseBefore(attempt)
      if (connections.closing || !isPassing(error) || performance.now() + pause > until) throw error
      await wait(pause)
    }
  }
}
