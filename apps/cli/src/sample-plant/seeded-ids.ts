import type { Instant, NewUlid, Ulid } from '@lotbook/domain'

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const encode = (value: bigint, length: number): string => {
  let text = ''
  for (let rest = value; text.length < length; rest /= 32n) text = crockford.charAt(Number(rest % 32n)) + text
  return text
}

/** A source of ULIDs that gives the same ids for the same calls, and one given id where it is told to. */
export interface SeededIds {
  readonly newUlid: NewUlid
  /** The next id that is asked for is this one. */
  readonly giveNext: (id: Ulid) => void
}

/** Makes a seeded source. Its ids rise, as those of a running server do. */
export const makeSeededIds = (seed: number): SeededIds => {
  let state = seed
  let last: Instant = 0
  let random = 0n
  let given: Ulid | undefined

  // mulberry32: small, and the same on every machine.
  const next32 = (): bigint => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return BigInt((mixed ^ (mixed >>> 14)) >>> 0)
  }

  const make = (at: Instant): Ulid => {
    // 79 random bits, so that counting on within one millisecond never overflows the 80 there are.
    random = at > last ? (next32() << 47n) | (next32() << 15n) | (next32() >> 17n) : random + 1n
    last = Math.max(at, last)
    return `${encode(BigInt(last), 10)}${encode(random, 16)}` as Ulid
  }

  return {
    newUlid: (at) => {
      const id = given ?? make(at)
      given = undefined
      return id
    },
    giveNext: (id) => {
      given = id
    },
  }
}
