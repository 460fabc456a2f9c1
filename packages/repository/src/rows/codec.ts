import type { Call, Value } from '../program.ts'
import type { Compiled, Row } from '../statement.ts'
import type { Bit, Tables } from '../tables.ts'
import type { Columns, WideRow } from '../wide-row.ts'

type TableName = keyof Tables
type Column<T extends TableName> = keyof Tables[T] & string

/** Each column of a table under a name that stays unique in a join: `lot.name as lot_name`. */
export type Aliased<T extends TableName> = { [C in Column<T>]: `${T}.${C} as ${T}_${C}` }[Column<T>]

/** How one entity stands in its table. */
export interface Codec<T extends TableName, A, C extends Column<T>> {
  /** The columns of the entity itself: no references and no surrogate key. */
  readonly columns: readonly C[]
  /** What to select, aliased. */
  readonly selection: readonly Aliased<T>[]
  /** Reads the entity out of a row in which it and what it refers to are selected. */
  readonly read: (row: WideRow<unknown>) => A
  /** Binds an entity to a statement that writes it; what is not a column of its own is given besides. */
  readonly binding: <R extends Column<T>, O>(compiled: Compiled<O>) => (entity: A, references: Row<R>) => Call<O>
}

/** A flag as the database keeps it. */
export const bit = (flag: boolean): Bit => (flag ? 1 : 0)

interface Place {
  readonly field: string
  readonly column: number
  readonly flag: boolean
}

/**
 * Makes a codec from one description: which column holds which field (`own`), under which name a join delivers the ULID
 * of what the entity refers to (`joined`), which fields are flags, and which further columns to select (`keys`).
 */
export const codecOf =
  <A extends object>() =>
  <T extends TableName, const O extends Partial<Record<keyof A, Column<T>>>>(description: {
    readonly table: T
    readonly own: O
    readonly joined: Record<Exclude<keyof A, keyof O>, string>
    readonly flags: readonly (keyof A & keyof O)[]
    readonly keys: readonly Column<T>[]
  }): Codec<T, A, NonNullable<O[keyof O]> & Column<T>> => {
    type C = NonNullable<O[keyof O]> & Column<T>
    const { table, own, joined, flags, keys } = description
    const isFlag = new Set<string>(flags.map(String))
    const ownFields = Object.entries(own) as [string, C][]
    const columns = ownFields.map(([, column]) => column)
    const aliases: readonly (readonly [field: string, alias: string])[] = [
      ...ownFields.map(([field, column]) => [field, `${table}_${column}`] as const),
      ...Object.entries<string>(joined),
    ]

    // Where a statement's rows have the fields: worked out at its first row.
    const known = new WeakMap<Columns, readonly Place[]>()
    const placesIn = (row: WideRow<unknown>): readonly Place[] => {
      const met = known.get(row.columns)
      if (met !== undefined) return met
      const places = aliases.map(([field, alias]) => {
        const column = row.columns.get(alias)
        if (column === undefined) throw new Error(`a statement that reads ${table} does not select ${alias}`)
        return { field, column, flag: isFlag.has(field) }
      })
      known.set(row.columns, places)
      return places
    }

    const fieldOf = new Map<string, string>(ownFields.map(([field, column]) => [column, field]))
    return {
      columns,
      selection: [...keys, ...columns].map((column) => `${table}.${column} as ${table}_${column}` as Aliased<T>),
      read: (row) => {
        const { values } = row
        const entity: Record<string, Value | boolean> = {}
        for (const { field, column, flag } of placesIn(row)) {
          const value = values[column] as Value
          entity[field] = flag ? value === 1 : value
        }
        return entity as A
      },
      binding: (compiled) => {
        const slots = compiled.slots.map((slot) =>
          typeof slot === 'string' ? { field: fieldOf.get(slot), column: slot } : slot,
        )
        return (entity, references) => {
          const fields = entity as Readonly<Record<string, Value | boolean>>
          const others = references as Readonly<Record<string, Value>>
          const parameters = slots.map((slot): Value => {
            if ('value' in slot) return slot.value
            const value = slot.field === undefined ? others[slot.column] : fields[slot.field]
            return typeof value === 'boolean' ? bit(value) : (value as Value)
          })
          return { sql: compiled.sql, parameters, merging: compiled.merging }
        }
      },
    }
  }

/** The columns of notes and spare fields. */
export const annotations = {
  notes: 'notes',
  enabled: 'enabled',
  spare1: 'spare1',
  spare2: 'spare2',
  spare3: 'spare3',
} as const

/** The columns of who wrote it and when. */
export const authorship = {
  createdDate: 'created_at',
  createdBy: 'created_by',
  modifiedDate: 'modified_at',
  modifiedBy: 'modified_by',
} as const
