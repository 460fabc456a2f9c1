import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { type Call, execute, type Program, runInTurn } from '../program.ts'
import { isPassing, mayBeCommitted } from './failure.ts'
import { type Lane, onConnection } from './lane.ts'
import { answerOn } from './session.ts'

/** The connections of one store: whoever reads at length keeps nobody else waiting. */
export interface Connections {
  /** Asks for one row: whose key it is, which every request does first, and whether anybody has written. */
  readonly lookups: Lane
  readonly reads: Lane
  /** Traces and checks. */
  readonly readsAtLength: Lane
  /** Exports and snapshots, each for as long as its reader takes; restores. */
  readonly sessions: Lane
  readonly writes: Lane
  /** On the connections of who writes, for the next group: what was read is written on the same one. */
  readonly readsAhead: Lane
  /** All that there are, until the database has heard that they end. */
  readonly open: ReadonlySet<pg.ClientBase>
  /** Set once the store is being closed: nothing new is begun. */
  closing: boolean
}

/** The commit was asked for and no answer that settles it came: the work may be done or not. */
export class CommitUnanswered extends Error {
  override readonly name = 'CommitUnanswered'
}

const shortestPause = 5
const longestPause = 500

/** How long to wait before another try: twice as long each time, and never the same for two writers that met. */
const pauseBefore = (attempt: number): number =>
  Math.min(longestPause, shortestPause * 2 ** attempt) * (0.5 + Math.random() / 2)

/** How a transaction begins: its isolation is stated on every one. */
export const begin = {
  /** What is seen is one moment of the database, however many statements it takes. */
  snapshot: { sql: 'begin transaction isolation level repeatable read, read only', parameters: [] },
  /**
   * For who first locks the ledger's head: writers come one after another, and each statement sees all before it. It
   * does not ask to write, which a standby refuses as a thing it does not know: the lock is refused as read-only.
   */
  writing: { sql: 'begin transaction isolation level read committed', parameters: [] },
} as const satisfies Record<string, Call<unknown>>

/** `statement`: none, for who needs no snapshot, since a statement sees one moment by itself. */
type Beginning = (typeof begin)[keyof typeof begin] | 'statement'

/** Ends a transaction. */
export const commit: Call<unknown> = { sql: 'commit', parameters: [] }

/** The program of a transaction. */
export function* between<A>(beginning: Call<unknown>, program: Program<A>): Program<A> {
  yield* execute({ ...beginning })
  const result = yield* program
  yield* execute({ ...commit })
  return result
}

/** The commit that is sent with these, if it is: it comes last. */
const commitIn = (calls: readonly Call<unknown>[]): Call<unknown> | undefined => {
  const last = calls.at(-1)
  return last?.sql === commit.sql ? last : undefined
}

/**
 * Runs a program that ends with its commit. `isThere`: the connection has just answered, so nobody has to wait for the
 * beginning to know.
 */
export const writeOn = async <A>(client: pg.ClientBase, program: Program<A>, isThere: boolean): Promise<A> => {
  let committing: Call<unknown> | undefined
  let failed: Call<unknown> | undefined
  const answer = answerOn(client, (call) => {
    failed = call
  })
  try {
    return await runInTurn(program, async (calls) => {
      const [first, ...rest] = calls
      const commits = commitIn(calls)
      // Whether a connection is still there is known when the transaction has begun: until then all can be tried again.
      const isWhole = !isThere && commits !== undefined && first?.sql === begin.writing.sql
      const begun = isWhole ? await answer([first]) : []
      committing = commits
      return [...begun, ...(await answer(isWhole ? rest : calls))]
    })
  } catch (error) {
    const at = failed !== undefined && failed === committing ? 'the commit' : 'ahead of the commit'
    throw committing !== undefined && mayBeCommitted(error, at)
      ? new CommitUnanswered('the connection was lost while it was being committed', { cause: error })
      : error
  }
}

const write = <A>(lane: Lane, program: Program<A>): Promise<A> =>
  onConnection(lane, (client) => writeOn(client, between(begin.writing, program), false))

const read = <A>(lane: Lane, beginning: Beginning, program: Program<A>): Promise<A> =>
  onConnection(lane, (client) =>
    runInTurn(beginning === begin.snapshot ? between(begin.snapshot, program) : program, answerOn(client)),
  )

/**
 * Runs a program in one transaction, or without one what is a single statement. Where other writers were in the way or the connection was lost before the commit
 * was asked for, nothing was done, and all of it is tried again, for as many milliseconds as `patience` says.
 */
export const transaction = async <A>(
  connections: Connections,
  beginning: Beginning,
  patience: number,
  program: () => Program<A>,
  lane = connections.reads,
): Promise<A> => {
  const until = performance.now() + patience
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await (beginning === begin.writing ? write(lane, program()) : read(lane, beginning, program()))
    } catch (error) {
      const pause = pauseBefore(attempt)
      if (connections.closing || !isPassing(error) || performance.now() + pause > until) throw error
      await wait(pause)
      if (connections.closing) throw error
    }
  }
}
