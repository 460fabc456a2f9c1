import { type Compilable, type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Call, Value } from '../program.ts'
import { wideStatement } from '../statement.ts'
import type { WideRow } from '../wide-row.ts'
import { all, orNotGiven } from './conditions.ts'

/** The values of the filters that are given. */
export type Given<V> = { readonly [K in keyof V]-?: Exclude<V[K], undefined> }

/** Conditions by the name of the value that asks for them: each applies where that value is given. */
export type Conditions<V> = { readonly [K in keyof V]?: (p: Given<V>) => Expression<SqlBool> }

// How many rows a statement reads. They stand in its text, since a database plans for a few rows otherwise than for any
// number of them, and there are few such numbers, since each makes a statement.
const rowsRead = [2, 11, 26, 51, 101, 201] as const
const rowsFor = (limit: number): number => rowsRead.find((rows) => rows > limit) ?? limit + 1

/**
 * The filters of a list. Statements are kept for ever, by SQLite's connection and by every session of PostgreSQL, and
 * whoever may read chooses filters as they like: so only few filters have statements of their own.
 */
export interface Filters<V> {
  /** Each given one is in the statement: of those, and of what they are combined with, there must be few. */
  readonly always?: Conditions<V>
  /** What an index serves: of each group the first given one is in the statement. */
  readonly narrowing?: readonly Conditions<V>[]
  /** All others, those of the groups too, are in one statement that has every one of them, or in none. */
  readonly others?: Conditions<V>
}

/** A query that takes further conditions. */
export interface Conditional<Q> {
  readonly where: (condition: Expression<SqlBool>) => Q
}

/**
 * Makes a list's statements, each compiled the first time that it is asked for. Their number is bounded. What comes back
 * are more rows than the limit where there are more: that says that there is another page.
 */
export const listing =
  <V extends object>() =>
  <Q extends Conditional<Q>, R>(
    base: (values: Given<V>) => Q,
    { always = {}, narrowing = [], others = {} }: Filters<V>,
    finish: (query: Q, limit: RawBuilder<number>) => Compilable<R>,
  ): ((values: V, limit: number) => Call<WideRow<R>>) => {
    type Bound = Given<V> & { readonly rows: number }
    type Filter = readonly [name: keyof V & string, condition: (p: Given<V>) => Expression<SqlBool>]
    const filtersOf = (conditions: Conditions<V>) => Object.entries(conditions) as unknown as readonly Filter[]
    const fixed = filtersOf(always)
    const groups = narrowing.map(filtersOf)
    const optional = [...groups.flat(), ...filtersOf(others)]
    const compiled = new Map<string, (values: Bound) => Call<WideRow<R>>>()

    const narrowed =
      (p: Bound) =>
      (query: Q, [, condition]: Filter): Q =>
        query.where(condition(p))
    const compile = (own: readonly Filter[], rows: number) =>
      wideStatement((p: Bound) => finish(own.reduce(narrowed(p), base(p)), sql.lit(rows)))
    const compileWhole = (own: readonly Filter[], rest: readonly Filter[]) =>
      wideStatement((p: Bound) => {
        const whereGiven = rest.map(([name, condition]) => orNotGiven(p[name] as Value, sql`${condition(p)}`))
        return finish(own.reduce(narrowed(p), base(p)).where(all(whereGiven)), sql<number>`${p.rows}`)
      })
    return (values, limit) => {
      const isGiven = ([name]: Filter): boolean => values[name] !== undefined
      const own = [...fixed.filter(isGiven), ...groups.flatMap((group) => group.filter(isGiven).slice(0, 1))]
      const rest = optional.filter((filter) => !own.includes(filter))
      const isWhole = rest.some(isGiven)
      const rows = rowsFor(limit)
      const shape = [isWhole ? 'whole' : rows, ...own.map(([name]) => name)].join(' ')
      const made = compiled.get(shape) ?? (isWhole ? compileWhole(own, rest) : compile(own, rows))
      compiled.set(shape, made)
      const bound = { ...(values as Given<V>), rows }
      if (!isWhole) return { ...made(bound), chosen: true }
      const orNull = Object.entries(bound).map(([name, value]) => [name, value ?? null])
      return { ...made(Object.fromEntries(orNull) as Bound), chosen: true }
    }
  }
