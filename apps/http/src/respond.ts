import { jsonOf } from '@lotbook/domain'
import { entityTag, isUnchanged } from './entity-tag.ts'
import type { Outcome } from './handle.ts'
import type { Answer } from './operation.ts'
import { Problem, problemBody, problemType } from './problem.ts'
import { securityHeaders } from './security-headers.ts'

const json = 'application/json'

/** The headers of a problem. */
export const problemHeaders = (problem: Problem, requestId: string): Readonly<Record<string, string>> => ({
  'Content-Type': problemType,
  'X-Request-Id': requestId,
  ...securityHeaders,
  ...problem.headers,
})

/** A problem as an answer. */
export const respondToProblem = (problem: Problem, path: string, requestId: string): Response =>
  new Response(problemBody(problem, path, requestId), {
    status: problem.status,
    headers: problemHeaders(problem, requestId),
  })

/** The answer to a request, with every header. Header objects stay plain: the Node server writes those as they are. */
export const respond = (request: Request, { result, isReplay }: Outcome, path: string, requestId: string): Response => {
  if (result instanceof Problem) return respondToProblem(result, path, requestId)
  const { status, body, text, stream, version, headers }: Answer = result
  const content = stream ?? text ?? jsonOf(body)
  const tag = version === undefined || typeof content !== 'string' ? undefined : entityTag(version, content)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const all: Record<string, string> = { 'Content-Type': json, 'X-Request-Id': requestId, ...securityHeaders }
  if (tag !== undefined) all['ETag'] = tag
  // What has a tag may be kept by its caller, and must be asked about before it is used.
  if (tag !== undefined && isRead) all['Cache-Control'] = 'private, no-cache'
  if (isReplay === true) all['Idempotency-Replayed'] = 'true'
  Object.assign(all, headers)
  if (tag !== undefined && isRead && isUnchanged(request.headers.get('if-none-match'), tag)) {
    const { 'Content-Type': _none, ...rest } = all
    return new Response(null, { status: 304, headers: rest })
  }
  // Nobody will read what follows the headers.
  if (stream !== undefined && request.method === 'HEAD') void stream.cancel()
  return new Response(content, { status, headers: all })
}
