import { encodeTime, incrementBase32 } from 'ulid'

/** A ULID in canonical form: 26 upper-case Crockford characters, no hyphens. It is what Lotbook stores. Source: github.com/ulid/spec. */
export type Ulid = string & { readonly Ulid: unique symbol }

/** What a ULID may look like on the way in: 26 Crockford characters in any case, hyphens anywhere or nowhere. */
export const ulidPattern = /^(?:[0-9A-HJKMNP-TV-Z]{26}|(?:-*[0-9a-hjkmnp-tv-zA-HJKMNP-TV-Z]){26}-*)$/u

// Every character written out: twice as fast as one that is counted.
const canonical = new RegExp(`^${'[0-9A-HJKMNP-TV-Z]'.repeat(26)}$`, 'u')

/**
 * Reads a ULID: in either case, with or without hyphens. Returns its canonical form, or undefined for anything else.
 *
 * @example
 * readUlid('01je6f0ce9-t94pzd8r-th9j01tj') // '01JE6F0CE9T94PZD8RTH9J01TJ'
 */
export const readUlid = (text: string): Ulid | undefined => {
  if (text.length < 26 || text.length > 64) return undefined
  if (canonical.test(text)) return text as Ulid
  // Tested before it is put into upper case: letters of other scripts fold to Crockford's, too.
  return ulidPattern.test(text) ? (text.replaceAll('-', '').toUpperCase() as Ulid) : undefined
}

/**
 * Writes a ULID the way the documented examples print it: groups of 10, 8 and 8.
 *
 * @example
 * showUlid(readUlid('01JE6F0CE9T94PZD8RTH9J01TJ')) // '01JE6F0CE9-T94PZD8R-TH9J01TJ'
 */
export const showUlid = (id: Ulid): string => `${id.slice(0, 10)}-${id.slice(10, 18)}-${id.slice(18)}`

/** Makes ids: each call gives a ULID greater than the one before, for the given instant in milliseconds. */
export type NewUlid = (at: number) => Ulid

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Every two characters that ten bits can be. */
const pairs = Array.from({ length: 1024 }, (_, bits) => `${alphabet[bits >> 5]}${alphabet[bits & 31]}`)
const pair = (bits: number): string => pairs[bits & 1023] as string

/** The last four characters of the time part change every millisecond; what is before them, every 17 minutes. */
const lateBits = 2 ** 20

/**
 * Makes a source of ULIDs that rise strictly within this process.
 *
 * The stock source asks the system for randomness once per character, which costs more than writing a record: this one
 * asks for 4 KiB at a time, and leaves the time part and the increment within a millisecond to the library.
 */
export const makeUlidSource = (): NewUlid => {
  const pool = new Uint16Array(2048)
  let next = pool.length
  let prefix = ''
  let prefixOf = Number.NaN
  let last = { at: Number.NEGATIVE_INFINITY, time: '', random: '' }
  const draw = (): string => {
    if (next === pool.length) {
      globalThis.crypto.getRandomValues(pool)
      next = 0
    }
    return pair(pool[next++] as number)
  }
  return (at) => {
    if (at <= last.at) {
      last.random = incrementBase32(last.random)
      return (last.time + last.random) as Ulid
    }
    const early = Math.floor(at / lateBits)
    if (early !== prefixOf) {
      prefixOf = early
      prefix = encodeTime(at).slice(0, 6)
    }
    const late = at % lateBits
    const time = prefix + pair(late >> 10) + pair(late)
    const random = draw() + draw() + draw() + draw() + draw() + draw() + draw() + draw()
    last = { at, time, random }
    return (time + random) as Ulid
  }
}
