import { ValidationFailed } from '@lotbook/domain'

/** Query parameters as the domain reads them: one text for each. */
export type Query = Readonly<Record<string, string>>

/** A query as it was sent, and what is wrong with it. */
export interface ReadQuery {
  readonly query: Query
  readonly violations: Readonly<Record<string, readonly string[]>>
}

const none: ReadQuery = { query: {}, violations: {} }

/** Reads the part of a URL after `?`. A parameter that the operation does not have, or that comes twice, is a violation. */
export const readQuery = (search: string, allowed: readonly string[]): ReadQuery => {
  if (search === '' || search === '?') return none
  const query = new Map<string, string>()
  const violations = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(search)) {
    if (!allowed.includes(name)) violations.set(name, ['is not a parameter of this request'])
    else if (query.has(name)) violations.set(name, ['must be given once'])
    else query.set(name, value)
  }
  return { query: Object.fromEntries(query), violations: Object.fromEntries(violations) }
}

/** One refusal for what is wrong with the query as it was sent, and with what its parameters say. */
export const refuseQuery = (
  violations: ReadQuery['violations'],
  more: ReadQuery['violations'] = {},
): ValidationFailed => new ValidationFailed({ violations: { ...more, ...violations } })
