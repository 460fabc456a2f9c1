import type { Compilable } from 'kysely'
import type { Call } from '../program.ts'
import { wideStatement } from '../statement.ts'
import type { WideRow } from '../wide-row.ts'

type Given<V> = { readonly [K in keyof V]-?: Exclude<V[K], undefined> }

/**
 * Makes a list's statements: one for each combination of filters that is asked for, compiled the first time.
 * A filter applies where the value of its name is given.
 */
export const listing =
  <V extends object>() =>
  <Q, R>(
    base: (values: Given<V>) => Q,
    filters: { readonly [K in keyof V]?: (query: Q, values: Given<V>) => Q },
    finish: (query: Q, limit: number) => Compilable<R>,
  ): ((values: V, limit: number) => Call<WideRow<R>>) => {
    const all = Object.entries(filters) as [keyof V & string, (query: Q, values: Given<V>) => Q][]
    const compiled = new Map<string, (values: Given<V> & { readonly limit: number }) => Call<WideRow<R>>>()

    const compile = (given: typeof all) =>
      wideStatement((p: Given<V> & { readonly limit: number }) =>
        finish(
          given.reduce((query, [, filter]) => filter(query, p), base(p)),
          p.limit,
        ),
      )
    return (values, limit) => {
      const given = all.filter(([name]) => values[name] !== undefined)
      const shape = given.map(([name]) => name).join(' ')
      const made = compiled.get(shape) ?? compile(given)
      compiled.set(shape, made)
      // One row more than is shown says whether there is another page.
      return made({ ...(values as Given<V>), limit: limit + 1 })
    }
  }
