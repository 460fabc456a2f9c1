import { ValidationFailed } from '@lotbook/domain'
import type { Flags } from '../arguments.ts'

/** The options of a command by the fields of a request: `as-of` is `asOf` there. */
export const optionsOf = (flags: Flags): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(flags).map((name) => [
      name.replaceAll(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase()),
      `--${name}`,
    ]),
  )

const renamed = (names: Readonly<Record<string, string>>, error: unknown): unknown => {
  if (!(error instanceof ValidationFailed)) return error
  const violations = Object.entries(error.violations).map(([field, messages]) => [names[field] ?? field, messages])
  return new ValidationFailed({ violations: Object.fromEntries(violations) })
}

/** Does it; what is refused is told by what was typed, in place of the request's fields. */
export const asTyped = async <A>(names: Readonly<Record<string, string>>, work: () => Promise<A>): Promise<A> => {
  try {
    return await work()
  } catch (error) {
    throw renamed(names, error)
  }
}
