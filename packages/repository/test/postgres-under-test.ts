import { hash, randomUUID } from 'node:crypto'
import type { Policy } from '@lotbook/domain'
import type { StoreUnderTest } from '@lotbook/domain/testing'
import pg from 'pg'
import { inject } from 'vitest'
import { postgresDialect } from '../src/postgres/dialect.ts'
import { makeEngine } from '../src/postgres/engine.ts'
import { endAll, openConnections } from '../src/postgres/open.ts'
import { makeStore } from '../src/store.ts'
import { newDatabase } from '../src/testing/postgres-server.ts'

/** The address of a new, empty database on the server that the tests share. */
export const newPostgres = (): Promise<string> =>
  newDatabase(inject('postgres'), `t_${randomUUID().replaceAll('-', '')}`)

/** Runs a statement on a database, past all that the store does, and gives its rows. */
export const queryPostgres = async (address: string, sql: string): Promise<readonly unknown[]> => {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

/** A store in a PostgreSQL database of its own, for the domain's suites. Its dump is every row of every table. */
export const postgresUnderTest = async (policy: Policy = 'standard'): Promise<StoreUnderTest> => {
  const { connections } = await openConnections(await newPostgres(), policy, 10_000)
  const { pool } = connections.reads
  const { writer, ...engine } = makeEngine(connections, 10_000)
  const { rows: tables } = await pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  )
  return {
    store: makeStore(postgresDialect, engine, (text) => hash('sha256', text)),
    dump: async () => {
      const held: Record<string, unknown[]> = {}
      for (const { name } of tables) held[name] = (await pool.query(`select * from ${name} as t order by t::text`)).rows
      return held
    },
    close: async () => {
      connections.closing = true
      await writer.finish()
      await endAll(connections)
    },
  }
}
