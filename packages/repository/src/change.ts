import {
  type ChangeOptions,
  DuplicateName,
  type ImportStep,
  type Known,
  type Outcome,
  type Refusal,
  type Scope,
  type Sha256,
  showUlid,
  type Wider,
} from '@lotbook/domain'
import { Effect, Result } from 'effect'
import type { Dialect } from './dialect.ts'
import { makeImports } from './imports.ts'
import type { LedgerHead } from './ledger-head.ts'
import type { LoadScope } from './load/load-scope.ts'
import { type Call, execute, first, type Program, settled } from './program.ts'
import { makeReceipts, replay } from './receipts.ts'
import { NameTaken } from './save/name-taken.ts'
import { makeSaveOutcome } from './save/save-outcome.ts'
import type { Settlement } from './settlement.ts'
import { type Decided, takeTurn } from './turn.ts'

type Ended<A> = Settlement<Effect.Effect<A, Refusal>>

const unwritten = (head: LedgerHead) => ({ keep: false, wrote: false, head }) as const

// What a dry run writes is taken back.
const aside: Call<unknown> = { sql: 'savepoint dry_run', parameters: [] }
const takeBack: Call<unknown> = { sql: 'rollback to savepoint dry_run', parameters: [] }
const leave: Call<unknown> = { sql: 'release savepoint dry_run', parameters: [] }

// Somebody else took the name first. Who it was is asked once the change is rolled back.
const duplicate = (head: LedgerHead, taken: NameTaken, note: (refusal: Refusal) => Program<void>): Ended<never> => ({
  keep: false,
  head,
  answer: Effect.die(taken),
  *explain() {
    const holder = yield* first(taken.naming.holder)
    if (holder === undefined) return Effect.die(taken)
    const { kind, name } = taken.naming
    const refusal = new DuplicateName({ kind, name, existingId: showUlid(holder.ulid) })
    yield* note(refusal)
    return Effect.fail(refusal)
  },
})

/** Makes the program of a change: look for a kept answer, load, decide, save, keep the answer. */
export const makeChange = (dialect: Dialect, sha256: Sha256, loadScope: LoadScope) => {
  const receipts = makeReceipts(dialect.db)
  const imports = makeImports(dialect.db)
  const saveOutcome = makeSaveOutcome(dialect, sha256)

  return function* change<A>(
    head: LedgerHead,
    scope: Scope,
    decide: (known: Known) => Result.Result<Outcome<A>, Refusal> | Wider,
    { dryRun = false, receipt: given, step }: ChangeOptions & { readonly step?: ImportStep<A> | undefined },
  ): Program<Ended<A>> {
    const passed = step && (yield* imports.whyPassed(step))
    if (passed !== undefined) return { answer: passed, ...unwritten(head) }
    function* note(refusal: Refusal): Program<void> {
      if (step !== undefined) yield* imports.refused(step, refusal)
    }
    const receipt = dryRun ? undefined : given
    const kept = receipt && (yield* receipts.find(receipt))
    if (receipt !== undefined && kept !== undefined) {
      yield* takeTurn({ receipt, read: [], outcome: undefined })
      return { answer: replay<A>(receipt, kept), ...unwritten(head) }
    }
    let loaded = yield* loadScope(scope, head)
    const read: Decided['read'][number][] = [{ scope, loaded }]
    let decided = decide(loaded)
    while ('wider' in decided) {
      const { wider } = decided
      loaded = yield* loadScope(wider, head)
      read.push({ scope: wider, loaded })
      decided = decide(loaded)
    }
    const outcome = Result.isFailure(decided) ? undefined : decided.success
    const now = (yield* takeTurn({ receipt, read, outcome })) ?? head
    if (Result.isFailure(decided)) {
      const { failure } = decided
      const answer = Effect.fail(failure)
      if (step === undefined) return { answer, ...unwritten(head) }
      // What a refused row is told stays, though the change does not.
      return {
        ...unwritten(head),
        answer,
        *explain() {
          yield* note(failure)
          return answer
        },
      }
    }
    const { success } = decided
    if (dryRun) yield* execute(aside)
    try {
      const after = yield* saveOutcome(loaded, success, now)
      const answer = success.answer(success.versions.map((_, index) => (dryRun ? null : now.count + 1 + index)))
      if (dryRun) {
        yield* settled()
        yield* execute(takeBack)
        yield* execute(leave)
        return { answer: Effect.succeed(answer), ...unwritten(head) }
      }
      if (receipt !== undefined) yield* receipts.keep(receipt, answer)
      if (step !== undefined) yield* imports.decided(step, answer)
      return { keep: true, head: after, answer: Effect.succeed(answer) }
    } catch (error) {
      if (error instanceof NameTaken) return duplicate(head, error, note)
      throw error
    }
  }
}
