import type { Compilable, Kysely, OperationNodeSource } from 'kysely'
import { sql } from 'kysely'
import type { Merging } from './merging.ts'
import type { Call, Value } from './program.ts'
import type { Tables } from './tables.ts'
import type { WideRow } from './wide-row.ts'

/** Stands for a value that is not there yet while a statement is compiled. */
class Marker {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** A compiled statement. In a slot stands the name of the value that belongs there, or a value that is always the same. */
export interface Compiled<R> {
  readonly sql: string
  readonly slots: readonly (string | { readonly value: Value })[]
  readonly merging?: Merging | undefined
  /** Never there at run time. */
  readonly row?: R
}

const markers = new Proxy({}, { get: (_, name) => new Marker(String(name)) })

const compile = <P extends object, R>(build: (p: P) => Compilable<R>): Compiled<R> => {
  const { sql: text, parameters } = build(markers as P).compile()
  const slots = parameters.map((parameter) =>
    parameter instanceof Marker ? parameter.name : { value: parameter as Value },
  )
  return { sql: text, slots }
}

const bind = ({ slots }: Compiled<unknown>, values: object): readonly Value[] => {
  const named = values as Readonly<Record<string, Value>>
  return slots.map((slot) => (typeof slot === 'string' ? (named[slot] as Value) : slot.value))
}

/**
 * Compiles a statement once; what comes back binds values to it by name and costs no more than making an array.
 *
 * @example
 * const byUlid = statement((p: { ulid: Ulid }) => db.selectFrom('unit').selectAll().where('ulid', '=', p.ulid))
 * const row = yield* first(byUlid({ ulid }))
 */
export const statement = <P extends object, R>(build: (p: P) => Compilable<R>): ((values: P) => Call<R>) => {
  const compiled = compile(build)
  return (values) => ({ sql: compiled.sql, parameters: bind(compiled, values) })
}

/** As `statement`, for rows of many columns. */
export const wideStatement = <P extends object, R>(
  build: (p: P) => Compilable<R>,
): ((values: P) => Call<WideRow<R>>) => {
  const compiled = compile(build)
  return (values) => ({ sql: compiled.sql, parameters: bind(compiled, values), wide: true })
}

// Where a value is always the same there is no name for it, and the statement is sent by itself.
const namesIn = ({ slots }: Compiled<unknown>): readonly string[] | undefined => {
  const names = slots.filter((slot) => typeof slot === 'string')
  return names.length === slots.length ? names : undefined
}

const mergingLookup = <P extends object>(
  compiled: Compiled<unknown>,
  build: (p: P) => OperationNodeSource,
): Merging => {
  const names = namesIn(compiled)
  if (names === undefined) throw new Error(`a lookup has a value of its own: ${compiled.sql}`)
  return { kind: 'lookup', names, build }
}

/**
 * As `statement`, for what many changes look up at once: rows of tables by values. Nothing is grouped, limited or
 * counted, so that the rows for several values can come from one statement.
 */
export const lookup = <P extends object, R>(
  build: (p: P) => Compilable<R> & OperationNodeSource,
): ((values: P) => Call<R>) => {
  const compiled = compile(build)
  const merging = mergingLookup(compiled, build)
  return (values) => ({ sql: compiled.sql, parameters: bind(compiled, values), merging })
}

/** As `lookup`, for rows of many columns. */
export const wideLookup = <P extends object, R>(
  build: (p: P) => Compilable<R> & OperationNodeSource,
): ((values: P) => Call<WideRow<R>>) => {
  const compiled = compile(build)
  const merging = mergingLookup(compiled, build)
  return (values) => ({ sql: compiled.sql, parameters: bind(compiled, values), wide: true, merging })
}

type TableName = keyof Tables
type Column<T extends TableName> = keyof Tables[T] & string

/** The values of some columns. */
export type Row<C extends string> = Readonly<Record<C, Value>>

// Kysely cannot follow a table that is a type parameter; the columns were checked where they were given.
const marked = (columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, new Marker(column)])) as never

// An update's type depends on its table so much that a type parameter cannot be called; any one table stands for all.
const anyTable = (table: TableName) => table as 'unit'

/** Compiles the insertion of one row with these columns. */
export const compileInsertion = <T extends TableName>(
  db: Kysely<Tables>,
  table: T,
  columns: readonly Column<T>[],
): Compiled<unknown> => {
  const compiled: Compiled<unknown> = compile(() => db.insertInto(table).values(marked(columns)))
  const names = namesIn(compiled)
  return { ...compiled, merging: names && { kind: 'insertion', table, columns: names } }
}

/** Compiles an insertion that gives back the surrogate key that the row got. */
export const compileInsertionWithKey = <T extends TableName>(
  db: Kysely<Tables>,
  table: T,
  columns: readonly Column<T>[],
): Compiled<{ readonly id: number }> =>
  compile(() => db.insertInto(table).values(marked(columns)).returning(sql<number>`id`.as('id')))

/** Compiles the setting of these columns in the row that has the given values in the key columns. */
export const compileUpdate = <T extends TableName>(
  db: Kysely<Tables>,
  table: T,
  columns: readonly Column<T>[],
  key: readonly Column<T>[],
): Compiled<unknown> => {
  const compiled: Compiled<unknown> = compile((p: Row<Column<T>>) => {
    const matches = sql.join(
      key.map((column) => sql`${sql.ref(column)} = ${p[column]}`),
      sql` and `,
    )
    return db.updateTable(anyTable(table)).set(marked(columns)).where(sql<boolean>`${matches}`)
  })
  const names = namesIn(compiled)
  return { ...compiled, merging: names && { kind: 'update', table, columns: names, keys: key.length } }
}

/** Binds the values of a row to a compiled statement. */
export const binding =
  <C extends string, R>(compiled: Compiled<R>): ((row: Row<C>) => Call<R>) =>
  (row) => ({ sql: compiled.sql, parameters: bind(compiled, row), merging: compiled.merging })

/** Inserts one row with these columns. */
export const insertion = <T extends TableName, C extends Column<T>>(
  db: Kysely<Tables>,
  table: T,
  columns: readonly C[],
): ((row: Row<C>) => Call<unknown>) => binding(compileInsertion(db, table, columns))

/** Sets these columns of the row that has the given values in the key columns. */
export const updating = <T extends TableName, C extends Column<T>, K extends Column<T>>(
  db: Kysely<Tables>,
  table: T,
  columns: readonly C[],
  key: readonly K[],
): ((row: Row<C | K>) => Call<unknown>) => binding(compileUpdate(db, table, columns, key))
