import type { Checkpoint, Instant, LocalInventory, StorageUnavailable, Webhooks } from '@lotbook/domain'
import type { Effect } from 'effect'
import { Hono } from 'hono'
import type { KeyFinder } from './authenticate.ts'
import { type EventStreams, makeEventStreams } from './events/event-streams.ts'
import { type Exports, makeExports } from './exports.ts'
import { type Bindings, handle, type Outcome, type RequestContext, splitUrl } from './handle.ts'
import { keysOfOneTurn } from './keys-of-one-turn.ts'
import type { Limits } from './limits.ts'
import type { Log } from './log.ts'
import { type Metrics, makeMetrics } from './metrics.ts'
import { openApiDocument } from './openapi/document.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'
import { Problem } from './problem.ts'
import { internalError, methodNotAllowed, noSuchRoute } from './problems.ts'
import { makeRateLimit, type RateLimit, type RateLimitOptions } from './rate-limit.ts'
import { requestIdOf } from './request-id.ts'
import { respond } from './respond.ts'
import type { Transfer } from './transfer.ts'

/** What the HTTP face is put together from. */
export interface AppParts {
  readonly inventory: LocalInventory
  readonly keys: KeyFinder
  readonly webhooks: Webhooks
  /** Whether the store can be read now; asked by `/health/ready`. */
  readonly ready: () => Effect.Effect<unknown, StorageUnavailable>
  /** The present end of the ledger; shown by `/metrics`. */
  readonly checkpoint: () => Effect.Effect<Checkpoint, StorageUnavailable>
  readonly now: () => Instant
  readonly log: Log
  readonly metrics: Metrics
  readonly streams: EventStreams
  readonly exports: Exports
  readonly rateLimit: RateLimit
  /** Files of rows: what reads them into the store, and what they are written from. */
  readonly transfer: Transfer
  /** The OpenAPI document, as text. */
  readonly document: () => string
}

/** What a caller of {@link makeApp} gives; it makes the rest. */
export type AppOptions = Omit<AppParts, 'metrics' | 'document' | 'streams' | 'exports' | 'rateLimit'> & {
  /** How many requests a key may send; without it as many as it likes. */
  readonly rateLimit?: RateLimitOptions
  /** Other limits of the streams of events and exports than the table's, for tests. */
  readonly limits?: Partial<Limits>
}

/** The HTTP API, and how to end what would go on for ever. */
export type App = Hono<{ Bindings: Bindings }> & { readonly endStreams: () => void }

/** The OpenAPI document of this API, as text: what `/openapi.json` answers. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(operations), null, 2)}\n`

const noRateLimit: RateLimitOptions = { perSecond: null, clock: () => performance.now() }

const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/gu, ':$1')

const byPath = (all: readonly Operation[]): ReadonlyMap<string, ReadonlyMap<string, Operation>> => {
  const paths = new Map<string, Map<string, Operation>>()
  for (const operation of all) {
    const methods = paths.get(operation.path) ?? new Map<string, Operation>()
    paths.set(operation.path, methods.set(operation.method, operation))
  }
  return paths
}

const allowedBy = (methods: ReadonlyMap<string, Operation>): readonly string[] =>
  methods.has('GET') ? [...methods.keys(), 'HEAD'] : [...methods.keys()]

/** The HTTP API over an inventory: the whole of it, without a server. `app.request(…)` calls it directly. */
export const makeApp = (options: AppOptions): App => {
  let document: string | undefined
  const parts: AppParts = {
    ...options,
    keys: keysOfOneTurn(options.keys),
    metrics: makeMetrics(),
    streams: makeEventStreams(options.limits),
    exports: makeExports(options.log, options.limits),
    rateLimit: makeRateLimit(options.rateLimit ?? noRateLimit),
    // Made when it is first asked for: it takes longer than anything else here.
    document: () => {
      document ??= openApiText()
      return document
    },
  }
  const { log, metrics, now } = parts
  const app = new Hono<{ Bindings: Bindings }>()

  const answer = async (
    c: RequestContext,
    route: string,
    operation: Operation | undefined,
    work: () => Promise<Outcome>,
  ): Promise<Response> => {
    const started = performance.now()
    const requestId = requestIdOf(c.req.raw.headers.get('x-request-id') ?? undefined, now())
    let outcome: Outcome
    try {
      outcome = await work()
    } catch (cause) {
      outcome = { result: internalError(cause) }
    }
    const { result, key, actor } = outcome
    const { pathname } = splitUrl(c.req.raw.url)
    const response = respond(c.req.raw, outcome, pathname, requestId)
    const milliseconds = performance.now() - started
    metrics.answered(c.req.method, route, response.status, milliseconds / 1000)
    const failed = response.status >= 500
    log({
      level: failed ? 'error' : 'info',
      message: failed ? 'request failed' : 'request',
      requestId,
      method: c.req.method,
      path: pathname,
      status: response.status,
      milliseconds: Math.round(milliseconds * 1000) / 1000,
      operation: operation?.id,
      key: key?.name,
      actor: actor === key?.name ? undefined : actor,
      problem: result instanceof Problem ? result.type : undefined,
      cause: result instanceof Problem && (failed || result.status === 401) ? result.cause : undefined,
    })
    return response
  }

  for (const [path, methods] of byPath(operations)) {
    app.all(honoPath(path), (c) => {
      const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
      const operation = methods.get(method)
      return answer(c, path, operation, async () =>
        operation === undefined ? { result: methodNotAllowed(allowedBy(methods)) } : handle(c, operation, parts),
      )
    })
  }
  app.notFound((c) => answer(c, 'none', undefined, async () => ({ result: noSuchRoute() })))
  app.onError((cause, c) => answer(c, 'none', undefined, async () => ({ result: internalError(cause) })))
  return Object.assign(app, {
    endStreams: () => {
      parts.streams.endAll()
      parts.exports.endAll()
    },
  })
}
