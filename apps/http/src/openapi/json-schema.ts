import { JsonSchema, Schema } from 'effect'

/** A JSON Schema, as far as it is looked into here. */
export type Json = { readonly [key: string]: unknown }

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const safeInteger = Number.MAX_SAFE_INTEGER

// Effect writes a number that may be NaN as a choice of number and words. JSON has no NaN.
const isNumberOrWords = (choice: unknown): boolean =>
  Array.isArray(choice) &&
  choice.length === 2 &&
  isJson(choice[0]) &&
  choice[0]['type'] === 'number' &&
  isJson(choice[1]) &&
  Array.isArray(choice[1]['enum']) &&
  choice[1]['enum'].includes('NaN')

/** The choices within a choice that is nothing but one itself. */
const choicesOf = (choice: unknown): readonly unknown[] => {
  if (!isJson(choice) || !Array.isArray(choice['anyOf'])) return [choice]
  const own = Object.keys(choice).filter((key) => key !== 'anyOf' && key !== 'description')
  return own.length === 0 ? choice['anyOf'] : [choice]
}

const isNull = (choice: unknown): boolean => isJson(choice) && choice['type'] === 'null'

/** `string or null` as one schema, where what may be null is a plain type. */
const orNull = (choices: unknown): Json | undefined => {
  const [first, second, ...more] = Array.isArray(choices) ? (choices as readonly unknown[]) : []
  if (!isJson(first) || typeof first['type'] !== 'string' || !isNull(second) || more.length > 0) return undefined
  const { enum: words } = first
  return { ...first, type: [first['type'], 'null'], ...(Array.isArray(words) && { enum: [...words, null] }) }
}

/** The same schema, said more shortly where Effect is wordy. */
const simple = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(simple)
  if (!isJson(value)) return value
  const { anyOf, allOf, minimum, maximum, ...rest } = value
  if (isNumberOrWords(anyOf)) return { ...simpleMembers(rest), type: 'number' }
  const nullable = orNull(anyOf)
  if (nullable !== undefined) return simpleMembers({ ...nullable, ...rest })
  const [first, second, ...more] = Array.isArray(allOf) ? (allOf as readonly unknown[]) : []
  if (
    isJson(first) &&
    '$ref' in first &&
    isJson(second) &&
    more.length === 0 &&
    Object.keys(second).join() === 'description'
  )
    return { ...simpleMembers(rest), ...first, ...second }
  return {
    ...simpleMembers(rest),
    ...(Array.isArray(anyOf) && { anyOf: simple(anyOf.flatMap(choicesOf)) }),
    ...(allOf !== undefined && { allOf: simple(allOf) }),
    ...(minimum !== undefined && minimum !== -safeInteger && { minimum }),
    ...(maximum !== undefined && maximum !== safeInteger && { maximum }),
  }
}

const simpleMembers = (members: Json): Json =>
  Object.fromEntries(Object.entries(members).map(([key, value]) => [key, simple(value)]))

const sorted = (named: ReadonlyMap<string, unknown>): Json =>
  Object.fromEntries([...named].sort(([left], [right]) => (left < right ? -1 : 1)))

/** Collects what has a name in a document, and gives each thing as it is written where it is used. */
export const makeComponents = () => {
  const schemas = new Map<string, unknown>()
  const responses = new Map<string, Json>()
  return {
    /** The schema, its named parts as references. */
    use: (schema: Schema.Top): Json => {
      const { dialect, schema: root, definitions } = Schema.toJsonSchemaDocument(schema, { onExcessProperty: 'error' })
      const written = JsonSchema.toMultiDocumentOpenApi3_1({ dialect, schemas: [root], definitions })
      for (const [name, definition] of Object.entries(written.definitions)) schemas.set(name, simple(definition))
      return simple(written.schemas[0]) as Json
    },
    /** Adds a schema that was written by hand. */
    add: (name: string, schema: Json): Json => {
      schemas.set(name, schema)
      return { $ref: `#/components/schemas/${name}` }
    },
    /** The definition of a named schema, which is then not part of the document: it was only looked at. */
    take: (name: string): Json => {
      const definition = schemas.get(name) as Json
      schemas.delete(name)
      return definition
    },
    /** Names an answer that many operations give. */
    respond: (name: string, response: Json): Json => {
      responses.set(name, response)
      return { $ref: `#/components/responses/${name}` }
    },
    /** Everything that was named. */
    all: (): Json => ({ responses: sorted(responses), schemas: sorted(schemas) }),
  }
}
/** What {@link makeComponents} makes. */
export type Components = ReturnType<typeof makeComponents>
