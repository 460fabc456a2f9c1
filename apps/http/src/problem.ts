import { retryAfterSeconds } from './limits.ts'

/** What goes wrong, as RFC 9457 says it. `type` is relative to the server; what is in `fields` stands beside the standard members. */
export interface ProblemOptions {
  readonly status: number
  /** The last part of `type`, in kebab-case. */
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly fields?: Readonly<Record<string, unknown>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** For the log only. */
  readonly cause?: unknown
}

/** An answer of 400 or more, before it knows its request. A value, not an error: nothing throws it. */
export class Problem {
  readonly status: number
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  readonly cause: unknown

  constructor({ status, type, title, detail, fields = {}, headers = {}, cause }: ProblemOptions) {
    this.status = status
    this.type = type
    this.title = title
    this.detail = detail
    this.fields = fields
    this.headers = headers
    this.cause = cause
  }
}

/** There is no room for another stream of the process, or it stops. */
export const noRoom = (detail: string): Problem =>
  new Problem({
    status: 503,
    type: 'too-many-streams',
    title: 'There is no room for another stream',
    detail,
    headers: { 'Retry-After': String(retryAfterSeconds) },
  })

/** The content type of every answer of 400 or more. */
export const problemType = 'application/problem+json'

/** The body of a problem for one request. */
export const problemBody = (problem: Problem, instance: string, requestId: string): string =>
  JSON.stringify({
    type: `/problems/${problem.type}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    instance,
    requestId,
    ...problem.fields,
  })

// Half a character can stand in JSON as an escape, and cannot be written in a URI.
const halfCharacter = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

/** The JSON pointer (RFC 6901, as a fragment) of a member of the body. */
export const pointerTo = (field: string): string => {
  if (field === '(root)') return '#'
  // A pointer already: of a document that was judged as a whole.
  if (field.startsWith('/')) return `#${field.split('/').map(encodeURIComponent).join('/')}`
  // An item of a list in the body, or a member of one: `filters[2].condition`.
  const item = /^(\w+)\[(\d+)\](?:\.(.*))?$/su.exec(field)
  if (item !== null) return `#/${item[1]}/${item[2]}${item[3] === undefined ? '' : pointerTo(item[3]).slice(1)}`
  const escaped = field.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll(halfCharacter, '\ufffd')
  return `#/${encodeURIComponent(escaped)}`
}

/** Every message of every field, with its JSON pointer. */
export const pointersOf = (
  errors: Readonly<Record<string, readonly string[]>>,
): readonly { readonly pointer: string; readonly detail: string }[] =>
  Object.entries(errors).flatMap(([field, messages]) =>
    messages.map((detail) => ({ pointer: pointerTo(field), detail })),
  )

/** The same problem where its fields are not members of a body: pointers would point at nothing. */
export const outsideBody = (problem: Problem): Problem =>
  'pointers' in problem.fields ? new Problem({ ...problem, fields: { ...problem.fields, pointers: [] } }) : problem
