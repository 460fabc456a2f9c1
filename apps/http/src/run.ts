import type { Refusal } from '@lotbook/domain'
import { Cause, Effect, Exit } from 'effect'
import type { Problem } from './problem.ts'
import { internalError } from './problems.ts'
import { refusalProblem } from './refusal-problem.ts'

/** Runs what the domain was asked: the answer, or the problem it comes to. Defects end here too. */
export const run = async <A>(effect: Effect.Effect<A, Refusal>): Promise<A | Problem> => {
  const fiber = Effect.runFork(effect)
  // What waits for nothing is done already.
  const exit = fiber.pollUnsafe() ?? (await new Promise<Exit.Exit<A, Refusal>>((resolve) => fiber.addObserver(resolve)))
  if (Exit.isSuccess(exit)) return exit.value
  for (const reason of exit.cause.reasons) if (reason._tag === 'Fail') return refusalProblem(reason.error)
  return internalError(Cause.squash(exit.cause))
}
