import { checkRandomHistories } from '@lotbook/domain/testing'
import { describe, expect, it } from 'vitest'
import { olderFile } from '../../test/older-file.ts'
import { olderPostgres } from '../../test/older-postgres.ts'
import { done, newFile, open } from '../../test/plant.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'
import { querySqlite } from '../../test/under-test.ts'
import { openStore } from '../open-store.ts'
import { migrations } from './migrations.ts'

// The long form has 60.
const runs = Number(process.env['LOTBOOK_HISTORIES'] ?? 6)
const seed = Number(process.env['LOTBOOK_SEED'] ?? 1)

const engines = [
  {
    engine: 'SQLite',
    place: async () => newFile(),
    older: async (file: string, count: number) => olderFile(file, count),
    query: querySqlite,
  },
  { engine: 'PostgreSQL', place: newPostgres, older: olderPostgres, query: queryPostgres },
] as const

/** A ledger with random histories: every type of record, corrections, reversals, cascades. All of them in one store. */
const written = async (filename: string): Promise<string> => {
  await checkRandomHistories(() => openStore({ filename }), { runs, historiesPerStore: runs, seed })
  return filename
}

// What is kept of stock, of lots, of records and of what they are made of.
const tables = {
  inventory: 'location, lot, quantity, last_effective_at',
  lot: 'ulid, name, status, total_quantity, expires_at, closed_at, version',
  lot_record: 'ulid, posted, taken_back, version',
  record_version: 'sequence, version, content, hash',
  stock_entry: 'sequence, position, location, lot, quantity',
  lot_entry: 'sequence, position, lot, status_from, status_to, total',
} as const

const held = async (query: (filename: string, sql: string) => Promise<readonly unknown[]>, filename: string) => {
  const rows: Record<string, readonly unknown[]> = {}
  for (const [table, columns] of Object.entries(tables))
    rows[table] = await query(filename, `select ${columns} from ${table} order by 1, 2`)
  return rows
}

describe.each(engines)('every earlier schema on $engine, full of data', ({ place, older, query }) => {
  it('comes up to this one with the same balances and the same chain', async () => {
    const newest = await written(await place())
    const before = await held(query, newest)
    expect(before['inventory']?.length).toBeGreaterThan(runs)
    const { store: kept } = await open({ filename: newest })
    const checkpoint = await done(kept.checkpoint())
    expect(checkpoint.count).toBeGreaterThan(runs * 5)

    for (const [index, { name }] of migrations.slice(0, -1).entries()) {
      const earlier = await older(newest, index + 1)
      const { store, info } = await open({ filename: earlier })
      expect(info.schema, `from ${name}`).toBe(migrations.at(-1)?.name)
      expect(await done(store.checkpoint())).toEqual(checkpoint)
      expect(await done(store.verify())).toMatchObject({ checkpoint, mismatches: [] })
      expect(await held(query, earlier), `from ${name}`).toEqual(before)
    }
  })
})
