import { Problem } from './problem.ts'

// What goes wrong before the domain is asked. What the domain refuses is in refusal-problem.ts.

/** There is no such path. */
export const noSuchRoute = (): Problem =>
  new Problem({
    status: 404,
    type: 'no-such-route',
    title: 'There is no such path',
    detail: 'no operation has this path: /openapi.json lists all of them',
  })

/** The path exists, the method does not. */
export const methodNotAllowed = (allowed: readonly string[]): Problem =>
  new Problem({
    status: 405,
    type: 'method-not-allowed',
    title: 'The path does not take this method',
    detail: `this path takes ${allowed.join(', ')}`,
    headers: { Allow: allowed.join(', ') },
  })

/** The request cannot be read: a header, the URL or the body is malformed. */
export const malformed = (detail: string): Problem =>
  new Problem({ status: 400, type: 'malformed-request', title: 'The request cannot be read', detail })

/** The body does not say that it is of a type that is taken. */
export const wrongContentType = (types: readonly string[]): Problem =>
  new Problem({
    status: 415,
    type: 'unsupported-media-type',
    title: 'The body is of another type',
    detail: `send the body in UTF-8 with Content-Type: ${types.join(' or ')}`,
    headers: { Accept: types.join(', ') },
  })

/** The body is too large. */
export const bodyTooLarge = (bytes: number): Problem =>
  new Problem({
    status: 413,
    type: 'body-too-large',
    title: 'The body is too large',
    detail: `a body has at most ${bytes} bytes`,
  })

/** Path and query are too long. */
export const urlTooLong = (characters: number): Problem =>
  new Problem({
    status: 414,
    type: 'url-too-long',
    title: 'The URL is too long',
    detail: `path and query have at most ${characters} characters`,
  })

/** The request expects what this server does not do. */
export const expectationFailed = (): Problem =>
  new Problem({
    status: 417,
    type: 'expectation-failed',
    title: 'The expectation cannot be met',
    detail: 'the only expectation that is met is 100-continue',
  })

/** No key was sent. */
export const keyMissing = (): Problem =>
  new Problem({
    status: 401,
    type: 'key-missing',
    title: 'A key is needed',
    detail: 'send an API key as Authorization: Bearer <key>',
    headers: { 'WWW-Authenticate': 'Bearer realm="lotbook"' },
  })

/** The key is not one that may be used now. Why, only the log says. */
export const keyNotValid = (why: string): Problem =>
  new Problem({
    status: 401,
    type: 'key-not-valid',
    title: 'The key is not valid',
    detail: 'no valid API key has this secret',
    headers: { 'WWW-Authenticate': 'Bearer realm="lotbook", error="invalid_token"' },
    cause: why,
  })

/** The key has sent more than it may. */
export const tooManyRequests = (perSecond: number, seconds: number): Problem =>
  new Problem({
    status: 429,
    type: 'too-many-requests',
    title: 'The key has sent too many requests',
    detail: `a key may send ${perSecond} requests a second: send the same request again after ${seconds} s`,
    headers: { 'Retry-After': String(seconds) },
  })

/** `If-Match` came with a request that makes something new. */
export const nothingToMatch = (): Problem =>
  new Problem({
    status: 412,
    type: 'nothing-to-match',
    title: 'There is no version to compare with',
    detail: 'If-Match names a version, and this request makes something new: leave If-Match out, or give the id',
  })

/** The server is at fault. Nothing of what happened inside is told; the log has it under the request's id. */
export const internalError = (cause: unknown): Problem =>
  new Problem({
    status: 500,
    type: 'internal-error',
    title: 'The server is at fault',
    detail: 'something went wrong in the server: its log has more under this request id',
    cause,
  })
