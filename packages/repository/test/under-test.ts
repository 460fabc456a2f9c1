import { hash } from 'node:crypto'
import type { Policy } from '@lotbook/domain'
import type { StoreUnderTest } from '@lotbook/domain/testing'
import Database from 'better-sqlite3'
import { sqliteDialect } from '../src/sqlite/dialect.ts'
import { makeEngine } from '../src/sqlite/engine.ts'
import { openConnection } from '../src/sqlite/open.ts'
import { makeStore } from '../src/store.ts'

/** A store in a SQLite database that touches no disk, for the domain's suites. Its dump is every row of every table. */
export const underTest = async (policy: Policy = 'standard'): Promise<StoreUnderTest> => {
  const { connection } = openConnection(':memory:', policy)
  const { writer, ...engine } = makeEngine(':memory:', connection, 0)
  const rowsOf = (sql: string) => connection.answer({ sql, parameters: [] })
  const tables = rowsOf("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
  return {
    store: makeStore(sqliteDialect, engine, (text) => hash('sha256', text)),
    dump: () =>
      Object.fromEntries((tables as { name: string }[]).map(({ name }) => [name, rowsOf(`select * from ${name}`)])),
    close: () => {
      writer.close()
      connection.close()
    },
  }
}

/** Runs a statement on a file, past all that the store does, and gives its rows. */
export const querySqlite = async (filename: string, sql: string): Promise<readonly unknown[]> => {
  const database = new Database(filename)
  try {
    const statement = database.prepare(sql)
    return statement.reader ? statement.all() : [statement.run()]
  } finally {
    database.close()
  }
}
