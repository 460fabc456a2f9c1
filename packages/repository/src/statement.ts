import type { Compilable, Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Call, Value } from './program.ts'
import type { Tables } from './tables.ts'

/** Stands for a value that is not there yet while a statement is compiled. */
class Marker {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

const markers = new Proxy({}, { get: (_, name) => new Marker(String(name)) })

/**
 * Compiles a statement once; what comes back binds values to it by name and costs no more than making an array.
 *
 * @example
 * const byUlid = statement((p: { ulid: Ulid }) => db.selectFrom('unit').selectAll().where('ulid', '=', p.ulid))
 * const row = yield* first(byUlid({ ulid }))
 */
export const statement = <P extends object, R>(build: (p: P) => Compilable<R>): ((values: P) => Call<R>) => {
  const { sql: text, parameters } = build(markers as P).compile()
  const slots = parameters.map((parameter) =>
    parameter instanceof Marker ? parameter.name : { value: parameter as Value },
  )
  return (values) => {
    const named = values as Readonly<Record<string, Value>>
    return {
      sql: text,
      parameters: slots.map((slot) => (typeof slot === 'string' ? (named[slot] as Value) : slot.value)),
    }
  }
}

type TableName = keyof Tables & string
type Column<T extends TableName> = keyof Tables[T] & string

/** The values of some columns. */
export type Row<C extends string> = Readonly<Record<C, Value>>

// Kysely cannot follow a table that is a type parameter; the columns were checked where they were given.
const marked = (columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, new Marker(column)])) as never

// An update's type depends on its table so much that a type parameter cannot be called; any one table stands for all.
const anyTable = (table: TableName) => table as 'unit'

/** Inserts one row with these columns. */
export const insertion = <T extends TableName, C extends Column<T>>(
  db: Kysely<Tables>,
  table: T,
  columns: readonly C[],
): ((row: Row<C>) => Call<unknown>) => statement(() => db.insertInto(table).values(marked(columns)))

/** Inserts one row with these columns and gives back the surrogate key that it got. */
export const insertionWithKey = <T extends TableName, C extends Column<T>>(
  db: Kysely<Tables>,
  table: T,
  columns: readonly C[],
): ((row: Row<C>) => Call<{ readonly id: number }>) =>
  statement(() => db.insertInto(table).values(marked(columns)).returning(sql<number>`id`.as('id')))

/** Sets these columns of the row that has the given values in the key columns. */
export const updating = <T extends TableName, C extends Column<T>, K extends Column<T>>(
  db: Kysely<Tables>,
  table: T,
  columns: readonly C[],
  key: readonly K[],
): ((row: Row<C | K>) => Call<unknown>) =>
  statement((p: Row<K>) => {
    const matches = sql.join(
      key.map((column) => sql`${sql.ref(column)} = ${p[column]}`),
      sql` and `,
    )
    return db.updateTable(anyTable(table)).set(marked(columns)).where(sql<boolean>`${matches}`)
  })
