import pg from 'pg'
import { vi } from 'vitest'
import { RoundTrip } from '../src/postgres/round-trip.ts'

/** Hears of each statement that this process sends to PostgreSQL from now on: `told` gets its text. */
export const hearStatements = (told: (sql: string) => void): { readonly end: () => void } => {
  const query = Reflect.get(pg.Client.prototype, 'query') as (...given: unknown[]) => unknown
  const spied = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given) {
    const asked: unknown = given[0]
    if (asked instanceof RoundTrip) for (const { sql } of asked.calls) told(sql)
    else told(typeof asked === 'string' ? asked : (asked as pg.QueryConfig).text)
    return Reflect.apply(query, this, given)
  })
  return { end: () => spied.mockRestore() }
}

/** The statements of programs that this process sends to PostgreSQL from now on; not what a new connection is set to. */
export const statementsSent = (): { readonly texts: readonly string[]; readonly end: () => void } => {
  const texts: string[] = []
  const { end } = hearStatements((sql) => {
    if (!/^(set|show) /u.test(sql)) texts.push(sql)
  })
  return { texts, end }
}
