import type { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Engine } from '../engine.ts'
import type { Call, Program } from '../program.ts'
import { closed, failureOf } from './failure.ts'
import { lookUp } from './look-up.ts'
import { type Connections, transaction } from './transaction.ts'

// For how many turns of the event loop a group waits for more at most.
const mostTurns = 8

interface Waiting {
  readonly program: () => Program<unknown>
  readonly settle: (ended: Effect.Effect<unknown, StorageUnavailable>) => void
}

interface Running {
  readonly program: Program<unknown>
  /** What it waits for. */
  call: Call<unknown> | undefined
  ended: Effect.Effect<unknown>
}

const goOn = (running: Running, rows: readonly unknown[] | undefined): void => {
  running.call = undefined
  try {
    const step = rows === undefined ? running.program.next() : running.program.next(rows)
    if (step.done === true) running.ended = Effect.succeed(step.value)
    else running.call = step.value
  } catch (error) {
    running.ended = Effect.die(error)
  }
}

/** Runs programs that only look up rows, each statement once for all of them. One that breaks does not touch the others. */
function* together(programs: readonly (() => Program<unknown>)[]): Program<readonly Effect.Effect<unknown>[]> {
  const all = programs.map((make): Running => ({ program: make(), call: undefined, ended: Effect.never }))
  for (const running of all) goOn(running, undefined)
  for (;;) {
    const waiting = all.filter(({ call }) => call !== undefined)
    if (waiting.length === 0) return all.map(({ ended }) => ended)
    const answers = yield* lookUp(waiting.map(({ call }) => call as Call<unknown>))
    waiting.forEach((running, index) => {
      goOn(running, answers[index] ?? [])
    })
  }
}

/**
 * Short reads that come while others are under way gather for the next turn, and share its statements. Each of them asks
 * for rows once; what is asked is always answered as of a moment after it was asked.
 */
export const makeReadsTogether = (connections: Connections, patience: number): Engine['read'] => {
  let waiting: Waiting[] = []
  let isGoing = false

  const answer = async (group: readonly Waiting[]): Promise<void> => {
    if (connections.closing) {
      for (const { settle } of group) settle(closed)
      return
    }
    try {
      const programs = group.map(({ program }) => program)
      const all = () => together(programs)
      const ended = await transaction(connections, 'statement', patience, all, connections.lookups)
      group.forEach(({ settle }, index) => {
        settle(ended[index] ?? Effect.never)
      })
    } catch (error) {
      for (const { settle } of group) settle(failureOf(error))
    }
  }
  // What comes in the same turn of the event loop comes together. Answers to one group bring the next questions of the
  // same callers, a few in each turn: a group of several waits until a turn brings no more.
  const gather = async (): Promise<void> => {
    let gathered = 0
    for (let turn = 0; turn < mostTurns && (turn === 0 || (waiting.length > 1 && waiting.length > gathered)); turn++) {
      gathered = waiting.length
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const go = async (): Promise<void> => {
    isGoing = true
    do {
      await gather()
      const group = waiting
      waiting = []
      await answer(group)
    } while (waiting.length > 0)
    isGoing = false
  }

  return <A>(program: () => Program<A>) =>
    Effect.callback<A, StorageUnavailable>((resume) => {
      if (connections.closing) {
        resume(closed)
        return
      }
      waiting.push({ program, settle: (ended) => resume(ended as Effect.Effect<A, StorageUnavailable>) })
      if (!isGoing) void go()
    })
}
