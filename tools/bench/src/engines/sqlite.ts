import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openStore } from '@lotbook/repository'
import Database from 'better-sqlite3'
import { type Plant, seedPlant } from '../plant.ts'
import { processorTime } from '../rounds.ts'
import { inScratch } from '../scratch.ts'
import type { Engine, EngineHost, RawDatabase } from './engine.ts'

const rawOf = (database: Database.Database): RawDatabase => {
  const prepared = new Map<string, Database.Statement<unknown[]>>()
  const prepare = (sql: string): Database.Statement<unknown[]> => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const made = database.prepare<unknown[]>(sql)
    prepared.set(sql, made)
    return made
  }
  return {
    all: async <R extends object>(sql: string, values: readonly unknown[] = []) => {
      const statement = prepare(sql)
      if (statement.reader) return statement.all(...values) as R[]
      statement.run(...values)
      return []
    },
    column: async <A>(sql: string, values: readonly unknown[] = []) =>
      prepare(sql)
        .pluck()
        .all(...values) as A[],
    columnsOf: async (table) =>
      database.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table),
    close: async () => {
      database.close()
    },
  }
}

const open = (file: string): Database.Database => {
  const database = new Database(file)
  database.pragma('journal_mode = wal')
  database.pragma('synchronous = full')
  database.pragma('foreign_keys = on')
  return database
}

const textOf = (column: string): string =>
  `${column} ${column === 'quantity' ? 'real' : column === 'enabled' ? 'integer' : 'text'}`

const bareTables = (columns: readonly string[]): readonly string[] => [
  `create table record (id text primary key, ${columns
    .filter((column) => column !== 'id')
    .map(textOf)
    .join(', ')}) strict`,
  'create index record_lot on record (inventoryLotId, id)',
  'create index record_operation on record (inventoryOperationId, lotRecordType, inventoryLotId) where inventoryOperationId is not null',
  'create table balance (lot text, location text, quantity real not null, primary key (lot, location)) strict, without rowid',
]

const seedFile = async (file: string): Promise<Plant> => {
  const { store, close } = await openStore({ filename: file })
  const plant = await seedPlant(store)
  await close()
  return plant
}

/** Files in a folder. */
export const sqliteIn = (folder: string, seed = seedFile): Engine => {
  const fileOf = (name: string): string => join(folder, `${name}.db`)
  return {
    name: 'SQLite',
    folder,
    place: async (name) => fileOf(name),
    plant: (name) => seed(fileOf(name)),
    copy: async (from, to) => copyFileSync(fileOf(from), fileOf(to)),
    openRaw: async (name) => rawOf(open(fileOf(name))),
    fill: async (name, work) => {
      const database = new Database(fileOf(name))
      for (const setting of ['journal_mode = off', 'synchronous = off', 'cache_size = -262144', 'foreign_keys = off'])
        database.pragma(setting)
      database.exec('begin')
      await work(rawOf(database))
      database.exec('commit')
      database.pragma('journal_mode = wal')
      database.close()
    },
    membersOfList: 'select value from json_each(?)',
    truth: '1',
    begin: 'begin immediate',
    bareTables,
    bareModes: ['single', 'group'],
    bareServer: async (mode, name) => ({
      args: [fileURLToPath(new URL('../http/bare-server.js', import.meta.url)), mode, fileOf(name)],
      log: join(folder, `${name}.log`),
    }),
    clock: processorTime,
  }
}

/** Files in a scratch folder. The file with the lots is made once and copied. */
export const hostSqlite = (): EngineHost => {
  const own = mkdtempSync(join(tmpdir(), 'lotbook-bench-'))
  const file = join(own, 'plant.db')
  let made: Promise<Plant> | undefined
  const seed = async (to: string): Promise<Plant> => {
    made ??= seedFile(file)
    const plant = await made
    copyFileSync(file, to)
    return plant
  }
  return {
    lend: (work) => inScratch((folder) => work(sqliteIn(folder, seed))),
    close: async () => rmSync(own, { recursive: true, force: true }),
  }
}
