import { type Instant, readInstant, showInstant } from '../time/instant.ts'
import { isObject, type JsonObject } from './document-faults.ts'
import { keyOf, uriInOneForm } from './event-key.ts'

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  const keys = Object.keys(value).sort()
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]))
}

/** What told an event from others until ids and instants were read in one form: its id, or all that it says, as it is spelled. */
const spelledKeyOf = (event: JsonObject): string => {
  const { eventID, errorDeclaration: _declaration, recordTime: _recorded, ...content } = event
  return typeof eventID === 'string' ? eventID : JSON.stringify(sorted(content))
}

/** The other spellings that the same event is likely to have come in. */
const likelyKeysOf = (event: JsonObject): readonly string[] => {
  const { eventID } = event
  if (typeof eventID === 'string') {
    const id = uriInOneForm(eventID)
    return id.startsWith('urn:uuid:') ? [id, `urn:uuid:${id.slice(9).toUpperCase()}`] : [id]
  }
  const utc = showInstant(readInstant(String(event['eventTime'])) as Instant)
  return [utc, utc.replace('.000Z', 'Z')].map((eventTime) =>
    spelledKeyOf({ ...event, eventTime, eventTimeZoneOffset: '+00:00' }),
  )
}

/**
 * Counts the events of a document by the keys that earlier versions gave them, in the document's order: what those versions
 * imported must be found.
 */
export const makeFormerKeys = (events: readonly JsonObject[]) => {
  const spellings = new Map<string, Set<string>>()
  for (const event of events) {
    const key = keyOf(event)
    spellings.set(key, (spellings.get(key) ?? new Set()).add(spelledKeyOf(event)))
  }
  const seen = new Map<string, number>()
  return (event: JsonObject): readonly string[] => {
    const spelled = spelledKeyOf(event)
    const times = seen.get(spelled) ?? 0
    seen.set(spelled, times + 1)
    // What stands in the document in two spellings is told twice: one record must not be taken for both.
    const isSpelledAlike = spellings.get(keyOf(event))?.size === 1
    const keys = new Set([spelled, ...(isSpelledAlike ? likelyKeysOf(event) : [])])
    return Array.from(keys, (key) => (times === 0 ? key : `${key}#${times}`))
  }
}
