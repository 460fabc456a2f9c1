import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Call, type Permission, PermissionDenied, permits, type Receipt } from '@lotbook/domain'
import type { Context } from 'hono'
import { preferredType } from './accept.ts'
import { actorOf } from './actor.ts'
import type { AppParts } from './app.ts'
import { authenticate, type ValidKey } from './authenticate.ts'
import { readBody } from './body.ts'
import { type Expected, expectedVersion } from './entity-tag.ts'
import { canonicalPath, ownReceipt, receiptOf } from './idempotency-key.ts'
import { parseBody, whyNotJson, whyNotRows } from './json-body.ts'
import { type BodyLimits, makeJudge } from './json-judge.ts'
import { limits } from './limits.ts'
import { type Answer, hasId, type Incoming, isWrite, type Operation, parameterNames } from './operation.ts'
import { outsideBody, Problem } from './problem.ts'
import { nothingToMatch, urlTooLong } from './problems.ts'
import { type Query, readQuery, refuseQuery } from './query.ts'
import { refusalProblem } from './refusal-problem.ts'
import { run } from './run.ts'

/** What Hono gets from the Node server; nothing of it is there when a test calls the app directly. */
export interface Bindings {
  readonly incoming?: IncomingMessage
  readonly outgoing?: ServerResponse
}
/** The context of a request. */
export type RequestContext = Context<{ Bindings: Bindings }>

/** What became of a request, for its answer and its line in the log. */
export interface Outcome {
  readonly result: Answer | Problem
  readonly key?: ValidKey | undefined
  readonly actor?: string | undefined
  readonly isReplay?: boolean
}

interface Sent {
  readonly query: Query
  readonly dryRun: boolean
  readonly bytes: Uint8Array
  readonly body: unknown
}

const bodyLimits: BodyLimits = { bytes: limits.bodyBytes, values: limits.bodyValues, depth: limits.bodyDepth }
const noBytes = new Uint8Array()

const noQuery = { query: {}, dryRun: false, bytes: noBytes, body: undefined }

const readParameters = (operation: Operation, search: string): Sent | Problem => {
  if (search === '') return noQuery
  const names = parameterNames(operation)
  const read = readQuery(search, names)
  const { dryRun, ...query } = read.query
  const violations: Record<string, readonly string[]> = { ...read.violations }
  if (dryRun !== undefined && dryRun !== 'true' && dryRun !== 'false') violations['dryRun'] = ['must be true or false']
  if (Object.keys(violations).length > 0) {
    const more = Object.entries(operation.query?.shape.decode(query).violations.toMap() ?? {})
    const own = more.filter(([name]) => names.includes(name))
    return outsideBody(refusalProblem(refuseQuery(violations, Object.fromEntries(own))))
  }
  return { query, dryRun: dryRun === 'true', bytes: noBytes, body: undefined }
}

const readSent = async (c: RequestContext, operation: Operation, search: string): Promise<Sent | Problem> => {
  const sent = readParameters(operation, search)
  const { body } = operation
  if (body === undefined || sent instanceof Problem) return sent
  const most = operation.bodyLimits ?? bodyLimits
  const contentType = c.req.raw.headers.get('content-type')
  const isRows = 'rows' in body
  // Whether it is of the right type is known before it comes; what may be left out needs none then.
  const refused = isRows ? whyNotRows(contentType, body.rows.types) : whyNotJson(contentType)
  const isOptional = !isRows && body.optional === true
  if (refused !== undefined && !isOptional) return refused
  const bytes = await readBody(c.req.raw, c.env ?? {}, most.bytes, isRows ? undefined : makeJudge(most))
  if (bytes instanceof Problem) return bytes
  if (isRows) return { ...sent, bytes }
  if (bytes.length === 0 && isOptional) return { ...sent, body: {} }
  if (refused !== undefined) return refused
  const parsed = parseBody(bytes)
  return parsed instanceof Problem ? parsed : { ...sent, bytes, body: parsed.json }
}

/** The version that the caller expects. What makes something new has none, so that `If-Match` cannot hold there. */
const expectedOf = (header: string | null, operation: Operation, body: unknown): Expected | Problem => {
  if (header === null || !isWrite(operation)) return { version: undefined }
  const { ifMatch } = operation
  if (ifMatch === undefined || (ifMatch === 'with id' && !hasId(body))) return nothingToMatch()
  return expectedVersion(header)
}

const permissionOf = ({ permission, permissionOfMode }: Operation, search: string): Permission | undefined => {
  if (permissionOfMode === undefined) return permission
  const query = new URLSearchParams(search)
  return permissionOfMode.find(({ applies }) => applies(query))?.permission
}

const publicCall: Call = { actor: 'nobody', grants: [] }

// Pointers say where in the body something is wrong, and not every operation has one that is a plain object.
const pointed = (problem: Problem, { body }: Operation): Problem => {
  if (body === undefined || 'rows' in body) return outsideBody(problem)
  return problem
}

/** Carries out one request: who calls, what was sent, what the domain says to it. */
export const handle = async (c: RequestContext, operation: Operation, parts: AppParts): Promise<Outcome> => {
  const { raw } = c.req
  const { headers } = raw
  const now = parts.now()
  const { pathname, search } = splitUrl(raw.url)
  if (pathname.length + search.length > limits.urlCharacters) return { result: urlTooLong(limits.urlCharacters) }
  const params = paramsOf(c, operation)
  const preferred: Incoming['preferred'] = (types) => preferredType(c, types)

  if (operation.isPublic === true) {
    const sent = await readSent(c, operation, search)
    if (sent instanceof Problem) return { result: sent }
    const incoming = { params, headers, preferred, call: publicCall, mayStill: async () => true, ...sent }
    return { result: await run(operation.handle(parts, incoming)) }
  }

  const key = await authenticate(headers.get('authorization'), parts.keys, now)
  if (key instanceof Problem) return { result: key }
  const tooMany = parts.rateLimit(key.id)
  if (tooMany !== undefined) return { key, result: tooMany }
  const permission = permissionOf(operation, search)
  if (permission !== undefined && !permits(key.grants, permission))
    return { key, result: refusalProblem(new PermissionDenied({ permission })) }
  const actor = actorOf(headers.get('lotbook-actor'), key)
  if (actor instanceof Problem) return { key, result: actor }

  const sent = await readSent(c, operation, search)
  if (sent instanceof Problem) return { key, actor, result: sent }
  const expected = expectedOf(headers.get('if-match'), operation, sent.body)
  if (expected instanceof Problem) return { key, actor, result: expected }
  let isReplay = false
  const onReplay = (): void => {
    isReplay = true
  }
  const path = canonicalPath(operation, params)
  const told = { keyId: key.id, actor, method: 'POST', path, query: search, body: sent.bytes }
  const idempotencyKey = headers.get('idempotency-key')
  let receipt: Receipt | Problem | undefined
  if (operation.happensOnce === true && idempotencyKey === null) receipt = ownReceipt(told, now, onReplay)
  else if (operation.method === 'POST') receipt = receiptOf(idempotencyKey, told, now, onReplay)
  if (receipt instanceof Problem) return { key, actor, result: receipt }
  const call: Call = { actor, grants: key.grants, expectedVersion: expected.version, receipt }
  const mayStill = async (): Promise<boolean> =>
    !((await authenticate(headers.get('authorization'), parts.keys, parts.now())) instanceof Problem)
  const result = await run(operation.handle(parts, { params, headers, preferred, call, mayStill, ...sent }))
  return { key, actor, result: result instanceof Problem ? pointed(result, operation) : result, isReplay }
}

/** Path and query of an absolute URL, as they were sent. */
export const splitUrl = (url: string): { readonly pathname: string; readonly search: string } => {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const hash = url.indexOf('#', start)
  const path = start === -1 ? '/' : url.slice(start, hash === -1 ? undefined : hash)
  const mark = path.indexOf('?')
  return mark === -1 ? { pathname: path, search: '' } : { pathname: path.slice(0, mark), search: path.slice(mark) }
}

const noParams = {}

// Names are kept in NFC, so they are looked up in NFC.
const paramsOf = (c: RequestContext, { path }: Operation): Readonly<Record<string, string>> => {
  if (!path.includes('{')) return noParams
  const params = Object.entries<string>(c.req.param())
  return Object.fromEntries(params.map(([name, value]) => [name, value.normalize('NFC')]))
}
