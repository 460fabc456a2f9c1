import type { Problem } from './problem.ts'
import { tooManyRequests } from './problems.ts'

/** Counts a request of a key: 429 where the key has sent too many. */
export type RateLimit = (keyId: string) => Problem | undefined

/** How many requests a key may send. */
export interface RateLimitOptions {
  /** How many in a second, and how many at once after a pause; null = as many as it likes. */
  readonly perSecond: number | null
  /** A clock that never goes back, in milliseconds. */
  readonly clock: () => number
}

const second = 1000

/**
 * A limit for each key by itself. Of a key only one number is kept: until when what it sent so far would last at the
 * even pace of the limit (the generic cell rate algorithm). Requests that are refused do not count.
 */
export const makeRateLimit = ({ perSecond, clock }: RateLimitOptions): RateLimit => {
  if (perSecond === null) return () => undefined
  const pace = second / perSecond
  // Half a request of room, so that rounding decides nothing.
  const most = second - pace / 2
  const lastsUntil = new Map<string, number>()
  return (keyId) => {
    const now = clock()
    const from = Math.max(lastsUntil.get(keyId) ?? 0, now)
    const early = from - now - most
    if (early > 0) return tooManyRequests(perSecond, Math.ceil(early / second))
    lastsUntil.set(keyId, from + pace)
    return undefined
  }
}
