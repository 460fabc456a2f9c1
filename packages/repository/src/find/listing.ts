import { type Compilable, type Expression, type SqlBool, sql } from 'kysely'
import type { Call, Value } from '../program.ts'
import { wideStatement } from '../statement.ts'
import type { WideRow } from '../wide-row.ts'
import { all, orNotGiven } from './conditions.ts'

/** The values of the filters that are given. */
export type Given<V> = { readonly [K in keyof V]-?: Exclude<V[K], undefined> }

/** Conditions by the name of the value that asks for them: each applies where that value is given. */
export type Conditions<V> = { readonly [K in keyof V]?: (p: Given<V>) => Expression<SqlBool> }

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

/** Makes a list's statements, each compiled the first time that it is asked for. Their number is bounded. */
export const listing =
  <V extends object>() =>
  <Q extends Conditional<Q>, R>(
    base: (values: Given<V>) => Q,
    { always = {}, narrowing = [], others = {} }: Filters<V>,
    finish: (query: Q, limit: number) => Compilable<R>,
  ): ((values: V, limit: number) => Call<WideRow<R>>) => {
    type Bound = Given<V> & { readonly limit: number }
    type Filter = readonly [name: keyof V & string, condition: (p: Given<V>) => Expression<SqlBool>]
    const filtersOf = (conditions: Conditions<V>) => Object.entries(conditions) as unknown as readonly Filter[]
    const fixed = filtersOf(always)
    const groups = narrowing.map(filtersOf)
    const optional = [...groups.flat(), ...filtersOf(others)]
    const compiled = new Map<string, (values: Bound) => Call<WideRow<R>>>()

    const compile = (own: readonly Filter[], rest: readonly Filter[]) =>
      wideStatement((p: Bound) => {
        const query = own.reduce((narrower, [, condition]) => narrower.where(condition(p)), base(p))
        if (rest.length === 0) return finish(query, p.limit)
        const whereGiven = rest.map(([name, condition]) => orNotGiven(p[name] as Value, sql`${condition(p)}`))
        return finish(query.where(all(whereGiven)), p.limit)
      })
    return (values, limit) => {
      const isGiven = ([name]: Filter): boolean => values[name] !== undefined
      const own = [...fixed.filter(isGiven), ...groups.flatMap((group) => group.filter(isGiven).slice(0, 1))]
      const rest = optional.filter((filter) => !own.includes(filter))
      const isWhole = rest.some(isGiven)
      const shape = `${own.map(([name]) => name).join(' ')}${isWhole ? ' and others' : ''}`
      const made = compiled.get(shape) ?? compile(own, isWhole ? rest : [])
      compiled.set(shape, made)
      // One row more than is shown says whether there is another page.
      const bound = { ...(values as Given<V>), limit: limit + 1 }
      if (!isWhole) return { ...made(bound), chosen: true }
      const orNull = Object.entries(bound).map(([name, value]) => [name, value ?? null])
      return { ...made(Object.fromEntries(orNull) as Bound), chosen: true }
    }
  }
