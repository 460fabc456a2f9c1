import type { Ulid } from '../identifiers/ulid.ts'
import type { Sha256 } from '../ledger/chain.ts'
import type { Instant } from '../time/instant.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const lowBits = 62n

const bitsOf = (id: Ulid): bigint => {
  let bits = 0n
  for (const letter of id) bits = (bits << 5n) | BigInt(alphabet.indexOf(letter))
  return bits
}

/** The ULID of 128 bits. */
const ulidOf = (bits: bigint): Ulid => {
  let text = ''
  for (let at = 125n; at >= 0n; at -= 5n) text += alphabet[Number((bits >> at) & 31n)]
  return text as Ulid
}

/**
 * The id of the n-th event (from 1) about a record: a UUID of version 8 (RFC 9562), made of the time of the record's id, n,
 * and the last 62 bits of the record's id. The same record and n always give the same.
 */
export const eventIdOf = (record: Ulid, n: number): string => {
  const bits = bitsOf(record)
  const time = bits >> 80n
  const count = BigInt(n)
  const low = (bits ^ ((count >> 12n) << 40n)) & ((1n << lowBits) - 1n)
  const uuid = (time << 80n) | (8n << 76n) | ((count & 0xfffn) << 64n) | (2n << lowBits) | low
  const text = uuid.toString(16).padStart(32, '0')
  return `urn:uuid:${[text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')}`
}

/** The id of what others gave a name, whenever it is told of: a digest of the name. */
export const ulidOfName = (text: string, sha256: Sha256): Ulid => ulidOf(BigInt(`0x${sha256(text).slice(0, 32)}`))

/** The id that a record of such a name was given until the time of its event was left out. */
export const formerUlidOf = (text: string, at: Instant, sha256: Sha256): Ulid =>
  ulidOf((BigInt(at) << 80n) | BigInt(`0x${sha256(text).slice(0, 20)}`))
