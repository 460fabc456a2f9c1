import { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Engine } from '../engine.ts'
import { type Job, jobOf, makeGroup, type Settle, type WriteOptions } from '../group.ts'
import type { LedgerHead } from '../ledger-head.ts'
import type { Program } from '../program.ts'
import type { Settlement } from '../settlement.ts'
import { postgresDialect } from './dialect.ts'
import { closed, failureOf } from './failure.ts'
import { sideBySide } from './side-by-side.ts'
import { begin, CommitUnanswered, type Connections, transaction } from './transaction.ts'

type Work<A, E> = (head: LedgerHead) => Program<Settlement<Effect.Effect<A, E>>>
type Failure = Effect.Effect<never, StorageUnavailable>

interface Waiting {
  readonly job: Job
  readonly fail: (failure: Failure) => void
}

const greatestGroup = 128

const unanswered: Failure = Effect.fail(
  new StorageUnavailable({
    reason:
      'the connection was lost while the change was being committed: look whether it is there, or send it again with the same Idempotency-Key',
  }),
)

/**
 * Group commit: while one group is being committed, changes that arrive gather for the next one; they share one
 * transaction and one sync. A caller hears of its change only after the commit.
 */
export class Writer {
  readonly #connections: Connections
  readonly #patience: number
  readonly #tell: () => void
  readonly #oneByOne = makeGroup(postgresDialect)
  #waiting: Waiting[] = []
  #going: Promise<void> | undefined
  /** How many transactions were committed. */
  commits = 0

  /** `patience`: for how many milliseconds a group is tried before it is refused. `tell` is called after each commit. */
  constructor(connections: Connections, patience: number, tell: () => void) {
    this.#connections = connections
    this.#patience = patience
    this.#tell = tell
  }

  readonly write: Engine['write'] = <A, E>(work: Work<A, E>, options?: WriteOptions) =>
    Effect.callback<A, E | StorageUnavailable>((resume) => {
      if (this.#connections.closing) {
        resume(closed)
        return
      }
      const fail = (failure: Failure) => resume(failure)
      const waiting = { job: jobOf(work, resume, options), fail }
      this.#waiting.push(waiting)
      this.#going ??= this.#go()
      return Effect.sync(() => {
        // Who is interrupted before the turn has come does not get written.
        this.#waiting = this.#waiting.filter((other) => other !== waiting)
      })
    })

  /** Ends when all changes that wait are done. */
  async finish(): Promise<void> {
    await this.#going
  }

  async #go(): Promise<void> {
    // What comes in the same turn of the event loop comes together.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, greatestGroup)
      this.#waiting = this.#waiting.slice(greatestGroup)
      await this.#commit(group)
    }
    this.#going = undefined
  }

  #inTransaction(program: () => Program<readonly Settle[]>): Promise<readonly Settle[]> {
    return transaction(this.#connections, begin.writing, this.#patience, program)
  }

  async #write(jobs: readonly Job[]): Promise<readonly Settle[]> {
    try {
      return await this.#inTransaction(() => sideBySide(jobs))
    } catch (error) {
      if (error instanceof CommitUnanswered || postgresDialect.whyUnavailable(error) !== undefined) throw error
      // One of them is at fault, and nothing was kept: it is found when each is done by itself.
      return await this.#inTransaction(() => this.#oneByOne(jobs))
    }
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const settle = await this.#write(group.map(({ job }) => job))
      this.commits += 1
      for (const tell of settle) tell()
      this.#tell()
    } catch (error) {
      const failure = error instanceof CommitUnanswered ? unanswered : failureOf(error)
      for (const { fail } of group) fail(failure)
    }
  }
}
