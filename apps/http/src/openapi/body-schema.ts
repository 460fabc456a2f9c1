import type { ListOfRequests, Operation } from '../operation.ts'
import type { Components, Json } from './json-schema.ts'
import { requestSchema, upperFirst } from './request-schema.ts'

// Alone, a request may leave its type out; in a list it is what tells one from another.
const itemSchema = (components: Components, type: string, shape: ListOfRequests['byType'][string]): Json => ({
  allOf: [
    requestSchema(components, type, shape),
    { type: 'object', properties: { type: { const: type } }, required: ['type'] },
  ],
})

const listSchema = (components: Components, name: string, { key, most, byType }: ListOfRequests): Json => {
  const items = { oneOf: Object.entries(byType).map(([type, shape]) => itemSchema(components, type, shape)) }
  return components.add(name, {
    type: 'object',
    properties: { [key]: { type: 'array', minItems: 1, maxItems: most, items } },
    required: [key],
    additionalProperties: false,
  })
}

/** The body of an operation, by content type. */
export const bodyContent = (components: Components, { id, body }: Operation): Json => {
  if (body === undefined) return {}
  if ('rows' in body) return Object.fromEntries(body.rows.types.map((type) => [type, { schema: { type: 'string' } }]))
  if ('document' in body) {
    const schema = components.use(body.document.schema)
    return Object.fromEntries(body.document.types.map((type) => [type, { schema }]))
  }
  const schema =
    'list' in body
      ? listSchema(components, `${upperFirst(id)}Request`, body.list)
      : requestSchema(components, id, body.shape, body.without)
  return { 'application/json': { schema } }
}
