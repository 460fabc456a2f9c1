import { IdTaken, type Receipt, type Scope, type StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Dialect } from './dialect.ts'
import { type LedgerHead, makeLedgerHead } from './ledger-head.ts'
import { type Call, execute, type Program, settled } from './program.ts'
import { defectOf } from './save/id-taken.ts'
import type { Settlement } from './settlement.ts'

/** Tells a caller how its change ended. */
export type Settle = () => void

/** What a change begins by reading that ends its reading with `takeTurn`: others may read at the same time. */
export interface ReadsAhead {
  readonly scope: Scope
  readonly receipt: Receipt | undefined
}

/** A change that waits for its turn. */
export interface Job {
  readonly readsAhead: ReadsAhead | undefined
  readonly run: (head: LedgerHead) => Program<Settlement<Settle>>
  /** Tells the caller of what went wrong beyond any refusal: an id that is taken, or a bug of ours. */
  readonly die: (defect: unknown) => void
}

/** How a change is written. */
export interface WriteOptions {
  readonly readsAhead?: ReadsAhead | undefined
}

/** Makes a job from the program of a change and the way back to its caller. */
export const jobOf = <A, E>(
  work: (head: LedgerHead) => Program<Settlement<Effect.Effect<A, E>>>,
  resume: (effect: Effect.Effect<A, E | StorageUnavailable>) => void,
  { readsAhead }: WriteOptions = {},
): Job => ({
  readsAhead,
  run: (head) => runJob(work(head), resume),
  die: (defect) => resume(defect instanceof IdTaken ? Effect.fail(defect.refusal) : Effect.die(defect)),
})

function* runJob<E>(work: Program<Settlement<E>>, resume: (effect: E) => void): Program<Settlement<Settle>> {
  const { keep, wrote, apart, head, answer, explain } = yield* work
  return {
    keep,
    wrote,
    apart,
    head,
    answer: () => resume(answer),
    explain: explain && (() => explained(explain(), resume)),
  }
}

function* explained<E>(explaining: Program<E>, resume: (effect: E) => void): Program<Settle> {
  const answer = yield* explaining
  return () => resume(answer)
}

const savepoint: Call<unknown> = { sql: 'savepoint one_change', parameters: [] }
const rollBack: Call<unknown> = { sql: 'rollback to savepoint one_change', parameters: [] }
const release: Call<unknown> = { sql: 'release savepoint one_change', parameters: [] }

/** Something that is written has to be taken back, and there is no savepoint: the group is to be done again with them. */
export class NeedsSavepoints extends Error {
  override readonly name = 'NeedsSavepoints'
}

/** How a change of a group ended. */
interface Ended {
  readonly kept: boolean
  /** See `Settlement.apart`. */
  readonly apart: boolean
  readonly head: LedgerHead
  readonly settle: Settle
}

/** Makes the program that does one change. With `isGuarded` it has a savepoint: see `makeGroup`. */
export const makeOneChange = (dialect: Dialect) => {
  function* attempt(job: Job, head: LedgerHead, isGuarded: boolean): Program<Settlement<Settle>> {
    try {
      const ended = yield* job.run(head)
      yield* settled()
      return ended
    } catch (error) {
      // A database that is not available is so for the whole group; anything else is this change's alone.
      if (dialect.whyUnavailable(error) !== undefined) throw error
      if (!isGuarded) throw new NeedsSavepoints('a change broke', { cause: error })
      return { keep: false, head, answer: () => job.die(defectOf(dialect, error)) }
    }
  }

  return function* oneChange(job: Job, head: LedgerHead, isGuarded: boolean): Program<Ended> {
    if (isGuarded) yield* execute(savepoint)
    const ended = yield* attempt(job, head, isGuarded)
    if (!ended.keep) {
      if (isGuarded) yield* execute(rollBack)
      else if (ended.wrote !== false) throw new NeedsSavepoints('a change has to be taken back')
    }
    const settle = ended.explain === undefined ? ended.answer : yield* ended.explain()
    if (isGuarded) yield* execute(release)
    return { kept: ended.keep, apart: ended.apart === true, head: ended.keep ? ended.head : head, settle }
  }
}

/**
 * Makes the program that does several changes in one transaction; what one is refused or breaks does not touch the
 * others. It returns what is to be called once the transaction is committed.
 *
 * With `isGuarded` each change has a savepoint. Without, which is much faster where savepoints copy every page that is
 * changed, it throws NeedsSavepoints where one is needed: the transaction is then rolled back and done again with them.
 */
export const makeGroup = (dialect: Dialect) => {
  const { lockHead, writeHead } = makeLedgerHead(dialect)
  const oneChange = makeOneChange(dialect)

  return function* group(jobs: readonly Job[], isGuarded = true): Program<readonly Settle[]> {
    const before = yield* lockHead()
    let head = before
    const settle: Settle[] = []
    for (const job of jobs) {
      const ended = yield* oneChange(job, head, isGuarded)
      head = ended.head
      settle.push(ended.settle)
    }
    if (head !== before) yield* writeHead(head)
    return settle
  }
}
