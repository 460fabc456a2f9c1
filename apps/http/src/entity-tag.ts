import { hash } from 'node:crypto'
import type { Problem } from './problem.ts'
import { malformed } from './problems.ts'

const tag = /^"(\d{1,15})(?:-[0-9a-f]{8})?"$/u

/**
 * The `ETag` of something that has versions: `"3-1f9a2b7c"`. The number is the version, and is what `If-Match` compares.
 * The digest covers what a version does not: stock, effective status and names may change while the version stays.
 */
export const entityTag = (version: number, body: string): string => `"${version}-${hash('sha1', body).slice(0, 8)}"`

/** The version that a caller has seen; undefined where any will do. */
export interface Expected {
  readonly version: number | undefined
}

/** The version that `If-Match` names; `*` names any. `"3"` and `"3-1f9a2b7c"` mean the same. */
export const expectedVersion = (header: string): Expected | Problem => {
  if (header === '*') return { version: undefined }
  const version = tag.exec(header)?.[1]
  return version === undefined
    ? malformed('If-Match must be * or one entity tag as an answer gave it, such as "3"')
    : { version: Number(version) }
}

/** Whether `If-None-Match` names the tag: what the client has is still right. Weak tags count, as RFC 9110 wants. */
export const isUnchanged = (header: string | null, current: string): boolean =>
  header !== null &&
  (header === '*' ||
    header
      .split(',')
      .map((part) => part.trim().replace(/^W\//u, ''))
      .includes(current))
