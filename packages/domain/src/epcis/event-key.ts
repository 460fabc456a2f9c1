import { readInstant, showInstant } from '../time/instant.ts'
import { isObject, type JsonObject } from './document-faults.ts'

/** One form of all the spellings of a value: members in order, and instants in UTC to the millisecond. */
const inOneForm = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOneForm)
  if (isObject(value))
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => [key, inOneForm(value[key])]),
    )
  const at = typeof value === 'string' ? readInstant(value) : undefined
  return at === undefined ? value : showInstant(at)
}

/**
 * One form of all the spellings of a URI: scheme, host and namespace in small letters, and all of a `urn:uuid:`;
 * a URN without what follows `?+`, `?=` or `#` (RFC 3986, RFC 8141, RFC 9562).
 */
export const uriInOneForm = (uri: string): string => {
  const text = uri
    .replace(/%[0-9a-f]{2}/giu, (code) => code.toUpperCase())
    .replace(/^[^:]+:(?:\/\/[^/?#]*)?/u, (start) => start.toLowerCase())
  if (!text.startsWith('urn:')) return text
  const name = text.replace(/(?:\?[+=]|#).*$/u, '').replace(/^urn:[^:]+/iu, (start) => start.toLowerCase())
  return name.startsWith('urn:uuid:') ? name.toLowerCase() : name
}

/**
 * What tells an event from others, however it is spelled: its id, or without one all that it says. A declaration of its
 * error has the same.
 */
export const keyOf = (event: JsonObject): string => {
  const { eventID, errorDeclaration: _error, recordTime: _recorded, eventTimeZoneOffset: _zone, ...content } = event
  return typeof eventID === 'string' ? uriInOneForm(eventID) : JSON.stringify(inOneForm(content))
}
