import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { componentSchema, type Documented, document, documented } from './contract.ts'
import { type Harness, makeHarness, makeTestPlant, type Send, type TestPlant } from './harness.ts'

let app: Harness
let plant: TestPlant & { readonly webhook: string }

beforeAll(async () => {
  app = await makeHarness()
  const { id: webhook } = await app.send('/v1/webhooks', { json: { url: 'https://hooks.example/' } })
  plant = { ...(await makeTestPlant(app)), webhook }
  await app.send('/v1/reason-codes', { json: { lotRecordType: 'SCRAP', reasonCode: 'DAMAGED' } })
})
afterAll(() => app.close())

type Schema = Readonly<Record<string, unknown>>

// An id that is there is chosen when the request is sent: it stands here as a word.
const known = ['$unit', '$material', '$dock', '$cellar', '$lot', '$receipt', '$webhook'] as const
const ids = fc.constantFrom(...known, '01JE6F0CE9-T94PZD8R-TH9J01TJ')

const text = fc.oneof(
  ids,
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    'S-1',
    'Plant/Dock',
    'Raw/Sugar',
    'kg',
    'AVAILABLE',
    '1.5',
    'true',
    '../..',
    '%2F',
    '\u0000',
    'null',
  ),
  fc.date({ min: new Date(0), max: new Date('2030-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
)
const number = fc.oneof(
  fc.integer({ min: -5, max: 200 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(0.1, 1e308, 1e-7),
)
const junk = fc.oneof(text, number, fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 3 }))

/** What a field of that name means, so that some requests come all the way through. */
const meant: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(inventoryLotId|lotId|lot|sourceLotId|lotIdOrName)$/u, ['$lot']],
  [/location/iu, ['$dock', '$cellar']],
  [/^material(Id|IdOrPath)?$/u, ['$material']],
  [/^(q|newQ)uantity$/u, ['1', '0.5', '20']],
  [/^unitOfMeasureId$/u, ['$unit']],
  [/^url$/u, ['https://hooks.example/x']],
  [/Symbol$/u, ['kg']],
  [/[dD]ate$|asOf/u, ['2026-11-22T08:00:00Z', '2026-11-23T08:00:00.000Z']],
]

const meantBy = (name: string): fc.Arbitrary<unknown> | undefined => {
  const words = meant.find(([pattern]) => pattern.test(name))?.[1]
  return words === undefined ? undefined : fc.constantFrom(...words)
}

/** A value that a schema of the document allows, mostly. */
const allowedBy = (schema: Schema): fc.Arbitrary<unknown> => {
  const { enum: words, anyOf, oneOf, allOf, const: only, items, $ref: reference, type, pattern } = schema
  if (typeof reference === 'string') return allowedBy(componentSchema(reference.split('/').at(-1) ?? ''))
  if (schema['properties'] !== undefined) return members(schema['properties'] as Readonly<Record<string, Schema>>)
  if (only !== undefined) return fc.constant(only)
  if (Array.isArray(words)) return fc.constantFrom(...words)
  if (Array.isArray(oneOf)) return fc.oneof(...oneOf.map((choice: Schema) => allowedBy(choice)))
  if (Array.isArray(allOf))
    return fc
      .tuple(...allOf.map((part: Schema) => allowedBy(part)))
      .map((parts) => Object.assign({}, ...parts) as unknown)
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((choice: Schema) => allowedBy(choice)))
  const [first] = Array.isArray(type) ? type : [type]
  switch (first) {
    case 'array':
      return fc.array(allowedBy(items as Schema), { maxLength: 3 })
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: 1, max: 200 })
    case 'number':
      return number
    case 'null':
      return fc.constant(null)
    default:
      return typeof pattern === 'string' && pattern.includes('26}') ? ids : text
  }
}

const members = (properties: Readonly<Record<string, Schema>>): fc.Arbitrary<Record<string, unknown>> => {
  const fields = Object.entries(properties).map(([name, schema]) => [
    name,
    fc.oneof(
      { weight: 10, arbitrary: meantBy(name) ?? allowedBy(schema) },
      { weight: 5, arbitrary: allowedBy(schema) },
      { weight: 1, arbitrary: junk },
    ),
  ])
  const every = fc.record(Object.fromEntries(fields), { requiredKeys: [] })
  // Few fields are more often right together than many.
  const some = fc.tuple(every, fc.integer({ min: 2, max: 7 })).map(([all, count]) => {
    const given = Object.entries(all)
    const first = given.length === 0 ? 0 : count % given.length
    return Object.fromEntries([...given.slice(first), ...given.slice(0, first)].slice(0, count))
  })
  return fc.oneof(every, some)
}

const unknownMembers = fc.dictionary(fc.oneof(fc.string({ maxLength: 8 }), fc.constant('__proto__')), junk, {
  maxKeys: 2,
})
const withUnknown = (good: fc.Arbitrary<Record<string, unknown>>) =>
  fc.oneof(
    { weight: 5, arbitrary: good },
    { weight: 1, arbitrary: fc.tuple(good, unknownMembers).map(([one, other]) => ({ ...one, ...other })) },
  )

const bodyOf = ({ operation }: Documented): fc.Arbitrary<string | undefined> => {
  const reference = operation.requestBody?.content['application/json']?.schema.$ref
  if (reference === undefined) return fc.constant(undefined)
  const { properties } = componentSchema(reference.split('/').at(-1) ?? '') as { properties: Record<string, Schema> }
  return fc.oneof(
    { weight: 12, arbitrary: withUnknown(members(properties)).map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 40 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  )
}

const parametersOf = ({ operation }: Documented) =>
  operation.parameters.map((parameter) => {
    const name = parameter.$ref?.split('/').at(-1)
    return name === undefined ? parameter : (document.components['parameters']?.[name] as typeof parameter)
  })

const queryOf = (entry: Documented): fc.Arbitrary<Record<string, unknown>> => {
  const named = parametersOf(entry).filter(({ in: place }) => place === 'query')
  return withUnknown(members(Object.fromEntries(named.map(({ name, schema }) => [name, schema as Schema]))))
}

const visible = fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom(...'abc"3-*,W/') })
const headers = fc.record(
  {
    'Idempotency-Key': visible,
    'If-Match': fc.oneof(visible, fc.constantFrom('"1"', '"2"', '*')),
    'If-None-Match': visible,
    'Lotbook-Actor': visible,
    'Content-Type': fc.constantFrom('application/json', 'application/problem+json', 'text/plain'),
  },
  { requiredKeys: [] },
)

const ownIds = {
  '/v1/lot-records': '$receipt',
  '/v1/lots': '$lot',
  '/v1/units': '$unit',
  '/v1/materials': '$material',
  '/v1/webhooks': '$webhook',
}
const ownId = (path: string): string =>
  Object.entries(ownIds).find(([folder]) => path.startsWith(`${folder}/`))?.[1] ?? '$dock'

const requests = fc.constantFrom(...documented).chain((entry) =>
  fc.record({
    entry: fc.constant(entry),
    id: fc.oneof({ weight: 2, arbitrary: fc.constant(ownId(entry.path)) }, { weight: 1, arbitrary: text }),
    query: fc.oneof(fc.constant({}), queryOf(entry)),
    body: bodyOf(entry),
    headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headers }),
  }),
)

const filled = (value: string): string =>
  value.replaceAll(/\$(\w+)/gu, (word, name: string) => (name in plant ? plant[name as keyof typeof plant] : word))

// The words of a URL are written in UTF-8, and half a character has none.
const encoded = (value: unknown): string =>
  encodeURIComponent(
    filled(typeof value === 'string' ? value : String(JSON.stringify(value))).replaceAll(/\p{Cs}/gu, '?'),
  )

// The long form sends 20,000.
const numRuns = Number(process.env['LOTBOOK_FUZZ_RUNS'] ?? 2000)

describe('whatever is sent', () => {
  it('is answered as documented, and never as a fault of the server', async () => {
    const statuses = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(requests, async ({ entry, id, query, body, headers: sent }) => {
        const search = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
        const path = entry.path.replace('{id}', encoded(id) || 'x')
        const request: Send = { method: entry.method, headers: sent, ...(body !== undefined && { body: filled(body) }) }
        const { status, text: answer } = await app.send(
          search.length === 0 ? path : `${path}?${search.join('&')}`,
          request,
        )
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        expect(status, answer).toBeLessThan(500)
      }),
      { numRuns },
    )
    console.info(`answers: ${JSON.stringify(Object.fromEntries([...statuses].sort(([a], [b]) => a - b)))}`)
    // The requests are good enough to come through, and bad enough to be refused.
    for (const status of [200, 201, 400, 404, 422]) expect(statuses.get(status) ?? 0, String(status)).toBeGreaterThan(0)
  })
})
