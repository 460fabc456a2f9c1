import { readInstant } from '../time/instant.ts'
import { isUri } from './identifiers.ts'

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where faults are noted: by JSON pointer (RFC 6901). */
export interface Faults {
  readonly add: (pointer: string, message: string) => void
}

/** The pointer of a member or an element. */
export const below = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** A rule for one value: it notes what is wrong at a pointer. */
export type Check = (value: unknown, pointer: string, faults: Faults) => void

const check =
  (holds: (value: unknown) => boolean, message: string): Check =>
  (value, pointer, faults) => {
    if (!holds(value)) faults.add(pointer, message)
  }

/** An absolute URI. */
export const uri = check(isUri, 'must be a URI, such as urn:epc:id:sgln:4012345.00001.0')

/** A moment with an offset. */
export const moment = check(
  (value) => typeof value === 'string' && readInstant(value) !== undefined,
  'must be a date and time with an offset, such as 2026-11-23T08:00:00Z',
)

/** An offset from UTC. */
export const offset = check(
  (value) => typeof value === 'string' && /^[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)$/u.test(value),
  'must be an offset from UTC, such as +00:00',
)

/** Any text. */
export const anyText = check((value) => typeof value === 'string', 'must be text')

/** Anything at all. */
export const anything: Check = () => undefined

const isStandardForm = (text: string): boolean => /^(?:urn:epcglobal:cbv|https?:\/\/ns\.gs1\.org\/cbv\/)/u.test(text)

/** One of the words of the standard, or a URI of somebody's own. */
export const word = (words: readonly string[], what: string): Check =>
  check(
    (value) => typeof value === 'string' && (words.includes(value) || (isUri(value) && !isStandardForm(value))),
    `must be ${what} of the Core Business Vocabulary by its bare name, or a URI of your own`,
  )

/** One of the words of the standard and nothing else. */
export const oneOf = (words: readonly string[]): Check =>
  check((value) => typeof value === 'string' && words.includes(value), `must be one of ${words.join(', ')}`)

/** A list of values for which one rule holds. */
export const listOf =
  (item: Check, least = 0): Check =>
  (value, pointer, faults) => {
    if (!Array.isArray(value)) return faults.add(pointer, 'must be a list')
    if (value.length < least) faults.add(pointer, `must hold at least ${least}`)
    for (const [index, one] of value.entries()) item(one, below(pointer, index), faults)
  }

/** The members of an object. */
export interface Members {
  readonly [name: string]: Check
}

/** Whether a member's name is one of somebody's own: a URI, or a prefix and a name. */
export const isOwnName = (name: string): boolean => isUri(name)

/** An object of these members, the first ones required; others only where `own` allows names of somebody's own. */
export const objectOf =
  (members: Members, required: readonly string[], own = false): Check =>
  (value, pointer, faults) => {
    if (!isObject(value)) return faults.add(pointer, 'must be an object')
    for (const name of required) if (!Object.hasOwn(value, name)) faults.add(below(pointer, name), 'is required')
    for (const [name, one] of Object.entries(value)) {
      const rule = Object.hasOwn(members, name) ? members[name] : undefined
      if (rule !== undefined) rule(one, below(pointer, name), faults)
      else if (!own || !isOwnName(name))
        faults.add(
          below(pointer, name),
          own ? 'is no member of EPCIS 2.0: one of your own has a prefix, as in acme:colour' : 'is no member here',
        )
    }
  }
