import type { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Engine } from '../engine.ts'
import { type Job, jobOf, makeGroup, NeedsSavepoints } from '../group.ts'
import type { LedgerHead } from '../ledger-head.ts'
import { type Call, type Program, runNow } from '../program.ts'
import type { Settlement } from '../settlement.ts'
import type { Connection } from './connection.ts'
import { sqliteDialect } from './dialect.ts'
import { closed, failureOf, isBusy, notCommitted } from './failure.ts'

type Work<A, E> = (head: LedgerHead) => Program<Settlement<Effect.Effect<A, E>>>

interface Waiting {
  readonly job: Job
  readonly fail: (failure: Effect.Effect<never, StorageUnavailable>) => void
}

const begin: Call<unknown> = { sql: 'begin immediate', parameters: [] }
const commit: Call<unknown> = { sql: 'commit', parameters: [] }
const rollback: Call<unknown> = { sql: 'rollback', parameters: [] }

// A group keeps the event loop from anything else until it is committed.
const greatestGroup = 128

// For how many turns of the event loop a group waits for more at most.
const mostTurns = 8

/** Between two tries to get a lock that another process holds, in milliseconds. */
export const pause = 5

/** Ends a transaction that failed; the engine may have done so itself. */
const abandon = (connection: Connection): void => {
  if (connection.inTransaction) connection.answer(rollback)
}

/**
 * Group commit: changes that arrive in the same turn of the event loop share one transaction and one sync.
 * A caller hears of its change only after the commit.
 */
export class Writer {
  readonly #connection: Connection
  #patience: number
  readonly #committed: (changes: number) => void
  readonly #group = makeGroup(sqliteDialect)
  #waiting: Waiting[] = []
  #scheduled = false
  #isPaused = false
  #isClosing = false
  /** Whether the group before was of several changes. */
  #isShared = false
  #gathered = 0
  #turns = 0
  #waitingSince: number | undefined
  /** Whether the changes of the next group get savepoints. */
  #isGuarded = false
  /** How many transactions were committed. */
  commits = 0

  /**
   * `patience`: for how many milliseconds a group waits for a lock that another process holds. `committed` is called
   * after every commit, once the callers have their answers, with the number of changes.
   */
  constructor(connection: Connection, patience: number, committed: (changes: number) => void) {
    this.#connection = connection
    this.#patience = patience
    this.#committed = committed
  }

  readonly write: Engine['write'] = <A, E>(work: Work<A, E>) =>
    Effect.callback<A, E | StorageUnavailable>((resume) => {
      const fail = (failure: Effect.Effect<never, StorageUnavailable>) => resume(failure)
      const waiting = { job: jobOf(work, resume), fail }
      this.#waiting.push(waiting)
      this.#schedule()
      return Effect.sync(() => {
        // Who is interrupted before the turn has come does not get written.
        this.#waiting = this.#waiting.filter((other) => other !== waiting)
      })
    })

  /** Begins no transaction until it is to resume; what comes meanwhile waits. Closing does not wait. */
  readonly pause = (): void => {
    this.#isPaused = true
  }

  /** Does what waited. */
  readonly resume = (): void => {
    this.#isPaused = false
    if (this.#waiting.length > 0) this.#schedule()
  }

  #schedule(): void {
    if (this.#scheduled || this.#isPaused) return
    this.#scheduled = true
    this.#turns = 0
    this.#gathered = 0
    setImmediate(this.#gather)
  }

  // Answers to one group bring the next requests of the same callers, a few in each turn: a group that waits until a
  // turn brings no more shares its pages and its sync among more of them. Who writes alone is not kept waiting.
  readonly #gather = (): void => {
    const waiting = this.#waiting.length
    const hasMore = waiting > this.#gathered && waiting < greatestGroup
    if (!this.#isShared || !hasMore || this.#turns === mostTurns) {
      this.#flush()
      return
    }
    this.#gathered = waiting
    this.#turns += 1
    setImmediate(this.#gather)
  }

  /** Does all changes that wait, and fails those for which there is no lock to be had. */
  close(): void {
    this.#patience = 0
    this.#isClosing = true
    this.#isPaused = false
    while (this.#waiting.length > 0) this.#flush()
  }

  readonly #flush = (): void => {
    this.#scheduled = false
    if (this.#waiting.length === 0 || this.#isPaused) return
    if (!this.#connection.isOpen) {
      this.#tellAll(this.#take(), closed)
      return
    }
    try {
      // Waiting inside SQLite would block the process, reads included: so it is asked again from the event loop. Who
      // closes has no other turn.
      if (this.#isClosing) this.#connection.answer(begin)
      else this.#connection.answerAtOnce(begin)
    } catch (error) {
      if (!this.#waitsForLock(error)) this.#tellAll(this.#take(), failureOf(error))
      return
    }
    const group = this.#take()
    const isGuarded = this.#isGuarded
    this.#isGuarded = false
    let settle: readonly (() => void)[]
    let failure = failureOf
    try {
      settle = runNow(
        this.#group(
          group.map(({ job }) => job),
          isGuarded,
        ),
        this.#connection.answer,
      )
      // Whatever keeps a transaction from being committed, it may be tried again.
      failure = notCommitted
      this.#connection.answer(commit)
      this.commits += 1
    } catch (error) {
      abandon(this.#connection)
      if (error instanceof NeedsSavepoints) {
        this.#waiting = [...group, ...this.#waiting]
        this.#isGuarded = true
        this.#flush()
      } else this.#tellAll(group, failure(error))
      return
    }
    for (const tell of settle) tell()
    this.#committed(group.length)
  }

  #waitsForLock(error: unknown): boolean {
    if (!isBusy(error)) return false
    // Not by the wall clock, which may be set.
    this.#waitingSince ??= performance.now()
    if (performance.now() - this.#waitingSince >= this.#patience) return false
    this.#scheduled = true
    setTimeout(this.#flush, pause)
    return true
  }

  #take(): readonly Waiting[] {
    const group = this.#waiting.slice(0, greatestGroup)
    this.#waiting = this.#waiting.slice(greatestGroup)
    this.#waitingSince = undefined
    this.#isShared = group.length > 1
    if (this.#waiting.length > 0) this.#schedule()
    return group
  }

  #tellAll(group: readonly Waiting[], failure: Effect.Effect<never, StorageUnavailable>): void {
    for (const { fail } of group) fail(failure)
  }
}
