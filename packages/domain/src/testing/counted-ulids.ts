import type { NewUlid, Ulid } from '../identifiers/ulid.ts'
import type { Instant } from '../time/instant.ts'

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const crockford = (value: number, length: number): string => {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = digits.charAt(rest % 32) + text
  return text
}

/**
 * Makes a source of ULIDs without chance: the time, and a number that counts up. Two ledgers that are told the same
 * things then hold the same ids, down to the head of the chain.
 */
export const countedUlids = (): NewUlid => {
  let count = 0
  let latest: Instant = 0
  return (at) => {
    count += 1
    latest = Math.max(latest, at)
    return `${crockford(latest, 10)}${crockford(count, 16)}` as Ulid
  }
}
