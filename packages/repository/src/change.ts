import {
  type ChangeOptions,
  DuplicateName,
  IdempotencyKeyReused,
  type Known,
  type Outcome,
  type Receipt,
  type Refusal,
  type Scope,
  type Sha256,
  showUlid,
  type Wider,
} from '@lotbook/domain'
import { Effect, Result } from 'effect'
import type { Dialect } from './dialect.ts'
import type { LedgerHead } from './ledger-head.ts'
import type { LoadScope } from './load/load-scope.ts'
import { first, type Program } from './program.ts'
import { makeReceipts } from './receipts.ts'
import { NameTaken } from './save/name-taken.ts'
import { makeSaveOutcome } from './save/save-outcome.ts'
import type { Settlement } from './settlement.ts'

type Ended<A> = Settlement<Effect.Effect<A, Refusal>>

// Somebody else took the name first. Who it was is asked once the change is rolled back.
const duplicate = (head: LedgerHead, taken: NameTaken): Ended<never> => ({
  keep: false,
  head,
  answer: Effect.die(taken),
  *explain() {
    const holder = yield* first(taken.naming.holder)
    if (holder === undefined) return Effect.die(taken)
    const { kind, name } = taken.naming
    return Effect.fail(new DuplicateName({ kind, name, existingId: showUlid(holder.ulid) }))
  },
})

/** Makes the program of a change: look for a kept answer, load, decide, save, keep the answer. */
export const makeChange = (dialect: Dialect, sha256: Sha256, loadScope: LoadScope) => {
  const receipts = makeReceipts(dialect.db)
  const saveOutcome = makeSaveOutcome(dialect, sha256)

  function* keptAnswer<A>(receipt: Receipt, head: LedgerHead): Program<Ended<A> | undefined> {
    const kept = yield* receipts.find(receipt)
    if (kept === undefined) return undefined
    if (kept.fingerprint !== receipt.fingerprint)
      return { keep: false, head, answer: Effect.fail(new IdempotencyKeyReused({ key: receipt.key })) }
    const answer = JSON.parse(kept.answer) as A
    const replay = Effect.sync(() => {
      receipt.onReplay()
      return answer
    })
    return { keep: false, head, answer: replay }
  }

  return function* change<A>(
    head: LedgerHead,
    scope: Scope,
    decide: (known: Known) => Result.Result<Outcome<A>, Refusal> | Wider,
    { dryRun = false, receipt: given }: ChangeOptions,
  ): Program<Ended<A>> {
    const receipt = dryRun ? undefined : given
    const kept = receipt && (yield* keptAnswer<A>(receipt, head))
    if (kept !== undefined) return kept
    let loaded = yield* loadScope(scope, head.policy)
    let decided = decide(loaded)
    while ('wider' in decided) {
      loaded = yield* loadScope(decided.wider, head.policy)
      decided = decide(loaded)
    }
    if (Result.isFailure(decided)) return { keep: false, head, answer: Effect.fail(decided.failure) }
    const outcome = decided.success
    try {
      const after = yield* saveOutcome(loaded, outcome, head)
      const answer = outcome.answer(outcome.versions.map((_, index) => (dryRun ? null : head.count + 1 + index)))
      if (receipt !== undefined) yield* receipts.keep(receipt, answer)
      return { keep: !dryRun, head: after, answer: Effect.succeed(answer) }
    } catch (error) {
      if (error instanceof NameTaken) return duplicate(head, error)
      throw error
    }
  }
}
