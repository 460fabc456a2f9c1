import { ValidationFailed } from '@lotbook/domain'
import { UnreadableFile } from '@lotbook/exchange'
import { Effect } from 'effect'
import { isRefusal } from './refusal-problem.ts'

/** Work that throws refusals, as an effect that is refused with them. */
export const attempt = <A>(work: () => Promise<A>) =>
  Effect.tryPromise({ try: work, catch: (error) => error }).pipe(
    Effect.catch((error) => {
      if (isRefusal(error)) return Effect.fail(error)
      if (error instanceof UnreadableFile)
        return Effect.fail(new ValidationFailed({ violations: { '(root)': [error.message] } }))
      return Effect.die(error)
    }),
  )
