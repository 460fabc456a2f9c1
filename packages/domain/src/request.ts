import { Schema } from 'effect'
import type { Field } from './fields.ts'

/** Field name → what is wrong with it. Collected in full before anything is refused. */
export class Violations {
  #fields: Map<string, string[]> | undefined

  /** Notes one more thing that is wrong with a field. */
  add(field: string, message: string): void {
    this.#fields ??= new Map()
    const messages = this.#fields.get(field)
    if (messages === undefined) this.#fields.set(field, [message])
    else if (!messages.includes(message)) messages.push(message)
  }

  has(field: string): boolean {
    return this.#fields?.has(field) === true
  }

  get isEmpty(): boolean {
    return this.#fields === undefined
  }

  /** The map that the `validate…` functions return. */
  toMap(): Record<string, readonly string[]> {
    return Object.fromEntries(this.#fields ?? [])
  }
}

type Fields = Readonly<Record<string, Field<unknown>>>

/** A request as the domain reads it: every field is there, null where nothing was given. */
export type RequestOf<F extends Fields> = {
  readonly [K in keyof F]: (F[K] extends Field<infer A> ? A : never) | null
}

/** A request that was read as far as it could be, with all that is wrong with it. */
export interface Decoded<R> {
  readonly request: R
  readonly violations: Violations
}

/** The wire form of a request, and how to read it. */
export interface RequestShape<F extends Fields> {
  /** The schema of the wire form, for documents and clients. Unknown fields are refused. */
  readonly schema: Schema.Codec<unknown, unknown>
  readonly fields: F
  readonly keys: readonly (keyof F & string)[]
  readonly required: readonly (keyof F & string)[]
  readonly decode: (input: unknown) => Decoded<RequestOf<F>>
}

const isObject = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

/** Defines a request by its fields. A field absent or null reads as null; `required` ones are then a violation. */
export const defineRequest = <const F extends Fields>(
  identifier: string,
  fields: F,
  required: readonly (keyof F & string)[] = [],
): RequestShape<F> => {
  const keys = Object.keys(fields) as (keyof F & string)[]
  const nothing = Object.fromEntries(keys.map((key) => [key, null]))
  const byKey = new Map<string, Field<unknown>>(Object.entries(fields))

  const decode = (input: unknown): Decoded<RequestOf<F>> => {
    const violations = new Violations()
    if (!isObject(input)) violations.add('(root)', 'must be a JSON object')
    const given = isObject(input) ? input : {}
    const request: Record<string, unknown> = { ...nothing }
    for (const key in given) {
      const own = byKey.get(key)
      if (own === undefined) {
        violations.add(key, 'is not a field of this request')
        continue
      }
      const value = given[key]
      if (value === undefined || value === null) continue
      const read = own.read(value)
      if (read === undefined) violations.add(key, own.message)
      else request[key] = read
    }
    for (const key of required) if (request[key] === null && !violations.has(key)) violations.add(key, 'is required')
    return { request: request as RequestOf<F>, violations }
  }

  const schemas = Object.fromEntries(Object.entries(fields).map(([key, { schema }]) => [key, schema]))
  return { schema: Schema.Struct(schemas).annotate({ identifier }), fields, keys, required, decode }
}
