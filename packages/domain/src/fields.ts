import { Schema } from 'effect'
import { readUlid, type Ulid, ulidPattern } from './identifiers/ulid.ts'
import { decimalPattern, oneUnit, type Quantity, quantityRule, readQuantity } from './quantity/quantity.ts'
import { longestName, longestText, nameRule, pathRule, readName, readPath, readText, textRule } from './text/name.ts'
import { type Instant, readInstant } from './time/instant.ts'

type Wire = Schema.Codec<unknown, unknown>

/** What a field holds, for faces that make a form of a request. */
export type FieldKind = 'ulid' | 'instant' | 'quantity' | 'number' | 'text' | 'name' | 'path' | 'flag' | 'word' | 'list'

/** How one field of a request looks on the wire, and how it is read. */
export interface Field<A> {
  readonly kind: FieldKind
  /** The words that a field of the kind `word` takes; empty for all others. */
  readonly words: readonly string[]
  /** The wire form with all that a client can know of it beforehand, for documents. */
  readonly schema: Wire
  /** What is wrong with a value that `read` refuses. */
  readonly message: string
  /** Turns any wire value into the domain's. Undefined where it is of another type or breaks a rule. */
  readonly read: (value: unknown) => A | undefined
}

const field = <A>(
  kind: FieldKind,
  schema: Schema.Codec<unknown, unknown>,
  message: string,
  read: (value: unknown) => A | undefined,
  words: readonly string[] = [],
): Field<A> => ({ kind, words, schema: Schema.optionalKey(Schema.NullOr(schema)), message, read })

const text = <A>(
  kind: FieldKind,
  message: string,
  read: (value: string) => A | undefined,
  document = Schema.String,
): Field<A> =>
  field(kind, document.annotate({ description: message }), message, (value) =>
    typeof value === 'string' ? read(value) : undefined,
  )

const ulidRule = 'must be a ULID: 26 characters of Crockford base 32, with or without hyphens'
const instantRule =
  'must be an ISO 8601 date and time with an offset, such as 2026-11-23T08:00:00Z, in the years 1970 to 9999'

/** A ULID in any case, with or without hyphens. */
export const ulidField: Field<Ulid> = text(
  'ulid',
  ulidRule,
  readUlid,
  Schema.String.check(Schema.isPattern(ulidPattern)),
)

/** A date and time with an offset. */
export const instantField: Field<Instant> = text(
  'instant',
  instantRule,
  readInstant,
  Schema.String.annotate({ format: 'date-time' }),
)

/** A quantity as a number or a decimal string. Its sign is judged by what it is for. */
export const quantityField: Field<Quantity> = field(
  'quantity',
  Schema.Union([Schema.Finite, Schema.String.check(Schema.isPattern(decimalPattern))]).annotate({
    description: quantityRule,
  }),
  quantityRule,
  (value) => (typeof value === 'number' || typeof value === 'string' ? readQuantity(value) : undefined),
)

const fraction = /^([1-9]\d{0,14})\/([1-9]\d{0,14})$/u
const factorRule =
  'must be a positive decimal number with at most 6 decimals such as 0.453592, else a fraction of whole numbers such as "45359237/100000000"'

/** An exact factor: a positive decimal, or a fraction of two whole numbers as text. */
export const factorField: Field<{ readonly numerator: number; readonly denominator: number }> = field(
  'number',
  Schema.Union([Schema.Finite, Schema.String]).annotate({ description: factorRule }),
  factorRule,
  (value) => {
    const parts = typeof value === 'string' ? fraction.exec(value) : null
    if (parts !== null) return { numerator: Number(parts[1]), denominator: Number(parts[2]) }
    const millionths = typeof value === 'number' || typeof value === 'string' ? readQuantity(value) : undefined
    return millionths !== undefined && millionths > 0 ? { numerator: millionths, denominator: oneUnit } : undefined
  },
)

/** Free text. */
export const textField: Field<string> = text(
  'text',
  textRule,
  readText,
  Schema.String.check(Schema.isMaxLength(longestText)),
)

/** A name. */
export const nameField: Field<string> = text(
  'name',
  nameRule,
  readName,
  Schema.String.check(Schema.isMaxLength(longestName)),
)

/** A path of names. */
export const pathField: Field<string> = text('path', pathRule, readPath)

/** An id or a name. */
export const idOrNameField: Field<string> = text(
  'name',
  `must be a ULID or a name; a name ${nameRule}`,
  (value) => readUlid(value) ?? readName(value),
)

/** An id or a path. */
export const idOrPathField: Field<string> = text(
  'path',
  `must be a ULID or a path; a path ${pathRule}`,
  (value) => readUlid(value) ?? readPath(value),
)

/** A list of values of one kind, at most `most`. */
export const listField = <A>(item: Field<A>, most: number, rule: string): Field<readonly A[]> =>
  field(
    'list',
    Schema.Array(item.schema).check(Schema.isMaxLength(most)).annotate({ description: rule }),
    rule,
    (value) => {
      if (!Array.isArray(value) || value.length > most) return undefined
      const read = value.map((one: unknown) => item.read(one))
      return read.some((one) => one === undefined) ? undefined : (read as readonly A[])
    },
  )

/** True or false. */
export const flagField: Field<boolean> = field('flag', Schema.Boolean, 'must be true or false', (value) =>
  typeof value === 'boolean' ? value : undefined,
)

/** True or false, as a word too: query parameters are text. */
export const flagWordField: Field<boolean> = field(
  'flag',
  Schema.Union([Schema.Boolean, Schema.Literals(['true', 'false'])]),
  'must be true or false',
  (value) => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined),
)

/** The same in a cell: spreadsheets write `TRUE` and `FALSE`. */
export const flagCellField: Field<boolean> = field(
  'flag',
  Schema.Union([Schema.Boolean, Schema.String.check(Schema.isPattern(/^(?:true|false)$/iu))]),
  'must be true or false',
  (value) => {
    const word = typeof value === 'string' ? value.toLowerCase() : value
    return word === true || word === 'true' ? true : word === false || word === 'false' ? false : undefined
  },
)

const isWhole = (value: unknown): value is number => Number.isInteger(value)

/** A whole number within limits, as digits too: query parameters are text. */
export const wholeWordField = (least: number, greatest: number): Field<number> =>
  field(
    'number',
    Schema.Union([
      Schema.Int.check(Schema.isBetween({ minimum: least, maximum: greatest })),
      Schema.String.check(Schema.isPattern(/^[0-9]{1,15}$/u)),
    ]),
    `must be a whole number from ${least} to ${greatest}`,
    (value) => {
      const number = typeof value === 'string' && /^[0-9]{1,15}$/u.test(value) ? Number(value) : value
      return isWhole(number) && number >= least && number <= greatest ? number : undefined
    },
  )

/** A whole number within limits. */
export const wholeField = (least: number, greatest: number): Field<number> =>
  field(
    'number',
    Schema.Int.check(Schema.isBetween({ minimum: least, maximum: greatest })),
    `must be a whole number from ${least} to ${greatest}`,
    (value) => (isWhole(value) && value >= least && value <= greatest ? value : undefined),
  )

const readAll = <A>(values: readonly unknown[], own: Field<A>): readonly A[] | undefined => {
  const read = values.map(own.read)
  return read.includes(undefined) ? undefined : (read as readonly A[])
}

/** A text, or a list of texts. */
export const textOrTextsField: Field<string | readonly string[]> = field(
  'list',
  Schema.Union([Schema.String, Schema.Array(Schema.String)]),
  'must be text or a list of texts',
  (value) => (Array.isArray(value) ? readAll(value, textField) : textField.read(value)),
)

/** A list of whatever; its items are judged by what it is for. */
export const itemsField = (item: Wire, message: string): Field<readonly unknown[]> =>
  field('list', Schema.Array(item), message, (value) => (Array.isArray(value) ? value : undefined))

/** One of a list of words; the case does not matter on the way in. */
export const enumField = <const L extends readonly string[]>(words: L): Field<L[number]> => {
  const known = new Set<unknown>(words)
  const isWord = (value: unknown): value is L[number] => known.has(value)
  const read = (value: unknown): L[number] | undefined => {
    if (isWord(value)) return value
    const word = typeof value === 'string' && /^[a-z_]+$/i.test(value) ? value.toUpperCase() : undefined
    return isWord(word) ? word : undefined
  }
  return field('word', Schema.Literals(words) as Wire, `must be one of ${words.join(', ')}`, read, words)
}

/** Some of a list of words: a list, or as a query parameter words with commas between them. */
export const severalField = <const L extends readonly string[]>(words: L): Field<readonly L[number][]> => {
  const one = enumField(words)
  const message = `must be one or more of ${words.join(', ')}, with commas between them`
  const schema = Schema.Union([Schema.Array(Schema.Literals(words)), Schema.String])
  return field('list', schema, message, (value) => {
    const parts: unknown = typeof value === 'string' ? value.split(',') : value
    if (!Array.isArray(parts) || parts.length === 0) return undefined
    const read = parts.map((part) => one.read(part))
    return read.includes(undefined) ? undefined : (read as L[number][])
  })
}

/** The same field, where empty text is a value too: it clears what is stored. */
export const clearable = <A>(own: Field<A>): Field<A | ''> => ({
  ...own,
  message: `${own.message}, or empty text to clear it`,
  read: (value) => (value === '' ? value : own.read(value)),
})
