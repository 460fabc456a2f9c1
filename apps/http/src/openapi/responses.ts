import type { Refusal } from '@lotbook/domain'
import { type AnswerDoc, isWrite, type Operation } from '../operation.ts'
import { problemType } from '../problem.ts'
import { translations } from '../refusal-problem.ts'
import type { Components, Json } from './json-schema.ts'
import { PlainProblem, problemSchema } from './problem-schemas.ts'

type Tag = Refusal['_tag']

interface Plain {
  readonly name: string
  readonly why: string
}

/** What any operation may answer, whatever it does. */
const always: Readonly<Record<number, Plain>> = {
  400: { name: 'MalformedRequest', why: 'A header, the URL or the body cannot be read.' },
  408: { name: 'RequestTimeout', why: 'The request took too long to arrive.' },
  414: { name: 'UrlTooLong', why: 'The URL is too long.' },
  431: { name: 'HeadersTooLarge', why: 'The headers are too large.' },
  500: { name: 'InternalError', why: 'The server is at fault.' },
}

/** What an operation with a body may answer. */
const withBody: Readonly<Record<number, Plain>> = {
  413: { name: 'BodyTooLarge', why: 'The body is too large.' },
  415: { name: 'UnsupportedMediaType', why: 'The body is not JSON.' },
}

/** Every refusal of the domain that an operation may answer. */
const refusalsOf = (operation: Operation): readonly Tag[] => [
  ...(operation.isPublic === true ? [] : (['PermissionDenied', 'StorageUnavailable'] as const)),
  ...(operation.refusals ?? []),
  'ValidationFailed',
  ...(operation.method === 'POST' && isWrite(operation) ? (['IdempotencyKeyReused'] as const) : []),
]

const header = (name: string): Json => ({ $ref: `#/components/headers/${name}` })

const answer = (components: Components, operation: Operation, status: string, doc: AnswerDoc): Json => ({
  description: doc.description,
  headers: {
    'X-Request-Id': header('RequestId'),
    ...(doc.versioned === true && { ETag: header('ETag') }),
    ...(status === '201' && { Location: header('Location') }),
    ...(operation.method === 'POST' && isWrite(operation) && { 'Idempotency-Replayed': header('IdempotencyReplayed') }),
  },
  content: {
    [doc.contentType ?? 'application/json']: {
      schema: doc.schema === undefined ? { type: 'string' } : components.use(doc.schema),
    },
  },
})

const problem = (description: string, schemas: readonly Json[], headers: Json = {}): Json => ({
  description,
  headers: { 'X-Request-Id': header('RequestId'), ...headers },
  content: { [problemType]: { schema: schemas.length === 1 ? schemas[0] : { anyOf: schemas } } },
})

const refused = (components: Components, status: number, tags: readonly Tag[]): Json => {
  const own = tags.map((tag) => components.use(problemSchema(tag)))
  const titles = tags.map((tag) => `${translations[tag].title}.`).join(' ')
  // 412 is also what `If-Match` comes to where there is nothing to compare it with.
  if (status === 412) return problem(titles, [...own, components.use(PlainProblem)])
  const said = problem(titles, own, status === 503 ? { 'Retry-After': header('RetryAfter') } : {})
  return status === 409 ? said : components.respond(tags.join('Or'), said)
}

/** Every answer of an operation, by status. */
export const responsesOf = (components: Components, operation: Operation): Json => {
  const byStatus = new Map<number, Json>()
  const plain = components.use(PlainProblem)
  for (const [status, { name, why }] of Object.entries({ ...always, ...(operation.body !== undefined && withBody) }))
    byStatus.set(Number(status), components.respond(name, problem(why, [plain])))
  if (operation.isPublic !== true) {
    const said = problem('No key, or none that is valid.', [plain], { 'WWW-Authenticate': header('Authenticate') })
    byStatus.set(401, components.respond('KeyNeeded', said))
  }
  const tags = new Map<number, Tag[]>()
  for (const tag of new Set(refusalsOf(operation))) {
    const { status } = translations[tag]
    tags.set(status, [...(tags.get(status) ?? []), tag])
  }
  for (const [status, found] of tags) byStatus.set(status, refused(components, status, found))
  for (const [status, doc] of Object.entries(operation.answers)) {
    byStatus.set(Number(status), answer(components, operation, status, doc))
    if (operation.method === 'GET' && doc.versioned === true) {
      const said = { description: 'What If-None-Match names is still right.', headers: { ETag: header('ETag') } }
      byStatus.set(304, components.respond('NotModified', said))
    }
  }
  return Object.fromEntries([...byStatus].sort(([left], [right]) => left - right).map(([k, v]) => [String(k), v]))
}
