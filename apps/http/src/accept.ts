import type { Context } from 'hono'
import { accepts } from 'hono/accepts'

type Match = NonNullable<Parameters<typeof accepts>[1]['match']>

// How much a range of types says: one type more than all of its kind, and that more than anything; 0: nothing about it.
const closeness = (range: string, type: string): number => {
  const asked = range.toLowerCase()
  if (asked === type) return 3
  if (asked === `${type.split('/')[0]}/*`) return 2
  return asked === '*/*' ? 1 : 0
}

const match: Match = (ranges, { supports, default: otherwise }) => {
  let best = { type: otherwise, wish: 0 }
  for (const type of supports) {
    const about = ranges.filter((range) => closeness(range.type, type) > 0)
    const [closest] = about.toSorted((left, right) => closeness(right.type, type) - closeness(left.type, type))
    if (closest !== undefined && closest.q > best.wish) best = { type, wish: closest.q }
  }
  return best.type
}

/**
 * Which of some media types a request would have by its `Accept` (RFC 9110, 12.5.1): the one it weighs most, the first of
 * those that weigh the same, and the first of all where it says nothing or names none of them.
 */
export const preferredType = <const T extends readonly [string, ...string[]]>(c: Context, types: T): T[number] =>
  accepts(c, { header: 'Accept', supports: [...types], default: types[0], match })

/** Of an answer whose form `Accept` may choose: nobody keeps it for a caller who asks for another. */
export const varies = { Vary: 'Accept' } as const
