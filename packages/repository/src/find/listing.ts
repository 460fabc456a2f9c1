import { type Compilable, type RawBuilder, sql } from 'kysely'
import type { Call } from '../program.ts'
import { wideStatement } from '../statement.ts'
import type { WideRow } from '../wide-row.ts'

type Given<V> = { readonly [K in keyof V]-?: Exclude<V[K], undefined> }

// How many rows a statement reads. They stand in its text, since a database plans for a few rows otherwise than for any
// number of them, and there are few such numbers, since each makes a statement.
const rowsRead = [2, 11, 26, 51, 101, 201] as const
const rowsFor = (limit: number): number => rowsRead.find((rows) => rows > limit) ?? limit + 1

/**
 * Makes a list's statements: one for each combination of filters that is asked for, compiled the first time.
 * A filter applies where the value of its name is given. What comes back are more rows than the limit where there are
 * more: that says that there is another page.
 */
export const listing =
  <V extends object>() =>
  <Q, R>(
    base: (values: Given<V>) => Q,
    filters: { readonly [K in keyof V]?: (query: Q, values: Given<V>) => Q },
    finish: (query: Q, limit: RawBuilder<number>) => Compilable<R>,
  ): ((values: V, limit: number) => Call<WideRow<R>>) => {
    const all = Object.entries(filters) as [keyof V & string, (query: Q, values: Given<V>) => Q][]
    const compiled = new Map<string, (values: Given<V>) => Call<WideRow<R>>>()

    const compile = (given: typeof all, rows: number) =>
      wideStatement((p: Given<V>) =>
        finish(
          given.reduce((query, [, filter]) => filter(query, p), base(p)),
          sql.lit(rows),
        ),
      )
    return (values, limit) => {
      const given = all.filter(([name]) => values[name] !== undefined)
      const rows = rowsFor(limit)
      const shape = [rows, ...given.map(([name]) => name)].join(' ')
      const made = compiled.get(shape) ?? compile(given, rows)
      compiled.set(shape, made)
      return made(values as Given<V>)
    }
  }
