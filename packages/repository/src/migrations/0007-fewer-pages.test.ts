import { makeInventory, makeUlidSource, type Store } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { olderFile } from '../../test/older-file.ts'
import { olderPostgres } from '../../test/older-postgres.ts'
import { ada, done, makePlant, newFile, open } from '../../test/plant.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'
import { querySqlite } from '../../test/under-test.ts'

const operation = '01JE6F0CE9-T94PZD8R-TH9J01TJ'

const engines = [
  {
    engine: 'SQLite',
    place: async () => newFile(),
    older: async (file: string) => olderFile(file, 6),
    query: querySqlite,
    indexes: "select name, sql from sqlite_schema where type = 'index'",
  },
  {
    engine: 'PostgreSQL',
    place: newPostgres,
    older: (address: string) => olderPostgres(address, 6),
    query: queryPostgres,
    indexes: "select indexname as name, indexdef as sql from pg_indexes where schemaname = 'public'",
  },
] as const

const inventoryOf = (store: Store) =>
  makeInventory({ store, now: () => Date.UTC(2026, 10, 23, 8), newUlid: makeUlidSource() })
const stockIn = async (store: Store) => (await done(inventoryOf(store).findInventory({}, ada))).items

describe.each(engines)('a store of the schema before on $engine', ({ place, older, query, indexes }) => {
  it('keeps its balances and its chain, and goes on', async () => {
    const newer = await place()
    const first = await open({ filename: newer })
    const plant = await makePlant(first.store)
    const lot = await plant.lot('A')
    await plant.receive(lot, 10)
    const out = { sourceLocationId: plant.dock, quantity: 4, operationId: operation }
    await done(plant.record('CONSUME', lot, out))
    const [checkpoint, stock] = [await done(first.store.checkpoint()), await stockIn(first.store)]
    await first.close()

    const filename = await older(newer)
    await expect(query(filename, 'select master_data from ledger_head')).rejects.toThrow('master_data')
    const { store } = await open({ filename })
    expect(await done(store.checkpoint())).toEqual(checkpoint)
    expect(await stockIn(store)).toEqual(stock)
    expect(await done(store.verify(checkpoint))).toMatchObject({ records: 3, mismatches: [] })
    expect(await query(filename, 'select master_data from ledger_head')).toEqual([{ master_data: expect.anything() }])
    const found = (await query(filename, indexes)) as readonly { readonly name: string; readonly sql: string | null }[]
    expect(found.map(({ name }) => name)).not.toContain('receipt_expires')
    expect(found.find(({ name }) => name === 'trace_operation_side')?.sql).toMatch(
      /operation"?, "?side"?, "?record"?, "?lot/u,
    )

    const taking = { lotRecordType: 'CONSUME', inventoryLotId: lot.id, status: 'COMPLETED', ...out, quantity: 1 }
    await done(inventoryOf(store).saveInventoryLotRecord(taking, ada))
    expect(await done(store.verify())).toMatchObject({ records: 4, mismatches: [] })
    expect(await stockIn(store)).toMatchObject([{ quantity: 5 }])
  })
})
