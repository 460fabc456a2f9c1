import type { Value } from '../program.ts'
import type { Row } from '../statement.ts'
import type { Bit, Tables } from '../tables.ts'

type TableName = keyof Tables & string
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
  readonly read: (row: object) => A
  /** The entity's own columns; references to other tables are for the caller to add. */
  readonly write: (entity: A) => Row<C>
}

/** A flag as the database keeps it. */
export const bit = (flag: boolean): Bit => (flag ? 1 : 0)

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
    const fields: readonly (readonly [field: string, key: string, flag: boolean])[] = [
      ...ownFields.map(([field, column]) => [field, `${table}_${column}`, isFlag.has(field)] as const),
      ...(Object.entries(joined) as [string, string][]).map(([field, key]) => [field, key, false] as const),
    ]
    const columns = ownFields.map(([, column]) => column)
    return {
      columns,
      selection: [...keys, ...columns].map((column) => `${table}.${column} as ${table}_${column}` as Aliased<T>),
      read: (row) => {
        const values = row as Record<string, Value>
        const entity: Record<string, Value | boolean> = {}
        for (const [field, key, flag] of fields) {
          const value = values[key] as Value
          entity[field] = flag ? value === 1 : value
        }
        return entity as A
      },
      write: (entity) => {
        const values = entity as Record<string, Value | boolean>
        const row: Record<string, Value> = {}
        for (const [field, column] of ownFields) {
          const value = values[field] as Value | boolean
          row[column] = typeof value === 'boolean' ? bit(value) : value
        }
        return row as Row<C>
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
