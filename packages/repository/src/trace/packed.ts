import type { Kysely, RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { first, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'

/** The columns of many rows, each as one list. */
export type Packed<R> = { readonly [C in keyof R]: readonly R[C][] }

type Texts<R> = { readonly [C in keyof R]: string }

/**
 * Compiles a query whose rows come as one row of JSON lists, a list for each column: a driver takes a microsecond to hand
 * over a row, and hardly any for a text.
 */
export const packedStatement = <P extends object, R extends object>(
  { db, listOf }: Pick<Dialect, 'listOf'> & { readonly db: Kysely<Tables> },
  columns: readonly (keyof R & string)[],
  rows: (p: P) => RawBuilder<R>,
): ((values: P) => Program<Packed<R>>) => {
  const lists = sql.join(columns.map((column) => sql`${listOf(sql.ref(column))} as ${sql.ref(column)}`))
  const call = statement<P, Texts<R>>((p) => {
    const query = sql<Texts<R>>`select ${lists} from (${rows(p)}) as packed`
    return { compile: () => query.compile(db) }
  })
  return function* (values) {
    const row = yield* first(call(values))
    return Object.fromEntries(
      columns.map((column) => [column, row === undefined ? [] : JSON.parse(row[column])]),
    ) as unknown as Packed<R>
  }
}
