import { largestPage, pageSize } from '@lotbook/domain'
import type { BodyShape, Operation } from '../operation.ts'
import type { Components, Json } from './json-schema.ts'

/** The text with a capital letter. */
export const upperFirst = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** The rule of a field in the domain's own words: what it answers to a value that no field takes. */
const ruleOf = ({ decode }: BodyShape, key: string): string => {
  const [message = ''] = decode({ [key]: [] }).violations.toMap()[key] ?? []
  return message === '' ? '' : `${upperFirst(message)}.`
}

interface Definition {
  readonly name: string
  readonly properties: Json
}

const definitionOf = (components: Components, shape: BodyShape): Definition => {
  const name = String(components.use(shape.schema)['$ref']).split('/').at(-1) ?? ''
  return { name, properties: components.take(name)['properties'] as Json }
}

const described = (shape: BodyShape, key: string, schema: unknown): Json => ({
  ...(schema as Json),
  ...(ruleOf(shape, key) !== '' && { description: ruleOf(shape, key) }),
})

/** The schema of a request: the domain's, without what stands elsewhere, each field with its rule. */
export const requestSchema = (
  components: Components,
  id: string,
  shape: BodyShape,
  without: readonly string[] = [],
): Json => {
  const { name, properties } = definitionOf(components, shape)
  const keys = Object.keys(properties).filter((key) => !without.includes(key))
  const required = shape.required.filter((key) => !without.includes(key))
  const own = without.length === 0 ? name : `${upperFirst(id)}Request`
  return components.add(own, {
    type: 'object',
    properties: Object.fromEntries(keys.map((key) => [key, described(shape, key, properties[key])])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  })
}

const pageLimit: Json = { type: 'integer', minimum: 1, maximum: largestPage, default: pageSize }

// A query parameter is text and never null: what the domain takes as a word too is written as what it means.
const parameterSchema = (key: string, schema: Json): Json => {
  if (key === 'limit') return pageLimit
  const [first = schema] = (schema['anyOf'] ?? [schema]) as readonly Json[]
  const { type, enum: words, description: _rule, ...rest } = first
  return {
    type: Array.isArray(type) ? type[0] : type,
    ...(Array.isArray(words) && { enum: words.filter((word) => word !== null) }),
    ...rest,
  }
}

const commaSeparated: Json = { style: 'form', explode: false }

/** The query parameters, as the domain's shape has them. */
export const queryParameters = (components: Components, { query, dryRun }: Operation, names: readonly string[]) => {
  const properties = query === undefined ? {} : definitionOf(components, query.shape).properties
  const parameters = names
    .filter((name) => name !== 'dryRun')
    .map((name) => ({
      name,
      in: 'query',
      ...(query?.shape.required.includes(name) === true && { required: true }),
      description: query === undefined ? '' : ruleOf(query.shape, name),
      schema: parameterSchema(name, properties[name] as Json),
    }))
    .map((parameter) => (parameter.schema['type'] === 'array' ? { ...parameter, ...commaSeparated } : parameter))
  return dryRun === true ? [...parameters, { $ref: '#/components/parameters/DryRun' }] : parameters
}
