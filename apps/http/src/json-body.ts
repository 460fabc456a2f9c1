import { Buffer, isUtf8 } from 'node:buffer'
import { whyAmbiguous } from '@lotbook/exchange'
import type { Problem } from './problem.ts'
import { malformed, wrongContentType } from './problems.ts'

const mediaType = /^application\/(?:[a-z0-9!#$&^_.-]+\+)?json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/iu

/** The problem of a body that does not say it is JSON in UTF-8. */
export const whyNotJson = (contentType: string | null): Problem | undefined =>
  contentType !== null && mediaType.test(contentType.trim()) ? undefined : wrongContentType(['application/json'])

/** The problem of a body that is of none of these types, or not in UTF-8. */
export const whyNotRows = (contentType: string | null, types: readonly string[]): Problem | undefined => {
  const [type, ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const isText = parameters.every((part) => /^(?:charset="?utf-8"?|header=present)$/u.test(part))
  return types.includes(type ?? '') && isText ? undefined : wrongContentType(types)
}

/** How much a body may hold. */
export interface BodyLimits {
  readonly bytes: number
  readonly values: number
  readonly depth: number
}

const deeper = ({ depth }: BodyLimits): string => `the body is nested deeper than ${depth} levels`
const more = ({ values }: BodyLimits): string => `the body holds more than ${values} values`

const [quote, comma, backslash] = [0x22, 0x2c, 0x5c]
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Why the text of a body is more than any request needs, found without parsing it: a million empty objects in three
 * megabytes would take a hundred times as much memory. It finds at most what {@link whyTooMuch} would find.
 */
const whyTooMuchText = (bytes: Uint8Array, most: BodyLimits): string | undefined => {
  let [depth, commas] = [0, 0]
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) {
      at += 1
      while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1
    } else if (byte === comma) {
      commas += 1
      if (commas >= most.values) return more(most)
    } else if (byte === openList || byte === openObject) {
      depth += 1
      if (depth > most.depth) return deeper(most)
    } else if (byte === closeList || byte === closeObject) depth -= 1
  }
  return undefined
}

/** Why a parsed body is more than any request needs: judged before anything walks it recursively. */
const whyTooMuch = (body: unknown, most: BodyLimits): string | undefined => {
  const open: { readonly value: object; readonly depth: number }[] = []
  let count = 0
  const enter = (value: unknown, depth: number): void => {
    count += 1
    if (typeof value === 'object' && value !== null) open.push({ value, depth })
  }
  enter(body, 1)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > most.depth) return deeper(most)
    for (const value of Object.values(next.value)) enter(value, next.depth + 1)
    if (count - 1 > most.values) return more(most)
  }
  return undefined
}

// Below this, parsing costs less than looking first.
const largeBytes = 64 * 1024

/** What a body came to. */
export interface ParsedBody {
  readonly json: unknown
}

const textOf = (bytes: Uint8Array): string =>
  (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)).toString('utf8')

/** Parses a body as strict JSON in UTF-8, without a byte order mark. */
export const parseBody = (bytes: Uint8Array, most: BodyLimits): ParsedBody | Problem => {
  if (bytes.length === 0) return malformed('the body is empty, and this operation needs a JSON object')
  if (!isUtf8(bytes)) return malformed('the body is not UTF-8')
  const tooMuch = bytes.length < largeBytes ? undefined : whyTooMuchText(bytes, most)
  if (tooMuch !== undefined) return malformed(tooMuch)
  try {
    const text = textOf(bytes)
    const json: unknown = JSON.parse(text)
    const reason = whyTooMuch(json, most)
    const ambiguous = reason === undefined ? whyAmbiguous(text, json) : undefined
    if (ambiguous !== undefined) return malformed(`the body ${ambiguous}`)
    return reason === undefined ? { json } : malformed(reason)
  } catch (cause) {
    if (cause instanceof SyntaxError) return malformed('the body is not valid JSON')
    throw cause
  }
}
