import { ValidationFailed } from '@lotbook/domain'
import { exitCode, Stop } from '../exit-code.ts'

/** Stops with what an archive was refused for, and names both sides; any other error is thrown as it is. */
export const cannotRestore =
  (from: string, into: string) =>
  (error: unknown): never => {
    if (!(error instanceof ValidationFailed)) throw error
    const why = Object.entries(error.violations).map(
      ([place, messages]) => `${place === '(root)' ? '' : `${place}: `}${messages.join('; ')}`,
    )
    const message = `cannot restore ${from} into ${into}: ${why.join('; ')}`
    throw new Stop(message, { code: exitCode.usage, cause: error })
  }
