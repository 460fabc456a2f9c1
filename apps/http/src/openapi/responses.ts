import type { SingleRefusal } from '@lotbook/domain'
import { type AnswerDoc, type Operation, takesReceipt } from '../operation.ts'
import { problemType } from '../problem.ts'
import { translations } from '../refusal-problem.ts'
import { itemRefusals } from '../routes/refusals.ts'
import type { Components, Json } from './json-schema.ts'
import { itemProblemSchema, PlainProblem, problemSchema } from './problem-schemas.ts'

type Tag = SingleRefusal['_tag']

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
  415: { name: 'UnsupportedMediaType', why: 'The body is of another type.' },
}

/** A refusal as an operation may answer it. */
interface Told {
  readonly tag: Tag
  /** It is that of one item of a list. */
  readonly ofItem: boolean
}

const told = (tag: Tag): Told => ({ tag, ofItem: false })
const isSingle = (tag: Tag | 'BatchItemRefused'): tag is Tag => tag !== 'BatchItemRefused'

/** Every refusal of the domain that an operation may answer. */
const refusalsOf = (operation: Operation): readonly Told[] => {
  const { refusals = [] } = operation
  const own = new Set<Tag>([
    ...(operation.isPublic === true ? [] : (['PermissionDenied', 'StorageUnavailable'] as const)),
    ...refusals.filter(isSingle),
    'ValidationFailed',
    ...(takesReceipt(operation) ? (['IdempotencyKeyReused'] as const) : []),
  ])
  const ofItems = refusals.includes('BatchItemRefused') ? itemRefusals : []
  return [...[...own].map(told), ...ofItems.map((tag) => ({ tag, ofItem: true }))]
}

const header = (name: string): Json => ({ $ref: `#/components/headers/${name}` })

const answer = (components: Components, operation: Operation, status: string, doc: AnswerDoc): Json => ({
  description: doc.description,
  headers: {
    'X-Request-Id': header('RequestId'),
    ...(doc.versioned === true && { ETag: header('ETag') }),
    ...(status === '201' && doc.versioned === true && { Location: header('Location') }),
    ...(takesReceipt(operation) && { 'Idempotency-Replayed': header('IdempotencyReplayed') }),
  },
  content: {
    [doc.contentType ?? 'application/json']: {
      schema: doc.schema === undefined ? { type: 'string' } : components.use(doc.schema),
      ...(doc.events !== undefined && {
        'x-events': Object.fromEntries(Object.entries(doc.events).map(([name, data]) => [name, components.use(data)])),
      }),
    },
    ...Object.fromEntries((doc.alsoAs ?? []).map((type) => [type, { schema: { type: 'string' } }])),
  },
})

const problem = (description: string, schemas: readonly Json[], headers: Json = {}): Json => ({
  description,
  headers: { 'X-Request-Id': header('RequestId'), ...headers },
  content: { [problemType]: { schema: schemas.length === 1 ? schemas[0] : { anyOf: schemas } } },
})

const nameOf = ({ tag, ofItem }: Told): string => (ofItem ? `BatchItem${tag}` : tag)

const refused = (components: Components, status: number, refusals: readonly Told[], { streams }: Operation): Json => {
  const own = refusals.map(({ tag, ofItem }) => components.use(ofItem ? itemProblemSchema(tag) : problemSchema(tag)))
  const titles = [...new Set(refusals.map(({ tag }) => `${translations[tag].title}.`))].join(' ')
  // 412 is also what `If-Match` comes to where there is nothing to compare it with.
  if (status === 412) return problem(titles, [...own, components.use(PlainProblem)])
  if (status === 503 && streams === true)
    return problem(`${titles} Or there is no room for another one.`, [...own, components.use(PlainProblem)], {
      'Retry-After': header('RetryAfter'),
    })
  const said = problem(titles, own, status === 503 ? { 'Retry-After': header('RetryAfter') } : {})
  return status === 409 ? said : components.respond(refusals.map(nameOf).join('Or'), said)
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
    const slower = problem('The key has sent too many requests.', [plain], { 'Retry-After': header('RetryAfter') })
    byStatus.set(429, components.respond('TooManyRequests', slower))
  }
  const refusals = new Map<number, Told[]>()
  for (const refusal of refusalsOf(operation)) {
    const { status } = translations[refusal.tag]
    refusals.set(status, [...(refusals.get(status) ?? []), refusal])
  }
  for (const [status, found] of refusals) byStatus.set(status, refused(components, status, found, operation))
  for (const [status, doc] of Object.entries(operation.answers)) {
    byStatus.set(Number(status), answer(components, operation, status, doc))
    if (operation.method === 'GET' && doc.versioned === true) {
      const said = { description: 'What If-None-Match names is still right.', headers: { ETag: header('ETag') } }
      byStatus.set(304, components.respond('NotModified', said))
    }
  }
  return Object.fromEntries([...byStatus].sort(([left], [right]) => left - right).map(([k, v]) => [String(k), v]))
}
