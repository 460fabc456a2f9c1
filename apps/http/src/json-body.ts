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

/** What a body came to. */
export interface ParsedBody {
  readonly json: unknown
}

const textOf = (bytes: Uint8Array): string =>
  (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)).toString('utf8')

/** Parses a body as strict JSON in UTF-8, without a byte order mark. */
export const parseBody = (bytes: Uint8Array): ParsedBody | Problem => {
  if (bytes.length === 0) return malformed('the body is empty, and this operation needs a JSON object')
  if (!isUtf8(bytes)) return malformed('the body is not UTF-8')
  try {
    const text = textOf(bytes)
    const json: unknown = JSON.parse(text)
    const ambiguous = whyAmbiguous(text, json)
    return ambiguous === undefined ? { json } : malformed(`the body ${ambiguous}`)
  } catch (cause) {
    if (cause instanceof SyntaxError) return malformed('the body is not valid JSON')
    throw cause
  }
}
