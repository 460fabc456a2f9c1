import type { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Engine } from '../engine.ts'
import { type Job, jobOf, type Settle, type WriteOptions } from '../group.ts'
import type { LedgerHead } from '../ledger-head.ts'
import type { Program } from '../program.ts'
import type { Settlement } from '../settlement.ts'
import { postgresDialect } from './dialect.ts'
import { closed, failureOf, isUnanswered } from './failure.ts'
import { OwnGroups } from './own-groups.ts'
import { type ReadAhead, readAheadOn } from './read-ahead.ts'
import { oneByOne, type Readings, readAhead, sideBySide, type Written, writeReadAhead } from './side-by-side.ts'
import { begin, CommitUnanswered, type Connections, transaction } from './transaction.ts'

type Work<A, E> = (head: LedgerHead) => Program<Settlement<Effect.Effect<A, E>>>
type Failure = Effect.Effect<never, StorageUnavailable>

interface Waiting {
  readonly job: Job
  readonly fail: (failure: Failure) => void
}

/** Changes that were taken together. */
interface Batch {
  readonly waiting: readonly Waiting[]
  /** Undefined where they did not read ahead. */
  readonly ahead: ReadAhead<Readings> | undefined
}

const greatestGroup = 128
/** After another process was in the way, so many groups lock the head before they read. */
const lockingAfterFailure = 16

/**
 * Group commit: while one group is being committed, changes that arrive read and decide for the next one; they share
 * one transaction and one sync. A caller hears of its change only after the commit.
 */
export class Writer {
  readonly #connections: Connections
  readonly #patience: number
  readonly #tell: () => void
  readonly #own = new OwnGroups()
  #waiting: Waiting[] = []
  readonly #ready: Batch[] = []
  #reading: Promise<void> | undefined
  #writing: Promise<void> | undefined
  /** For so many groups the head is locked before anything is read. */
  #locking = 0
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
      this.#reading ??= this.#readAll()
      return Effect.sync(() => {
        // Who is interrupted before the turn has come does not get written.
        this.#waiting = this.#waiting.filter((other) => other !== waiting)
      })
    })

  /** Ends when all changes that wait are done. */
  async finish(): Promise<void> {
    while (this.#reading !== undefined || this.#writing !== undefined) {
      await this.#reading
      await this.#writing
    }
  }

  async #readAll(): Promise<void> {
    // What comes in the same turn of the event loop comes together.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting.slice(0, greatestGroup)
      this.#waiting = this.#waiting.slice(greatestGroup)
      const ahead = await this.#readAhead(waiting)
      this.#ready.push({ waiting, ahead })
      this.#writing ??= this.#writeAll()
    }
    this.#reading = undefined
  }

  async #readAhead(waiting: readonly Waiting[]): Promise<ReadAhead<Readings> | undefined> {
    const jobs = waiting.map(({ job }) => job)
    if (this.#locking > 0 || jobs.every(({ readsAhead }) => readsAhead === undefined)) return undefined
    try {
      const ahead = await readAheadOn(this.#connections, () => readAhead(jobs))
      // Of what is written together one connection is enough.
      if (this.#ready.length > 0) ahead.end()
      return ahead
    } catch {
      // What is wrong shows when they are written.
      return undefined
    }
  }

  /** As many of the batches that are ready as make a group. */
  #nextGroup(): readonly Batch[] {
    let count = 0
    const end = this.#ready.findIndex(({ waiting }) => {
      count += waiting.length
      return count > greatestGroup
    })
    return this.#ready.splice(0, end === -1 ? this.#ready.length : end)
  }

  async #writeAll(): Promise<void> {
    while (this.#ready.length > 0) {
      await this.#commit(this.#nextGroup())
    }
    this.#writing = undefined
  }

  #inTransaction<A>(program: () => Program<A>, patience = this.#patience): Promise<A> {
    return transaction(this.#connections, begin.writing, patience, program, this.#connections.writes)
  }

  /** Undefined where they have not read ahead, or in vain. */
  async #writeReadAhead(batches: readonly Batch[]): Promise<Written | undefined> {
    const groups = batches.flatMap(({ ahead }) => ahead?.found ?? [])
    if (groups.length < batches.length) return undefined
    const program = () => writeReadAhead(groups, this.#own)
    const kept = batches.find(({ ahead }) => ahead?.isThere())?.ahead
    try {
      return await (kept === undefined ? this.#inTransaction(program, 0) : kept.write(program))
    } catch (error) {
      if (error instanceof CommitUnanswered) throw error
      this.#locking = lockingAfterFailure
      return undefined
    }
  }

  async #write(batches: readonly Batch[]): Promise<readonly Settle[]> {
    const jobs = batches.flatMap(({ waiting }) => waiting.map(({ job }) => job))
    this.#locking = Math.max(0, this.#locking - 1)
    try {
      const written = (await this.#writeReadAhead(batches)) ?? (await this.#inTransaction(() => sideBySide(jobs)))
      this.#own.add(written)
      return written.settle
    } catch (error) {
      this.#own.clear()
      if (error instanceof CommitUnanswered || postgresDialect.whyUnavailable(error) !== undefined) throw error
      // One of them is at fault, and nothing was kept: it is found when each is done by itself.
      const { settle } = await this.#inTransaction(() => oneByOne(jobs))
      return settle
    }
  }

  async #commit(batches: readonly Batch[]): Promise<void> {
    try {
      const settle = await this.#write(batches)
      this.commits += 1
      for (const tell of settle) tell()
      this.#tell()
    } catch (error) {
      const failure = error instanceof CommitUnanswered ? Effect.fail(isUnanswered()) : failureOf(error)
      for (const { waiting } of batches) for (const { fail } of waiting) fail(failure)
    } finally {
      for (const { ahead } of batches) ahead?.end()
    }
  }
}
