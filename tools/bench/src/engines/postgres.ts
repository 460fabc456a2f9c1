import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openStore } from '@lotbook/repository'
import { newDatabase, type PostgresServer, startPostgres } from '@lotbook/repository/testing'
import pg from 'pg'
import { numbered } from '../http/bare-statements.ts'
import { type Plant, seedPlant } from '../plant.ts'
import { elapsed } from '../rounds.ts'
import { inScratch } from '../scratch.ts'
import type { Engine, EngineHost, RawDatabase } from './engine.ts'
import { withoutIndexes } from './without-indexes.ts'

const bigint = 20
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === bigint ? Number : pg.types.getTypeParser(oid, format),
}

/** Opens a database on one connection. */
const open = async (address: string): Promise<RawDatabase> => {
  const client = new pg.Client({ connectionString: address, types })
  await client.connect()
  const prepared = new Map<string, { readonly name: string; readonly text: string }>()
  const prepare = (sql: string) => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const made = { name: `s${prepared.size}`, text: numbered(sql) }
    prepared.set(sql, made)
    return made
  }
  return {
    all: async <R extends object>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<R>({ ...prepare(sql), values: [...values] })).rows,
    column: async <A>(sql: string, values: readonly unknown[] = []) => {
      const { rows } = await client.query<[A]>({ ...prepare(sql), values: [...values], rowMode: 'array' })
      return rows.map(([value]) => value)
    },
    columnsOf: async (table) => {
      const sql = 'select column_name from information_schema.columns where table_name = $1 order by ordinal_position'
      const { rows } = await client.query<{ readonly column_name: string }>(sql, [table])
      return rows.map(({ column_name: name }) => name)
    },
    close: () => client.end(),
  }
}

/** Lets the keys that the server gives go on behind those that were given to it. */
const afterGivenKeys = async (database: RawDatabase): Promise<void> => {
  const tables = await database.column<string>(
    "select table_name from information_schema.columns where column_name = 'id' and is_identity = 'YES'",
  )
  for (const table of tables)
    await database.all(
      `select setval(pg_get_serial_sequence('${table}', 'id'), max(id)) from ${table} having max(id) > 0`,
    )
}

const typeOf = (column: string): string =>
  `${column} ${column === 'quantity' ? 'numeric' : column === 'enabled' ? 'boolean' : 'text'}`

const bareTables = (columns: readonly string[]): readonly string[] => [
  `create table record (id text primary key, ${columns
    .filter((column) => column !== 'id')
    .map(typeOf)
    .join(', ')})`,
  'create index record_lot on record (inventoryLotId, id)',
  'create table balance (lot text, location text, quantity numeric not null, primary key (lot, location))',
]

/** A server, and what makes a database on it with the lots that every benchmark begins with, the first time. */
interface Seeded {
  readonly server: PostgresServer
  readonly seed: () => Promise<Plant>
}

const seedName = 'plant'

const engineOn = ({ server, seed }: Seeded, folder: string) => {
  const made = new Map<string, Promise<string>>()
  const place = (name: string): Promise<string> => {
    const address = made.get(name) ?? newDatabase(server.address, name)
    made.set(name, address)
    return address
  }
  const asAdmin = async (sql: string): Promise<void> => {
    const admin = await open(`${server.address}postgres`)
    await admin.all(sql)
    await admin.close()
  }
  const copy = async (from: string, to: string): Promise<void> => {
    await asAdmin(`create database "${to}" template "${from}" strategy file_copy`)
    made.set(to, Promise.resolve(server.address + to))
  }
  const engine: Engine = {
    name: 'PostgreSQL',
    folder,
    place,
    plant: async (name) => {
      const plant = await seed()
      await copy(seedName, name)
      return plant
    },
    copy,
    openRaw: async (name) => open(await place(name)),
    fill: async (name, work) => {
      const database = await open(await place(name))
      await database.all("set session_replication_role = 'replica'")
      await database.all('set synchronous_commit = off')
      await withoutIndexes(database, work)
      await afterGivenKeys(database)
      await database.all('vacuum analyze')
      await database.close()
    },
    membersOfList: 'select value from json_array_elements(cast(? as json))',
    truth: 'true',
    begin: 'begin',
    bareTables,
    bareModes: ['single'],
    bareServer: async (_, name) => ({
      args: [fileURLToPath(new URL('../http/bare-postgres-server.js', import.meta.url)), await place(name)],
      log: join(folder, `${name}.log`),
    }),
    clock: elapsed,
  }
  const end = async (): Promise<void> => {
    for (const name of made.keys()) await asAdmin(`drop database "${name}" with (force)`)
    await asAdmin('checkpoint')
  }
  return { engine, end }
}

/** A server of its own, whose commits wait for the disk. The database with the lots is made once and copied. */
export const hostPostgres = (): EngineHost => {
  let seeded: Promise<Seeded> | undefined
  const make = async (): Promise<Seeded> => {
    const server = await startPostgres({ sync: true })
    const fill = async (): Promise<Plant> => {
      const { store, close } = await openStore({ filename: await newDatabase(server.address, seedName) })
      try {
        return await seedPlant(store)
      } finally {
        await close()
      }
    }
    let plant: Promise<Plant> | undefined
    return {
      server,
      seed: () => {
        plant ??= fill()
        return plant
      },
    }
  }
  return {
    lend: (work) =>
      inScratch(async (folder) => {
        seeded ??= make()
        const { engine, end } = engineOn(await seeded, folder)
        try {
          return await work(engine)
        } finally {
          await end()
        }
      }),
    close: async () => {
      const [made] = await Promise.allSettled([seeded])
      if (made.status === 'fulfilled') await made.value?.server.remove()
    },
  }
}
