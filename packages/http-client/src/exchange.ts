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

/** The same, where it is not known whether it was done. */
const unknown = ({ reason }: StorageUnavailable): StorageUnavailable =>
  new StorageUnavailable({ reason, mayBeWritten: true })

const writes = ({ method, headers }: Sent): boolean =>
  method === 'PATCH' || method === 'DELETE' || headers?.['Idempotency-Key'] !== undefined

// No connection came about.
const unsent: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']

const isSent = (error: unknown): boolean => {
  const cause = error instanceof Error ? error.cause : undefined
  return !(cause instanceof Error && 'code' in cause && unsent.includes(cause.code))
}

const noAnswer = ({ url, timeout }: Server, sent: Sent, error: unknown): StorageUnavailable => {
  const why = unavailable(
    error instanceof Late ? `${url} did not answer within ${timeout / 1000} s` : `${url} cannot be reached`,
  )
  return writes(sent) && isSent(error) ? unknown(why) : why
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const refused = ({ url }: Server, sent: Sent, status: number, body: unknown): Refusal => {
  const refusal = refusalOfProblem(body)
  if (refusal !== undefined) return refusal
  if (status === 401) return unavailable(`${url} does not take the API key: set LOTBOOK_KEY to a valid one`)
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : undefined
  const why = unavailable(
    detail === undefined ? `${url} does not answer as a Lotbook server (${status})` : `${url} says: ${detail}`,
  )
  // Who stands between has heard no more of it, and what failed in the server failed anywhere.
  return writes(sent) && status >= 500 ? unknown(why) : why
}

const once = async (server: Server, sent: Sent, signal: AbortSignal): Promise<Result.Result<Answered, Refusal>> => {
  const { method, path, body, headers } = sent
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
  if (!response.ok || answer === undefined) return Result.fail(refused(server, sent, response.status, answer))
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

const mayBeWritten = (answer: Result.Result<Answered, Refusal>): boolean =>
  Result.isFailure(answer) && answer.failure._tag === 'StorageUnavailable' && answer.failure.mayBeWritten === true

interface Tried {
  readonly answer: Result.Result<Answered, Refusal>
  /** Nobody knows what became of it. */
  readonly isOpen: boolean
}

const tryOnce = async (server: Server, sent: Sent, signal: AbortSignal): Promise<Tried> => {
  try {
    const answer = await onceInTime(server, sent, signal)
    return { answer, isOpen: mayBeWritten(answer) }
  } catch (error) {
    return { answer: Result.fail(noAnswer(server, sent, error)), isOpen: true }
  }
}

/** What the last try came to. A server that has not done it now may have done it at an earlier one. */
const settled = (answer: Tried['answer'], isUnknown: boolean): Tried['answer'] => {
  if (!isUnknown || Result.isSuccess(answer)) return answer
  const { failure } = answer
  if (failure._tag === 'StorageUnavailable') return Result.fail(unknown(failure))
  // A key that may not do it now may have been allowed to before.
  return failure._tag === 'PermissionDenied' ? Result.fail(unknown(unavailable(failure.message))) : answer
}

/**
 * Sends a request and reads its answer. Where it is not known what became of it, it is sent again, if that is safe; with
 * nothing certain in the end, StorageUnavailable says so.
 */
export const exchange = (server: Server, sent: Sent): Effect.Effect<Answered, Refusal> =>
  Effect.flatMap(
    Effect.promise(async (signal): Promise<Result.Result<Answered, Refusal>> => {
      let isUnknown = false
      for (const wait of sent.repeatable ? server.pauses : []) {
        const { answer, isOpen } = await tryOnce(server, sent, signal)
        if (!isOpen || signal.aborted) return settled(answer, isUnknown)
        isUnknown ||= mayBeWritten(answer)
        await pause(wait)
      }
      const { answer } = await tryOnce(server, sent, signal)
      return settled(answer, isUnknown)
    }),
    Effect.fromResult,
  )
