import { limits } from '../limits.ts'
import { isWrite, type Operation, parameterNames, takesReceipt } from '../operation.ts'
import { bodyContent } from './body-schema.ts'
import { type Json, makeComponents } from './json-schema.ts'
import { queryParameters } from './request-schema.ts'
import { responsesOf } from './responses.ts'

/** The version of the API, which is that of the package. */
export const apiVersion = '0.1.0'

const text = { type: 'string' } as const

const headers = {
  RequestId: { description: 'The id of the request: as it was sent in X-Request-Id, or a new one.', schema: text },
  ETag: { description: 'The version and a digest: `"3-1f9a2b7c"`.', schema: text },
  Location: { description: 'The path of what was made.', schema: text },
  IdempotencyReplayed: {
    description: '`true` where the answer is the kept one of an earlier request with the same Idempotency-Key.',
    schema: text,
  },
  Authenticate: { description: 'How to send a key.', schema: text },
  RetryAfter: { description: 'After how many seconds to try again.', schema: { type: 'integer' } },
}

const parameters = {
  DryRun: {
    name: 'dryRun',
    in: 'query',
    description: 'Do all of it, show what would be true, and take it back.',
    schema: { type: 'boolean', default: false },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes the request happen once, however often it is sent: the same key with the same request gets the same answer for 7 days at least, with another request it is refused. A dry run ignores it.',
    schema: { ...text, minLength: 1, maxLength: limits.idempotencyKeyCharacters },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The version that you have seen, as ETag gave it (`"3-1f9a2b7c"`, or `"3"`). Another one is refused.',
    schema: text,
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of what you have. Where it is still right, the answer is 304.',
    schema: text,
  },
  LastEventId: {
    name: 'Last-Event-ID',
    in: 'header',
    description: 'The id of the last event that you have: the stream goes on after it. It wins over `after`.',
    schema: { type: 'string', pattern: '^[0-9]{1,15}$' },
  },
  Actor: {
    name: 'Lotbook-Actor',
    in: 'header',
    description: 'The name of whom to write as the author, in UTF-8. Needs INVENTORY.WRITE.ON_BEHALF.',
    schema: text,
  },
}

const use = (name: keyof typeof parameters): Json => ({ $ref: `#/components/parameters/${name}` })

const tags = {
  'Lot records': 'The transactions of the ledger: everything that is true of a lot is what its records add up to.',
  Actions: 'Ways to write a record by what happens.',
  Lots: 'Batches of one material.',
  Inventory: 'How much of which lot lies where.',
  Events: 'The ledger as it grows.',
  Units: 'Units of measure.',
  'Unit conversions': 'How much of one unit another one is, in general or for one material.',
  Materials: 'What lots are made of.',
  Locations: 'The tree of places.',
  'Reason codes': 'Why something was done.',
  'Import and export': 'Files of rows, in and out.',
  EPCIS: 'Events of EPCIS 2.0, out and in.',
  Operations: 'The server itself.',
} as const

const operationObject = (components: ReturnType<typeof makeComponents>, operation: Operation): Json => {
  const { method, id, tag, summary, description, isPublic, permission, permissionOfType, params, body } = operation
  const readsVersion = Object.values(operation.answers).some(({ versioned }) => versioned === true)
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: isPublic === true ? [] : [{ key: [] }],
    ...(isPublic !== true && { 'x-permission': permission ?? null }),
    ...(operation.permissionOfMode !== undefined && {
      'x-permission-of-mode': Object.fromEntries(
        operation.permissionOfMode.map(({ example, permission: needed }) => [example, needed]),
      ),
    }),
    ...(permissionOfType === true && { 'x-permission-of-type': true }),
    parameters: [
      ...Object.entries(params ?? {}).map(([name, about]) => ({
        name,
        in: 'path',
        required: true,
        description: about,
        schema: text,
      })),
      ...queryParameters(components, operation, parameterNames(operation)),
      ...(takesReceipt(operation) ? [use('IdempotencyKey')] : []),
      ...(operation.resumes === true ? [use('LastEventId')] : []),
      ...(operation.ifMatch !== undefined ? [use('IfMatch')] : []),
      ...(method === 'GET' && readsVersion ? [use('IfNoneMatch')] : []),
      ...(isWrite(operation) ? [use('Actor')] : []),
    ],
    ...(body !== undefined && {
      requestBody: {
        required: body.optional !== true,
        content: bodyContent(components, operation),
      },
    }),
    responses: responsesOf(components, operation),
  }
}

/** The OpenAPI 3.1 document of the operations: made of the same shapes that read requests. */
export const openApiDocument = (operations: readonly Operation[]): Json => {
  const components = makeComponents()
  const paths = new Map<string, Json>()
  for (const operation of operations) {
    if (operation.isHidden === true) continue
    const own = { [operation.method.toLowerCase()]: operationObject(components, operation) }
    paths.set(operation.path, { ...paths.get(operation.path), ...own })
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lotbook',
      version: apiVersion,
      summary: 'A ledger for inventory lots.',
      description:
        'Every answer of 400 or more is application/problem+json (RFC 9457). Ids are ULIDs: taken in any case, with hyphens or without, and given in groups of 10, 8 and 8. Unknown fields are refused.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This server.' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key.' } },
      parameters,
      headers,
      ...components.all(),
    },
  }
}
