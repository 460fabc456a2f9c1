import { Schema } from 'effect'
import {
  enumField,
  type Field,
  flagField,
  instantField,
  nameField,
  pathField,
  quantityField,
  textField,
  ulidField,
  wholeField,
} from '../fields.ts'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import { greatestQuantity, type Quantity, showQuantity } from '../quantity/quantity.ts'
import { type Decoded, defineRequest } from '../request.ts'
import { type Instant, showInstant } from '../time/instant.ts'

/** How one field stands in a line of an archive: how it is read, and how it is written. Null is null. */
interface Column {
  readonly field: Field<unknown>
  readonly show: (value: never) => unknown
  readonly isNullable: boolean
}

const same = (value: unknown): unknown => value
const column = <A>(field: Field<A>, show: (value: A) => unknown = same): Column => ({
  field,
  show,
  isNullable: false,
})

/** The columns that archives have. */
export const columns = {
  id: column<Ulid>(ulidField, showUlid),
  instant: column<Instant>(instantField, showInstant),
  quantity: column<Quantity>(quantityField, showQuantity),
  name: column(nameField),
  path: column(pathField),
  text: column(textField),
  flag: column(flagField),
  count: column(wholeField(0, greatestQuantity)),
  number: column(wholeField(1, greatestQuantity)),
  /** A value of the change table: JSON that is no list and no object. */
  scalar: column<string | number | boolean>({
    kind: 'text',
    words: [],
    schema: Schema.optionalKey(Schema.NullOr(Schema.Union([Schema.String, Schema.Finite, Schema.Boolean]))),
    message: 'must be text, a number, true or false',
    read: (value) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined,
  }),
  word: <const W extends readonly string[]>(words: W) => column(enumField(words)),
} as const

/** The same column, where nothing may stand in it. */
export const orNull = (of: Column): Column => ({ ...of, isNullable: true })

/** What may be wrong with a line, or what it says. */
export type ReadLine<A> = { readonly value: A } | { readonly wrong: string }

/** How one kind of thing stands in an archive: every field of it, in this order. */
export interface LineCodec<A> {
  readonly show: (value: A) => Readonly<Record<string, unknown>>
  readonly read: (line: unknown) => ReadLine<A>
}

const wrongOf = ({ violations }: Decoded<unknown>): string =>
  Object.entries(violations.toMap())
    .map(([field, messages]) => `${field} ${messages.join('; ')}`)
    .join('. ')

/** Makes a codec from a column for each field of the thing. What is read is just what would be written. */
export const lineCodec = <A extends object>(
  identifier: string,
  of: { readonly [K in keyof A]: Column },
): LineCodec<A> => {
  const entries = Object.entries<Column>(of)
  const shape = defineRequest(
    identifier,
    Object.fromEntries(entries.map(([name, { field }]) => [name, field])),
    entries.filter(([, { isNullable }]) => !isNullable).map(([name]) => name),
  )
  return {
    show: (value) => {
      const fields = value as Readonly<Record<string, unknown>>
      return Object.fromEntries(
        entries.map(([name, { show }]) => [name, fields[name] === null ? null : show(fields[name] as never)]),
      )
    },
    read: (line) => {
      const decoded = shape.decode(line)
      return decoded.violations.isEmpty ? { value: decoded.request as A } : { wrong: wrongOf(decoded) }
    },
  }
}
