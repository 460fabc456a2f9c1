import { Schema } from 'effect'
import { SchemaJITCompiler } from 'effect/schema'
import { readUlid, type Ulid, ulidPattern } from './identifiers/ulid.ts'
import { decimalPattern, oneUnit, type Quantity, quantityRule, readQuantity } from './quantity/quantity.ts'
import { longestName, longestText, nameRule, pathRule, readName, readPath, readText, textRule } from './text/name.ts'
import { type Instant, readInstant } from './time/instant.ts'

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

type Wire = Schema.Codec<unknown, unknown>

/** How one field of a request looks on the wire, and how it is read. */
export interface Field<A> {
  /** The wire form with all that a client can know of it beforehand, for documents. */
  readonly schema: Wire
  /** The wire form by type alone: what `read` may be given. */
  readonly type: Wire
  /** What is wrong with a value that is not of the type, or that `read` refuses. */
  readonly message: string
  /** Turns a wire value of the type into the domain's. Undefined where it breaks a rule. */
  readonly read: (value: never) => A | undefined
  readonly isEnum: boolean
}

const field = <W, A>(
  type: Schema.Codec<W, W>,
  schema: Schema.Codec<W, W>,
  message: string,
  read: (value: W) => A | undefined,
  isEnum = false,
): Field<A> => ({
  schema: Schema.optionalKey(Schema.NullOr(schema)) as Wire,
  type: Schema.optionalKey(Schema.NullOr(type)) as Wire,
  message,
  read,
  isEnum,
})

const NumberOrString = Schema.Union([Schema.Number, Schema.String])

const text = <A>(message: string, read: (value: string) => A | undefined, document = Schema.String): Field<A> =>
  field(Schema.String, document.annotate({ description: message }), message, read)

const ulidRule = 'must be a ULID: 26 characters of Crockford base 32, with or without hyphens'
const instantRule =
  'must be an ISO 8601 date and time with an offset, such as 2026-11-23T08:00:00Z, in the years 1970 to 9999'

/** A ULID in any case, with or without hyphens. */
export const ulidField: Field<Ulid> = text(ulidRule, readUlid, Schema.String.check(Schema.isPattern(ulidPattern)))

/** A date and time with an offset. */
export const instantField: Field<Instant> = text(
  instantRule,
  readInstant,
  Schema.String.annotate({ format: 'date-time' }),
)

/** A quantity as a number or a decimal string. Its sign is judged by what it is for. */
export const quantityField: Field<Quantity> = field(
  NumberOrString,
  Schema.Union([Schema.Finite, Schema.String.check(Schema.isPattern(decimalPattern))]).annotate({
    description: quantityRule,
  }),
  quantityRule,
  readQuantity,
)

const fraction = /^([1-9]\d{0,14})\/([1-9]\d{0,14})$/u
const factorRule = 'must be a positive decimal number such as 0.453592, or a fraction of whole numbers such as "5/9"'

/** An exact factor: a positive decimal, or a fraction of two whole numbers as text. */
export const factorField: Field<{ readonly numerator: number; readonly denominator: number }> = field(
  NumberOrString,
  NumberOrString.annotate({ description: factorRule }),
  factorRule,
  (value) => {
    const parts = typeof value === 'string' ? fraction.exec(value) : null
    if (parts !== null) return { numerator: Number(parts[1]), denominator: Number(parts[2]) }
    const millionths = readQuantity(value)
    return millionths !== undefined && millionths > 0 ? { numerator: millionths, denominator: oneUnit } : undefined
  },
)

/** Free text. */
export const textField: Field<string> = text(textRule, readText, Schema.String.check(Schema.isMaxLength(longestText)))

/** A name. */
export const nameField: Field<string> = text(nameRule, readName, Schema.String.check(Schema.isMaxLength(longestName)))

/** A path of names. */
export const pathField: Field<string> = text(pathRule, readPath)

/** An id or a name. */
export const idOrNameField: Field<string> = text(
  'must be a ULID or a name',
  (value) => readUlid(value) ?? readName(value),
)

/** An id or a path. */
export const idOrPathField: Field<string> = text(
  'must be a ULID or a path',
  (value) => readUlid(value) ?? readPath(value),
)

/** True or false. */
export const flagField: Field<boolean> = field(
  Schema.Boolean,
  Schema.Boolean,
  'must be true or false',
  (value) => value,
)

/** True or false, as a word too: query parameters are text. */
export const flagWordField: Field<boolean> = field(
  Schema.Union([Schema.Boolean, Schema.String]),
  Schema.Union([Schema.Boolean, Schema.Literals(['true', 'false'])]),
  'must be true or false',
  (value) => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined),
)

/** A whole number within limits, as digits too: query parameters are text. */
export const wholeWordField = (least: number, greatest: number): Field<number> =>
  field(
    NumberOrString,
    Schema.Union([
      Schema.Int.check(Schema.isBetween({ minimum: least, maximum: greatest })),
      Schema.String.check(Schema.isPattern(/^[0-9]{1,15}$/u)),
    ]),
    `must be a whole number from ${least} to ${greatest}`,
    (value) => {
      const number = typeof value === 'string' && /^[0-9]{1,15}$/u.test(value) ? Number(value) : value
      const fits = typeof number === 'number' && Number.isInteger(number) && number >= least && number <= greatest
      return fits ? number : undefined
    },
  )

/** A whole number within limits. */
export const wholeField = (least: number, greatest: number): Field<number> =>
  field(
    Schema.Number,
    Schema.Int.check(Schema.isBetween({ minimum: least, maximum: greatest })),
    `must be a whole number from ${least} to ${greatest}`,
    (value) => (Number.isInteger(value) && value >= least && value <= greatest ? value : undefined),
  )

/** One of a list of words; the case does not matter on the way in. */
export const enumField = <const L extends readonly string[]>(words: L): Field<L[number]> => {
  const schema = Schema.Literals(words) as Schema.Codec<L[number], L[number]>
  return field(schema, schema, `must be one of ${words.join(', ')}`, (word) => word, true)
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
  readonly keys: readonly (keyof F & string)[]
  readonly required: readonly (keyof F & string)[]
  readonly decode: (input: unknown) => Decoded<RequestOf<F>>
}

/**
 * Compiles a schema's decoder where the runtime allows it; three times faster on plain structures.
 * The compiler is an unstable part of Effect: this is the only use, and without it the interpreter does the same.
 */
const compile = (schema: Schema.Top): void => {
  try {
    SchemaJITCompiler.enable(schema.ast)
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
  }
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
  const structOf = (form: 'schema' | 'type') =>
    Schema.Struct(Object.fromEntries(Object.entries(fields).map(([key, { [form]: schema }]) => [key, schema])))
  const type = structOf('type')
  compile(type)
  const isOfType = Schema.is(type)
  const readers = new Map(
    Object.entries(fields).map(([key, own]) => [
      key,
      {
        isOfType: Schema.is(Schema.Struct({ [key]: own.type })),
        message: own.message,
        read: own.read as (value: unknown) => unknown,
      },
    ]),
  )
  const enums = keys.filter((key) => fields[key]?.isEnum === true)
  const nothing = Object.fromEntries(keys.map((key) => [key, null]))

  const upperCaseWords = (input: Record<string, unknown>): Record<string, unknown> => {
    let output = input
    for (const key of enums) {
      const word = input[key]
      if (typeof word !== 'string' || !/[a-z]/.test(word)) continue
      if (output === input) output = { ...input }
      output[key] = word.toUpperCase()
    }
    return output
  }

  const decode = (input: unknown): Decoded<RequestOf<F>> => {
    const violations = new Violations()
    if (!isObject(input)) violations.add('(root)', 'must be a JSON object')
    const given = isObject(input) ? upperCaseWords(input) : {}
    const sound = isOfType(given)
    const request: Record<string, unknown> = { ...nothing }
    for (const key in given) {
      const reader = readers.get(key)
      if (reader === undefined) {
        violations.add(key, 'is not a field of this request')
        continue
      }
      const value = given[key]
      if (value === undefined || value === null) continue
      const read = sound || reader.isOfType({ [key]: value }) ? reader.read(value) : undefined
      if (read === undefined) violations.add(key, reader.message)
      else request[key] = read
    }
    for (const key of required) if (request[key] === null && !violations.has(key)) violations.add(key, 'is required')
    return { request: request as RequestOf<F>, violations }
  }

  return { schema: structOf('schema').annotate({ identifier }) as Wire, keys, required, decode }
}
