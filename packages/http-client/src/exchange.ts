import { type Refusal, StorageUnavailable } from '@lotbook/domain'
import { Effect, Result } from 'effect'
import { refusalOfProblem } from './refusal-of-problem.ts'

/** Which server, and how it is spoken to. */
export interface Server {
  /** Such as `http://127.0.0.1:3000`, without a slash at its end. */
  readonly url: string
  /** The secret of an API key. */
  readonly key: string
  readonly fetch: typeof globalThis.fetch
  /** After how many milliseconds without an answer a try is given up. */
  readonly timeout: number
  /** How long to wait before each further try, in milliseconds; one try for each. */
  readonly pauses: readonly number[]
}

/** One request. */
export interface Sent {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Path and query. */
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** May be sent again where no answer came: it reads, or it has an idempotency key. */
  readonly repeatable: boolean
}

/** What was answered. */
export interface Answered {
  readonly body: unknown
  /** It is the kept answer of an earlier request with the same key. */
  readonly isReplay: boolean
}

const unavailable = (reason: string): StorageUnavailable => new StorageUnavailable({ reason })

/** No answer came in time. */
class Late extends Error {
  override readonly name = 'Late'
}

const noAnswer = ({ url, timeout }: Server, error: unknown): StorageUnavailable =>
  unavailable(error instanceof Late ? `${url} did not answer within ${timeout / 1000} s` : `${url} cannot be reached`)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const refused = ({ url }: Server, status: number, body: unknown): Refusal => {
  const refusal = refusalOfProblem(body)
  if (refusal !== undefined) return refusal
  if (status === 401) return unavailable(`${url} does not take the API key: set LOTBOOK_KEY to a valid one`)
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : undefined
  return unavailable(
    detail === undefined ? `${url} does not answer as a Lotbook server (${status})` : `${url} says: ${detail}`,
  )
}

const once = async (
  server: Server,
  { method, path, body, headers }: Sent,
  signal: AbortSignal,
): Promise<Result.Result<Answered, Refusal>> => {
  const response = await server.fetch(server.url + path, {
    method,
    headers: {
      Authorization: `Bearer ${server.key}`,
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: 'manual',
    signal,
  })
  const answer = parsed(await response.text())
  if (!response.ok || answer === undefined) return Result.fail(refused(server, response.status, answer))
  return Result.succeed({ body: answer, isReplay: response.headers.get('idempotency-replayed') === 'true' })
}

// Not AbortSignal.any of AbortSignal.timeout: on Node 20 that timer may be collected before its time, and never ends
// anything then (nodejs/node#57736).
const onceInTime = async (server: Server, sent: Sent, signal: AbortSignal): ReturnType<typeof once> => {
  const ending = new AbortController()
  const end = (): void => ending.abort(signal.reason)
  const timer = setTimeout(() => ending.abort(new Late()), server.timeout)
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true })
  try {
    return await once(server, sent, ending.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/**
 * Sends a request and reads its answer. Without an answer it is sent again, where that is safe; with none in the end,
 * StorageUnavailable says so.
 */
export const exchange = (server: Server, sent: Sent): Effect.Effect<Answered, Refusal> =>
  Effect.flatMap(
    Effect.promise(async (signal): Promise<Result.Result<Answered, Refusal>> => {
      const pauses = sent.repeatable ? server.pauses : []
      for (const wait of [...pauses, null]) {
        try {
          return await onceInTime(server, sent, signal)
        } catch (error) {
          if (wait === null || signal.aborted) return Result.fail(noAnswer(server, error))
          await pause(wait)
        }
      }
      return Result.fail(noAnswer(server, undefined))
    }),
    Effect.fromResult,
  )
