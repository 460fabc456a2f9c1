import {
  type InventoryQuery,
  type LotQuery,
  makeInventory,
  type Page,
  type RecordQuery,
  type Store,
} from '@lotbook/domain'
import { countedUlids, makeMemoryStore, sha256 } from '@lotbook/domain/testing'
import Database from 'better-sqlite3'
import type { Effect } from 'effect'
import { expect, it, onTestFinished, vi } from 'vitest'
import { ada, at, done, openParts } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'
import { numbersFrom, ulid } from '../../test/two-stores.ts'
import { postgresDialect } from '../postgres/dialect.ts'
import { makeEngine } from '../postgres/engine.ts'
import { endAll, openConnections } from '../postgres/open.ts'
import { makeStore } from '../store.ts'

const now = Date.UTC(2026, 10, 23, 8)
const dayOfLists = Date.UTC(2026, 10, 26)
const later = Date.UTC(2026, 10, 21)
const sugar = { name: 'Raw/Sugar' }
const dock = { name: 'Plant/Dock' }
const silo = { name: 'Plant/Silo' }
const lot = { name: 'L2', material: sugar }
const operation = '01JE6F0CE9-T94PZD8R-TH9J01TJ'

/** The same lots and records in a store, with the same ids. */
const play = async (store: Store): Promise<void> => {
  const inventory = makeInventory({ store, now: () => now, newUlid: countedUlids() })
  await done(inventory.saveUnit({ symbol: 'kg', name: 'kilogram' }, ada))
  const materials: (string | null)[] = []
  for (const path of ['Raw/Sugar', 'Raw/Milk'])
    materials.push((await done(inventory.saveMaterial({ path, unitOfMeasureSymbol: 'kg' }, ada))).id)
  const places: (string | null)[] = []
  for (const path of ['Plant', 'Plant/Dock', 'Plant/Silo'])
    places.push((await done(inventory.saveLocation({ path, allowNegativeInventory: path === 'Plant/Silo' }, ada))).id)
  for (let index = 0; index < 12; index += 1) {
    const words = { notes: index % 3 === 0 ? 'wet' : null, spare1: index % 2 === 0 ? 'x' : null }
    const { id } = await done(
      inventory.saveLot(
        {
          name: `L${index % 6}`,
          materialId: materials[index < 6 ? 0 : 1],
          status: 'AVAILABLE',
          supplierId: `S${index % 2}`,
          expirationDate: index % 4 === 0 ? at(25) : null,
        },
        ada,
      ),
    )
    const record = (fields: object) =>
      done(inventory.saveInventoryLotRecord({ inventoryLotId: id, status: 'COMPLETED', ...words, ...fields }, ada))
    const received = await record({
      lotRecordType: 'RECEIVE',
      quantity: index + 1,
      destinationLocationId: places[index % 3],
      startDate: at(19),
    })
    if (index % 4 === 1) await done(inventory.reverseLotRecord({ id: received.id }, ada))
    await record({
      lotRecordType: 'CONSUME',
      quantity: 1,
      sourceLocationId: places[2],
      operationId: index % 2 === 0 ? operation : null,
      startDate: at(22),
    })
    if (index % 5 === 2) await done(inventory.changeStatus({ lotId: id, newStatus: 'QA_HOLD' }, ada))
    if (index % 5 === 3) await done(inventory.saveLot({ id, enabled: false }, ada))
  }
}

/** A list: what an index serves of its filters, and all others with the values that they may have. */
interface List<Q> {
  readonly find: (store: Store, query: Q) => Effect.Effect<Page<unknown>, unknown>
  readonly narrowed: readonly Partial<Q>[]
  readonly others: readonly Readonly<Record<string, readonly unknown[]>>[]
  readonly sets: number
}

const records: List<RecordQuery> = {
  find: (store, query) => store.findRecords(query),
  narrowed: [{}, { lot }, { material: sugar }, { operationId: ulid(operation) }],
  others: [
    { source: [dock, silo] },
    { destination: [dock, silo] },
    { location: [dock, silo, { name: 'Plant' }] },
    { subtree: [true] },
    { lotRecordType: [['RECEIVE'], ['CONSUME', 'RECEIVE']] },
    { status: [['COMPLETED']] },
    { from: [0, later] },
    { to: [later, now] },
    { posted: [true, false] },
    { reversed: [true, false] },
    { isReversal: [true, false] },
    { enabled: [true] },
    { createdBy: ['ada', 'bob'] },
    { quantity: [{ least: 2_000_000 }, { greatest: 5_000_000 }] },
    { created: [{ least: 1 }, { greatest: now }] },
    { notesContains: ['e', 'dry'] },
    { spare1: ['x'] },
  ],
  sets: 300,
}

const lots: List<Omit<LotQuery, 'now'>> = {
  find: (store, query) => store.findLots({ ...query, now: dayOfLists }),
  narrowed: [{}, { material: sugar }, { material: sugar, name: 'L2' }, { location: dock }, { onHand: true }],
  others: [
    { nameContains: ['L', '2'] },
    { status: ['AVAILABLE', 'QA_HOLD'] },
    { effectiveStatus: ['AVAILABLE', 'EXPIRED'] },
    { supplierId: ['S0', 'S1'] },
    { expiration: [{ least: 1 }, { greatest: dayOfLists }] },
    { totalQuantity: [{ least: 2_000_000 }] },
    { stock: [{ least: 2_000_000 }, { greatest: 9_000_000 }] },
    { created: [{ greatest: now }] },
  ],
  sets: 100,
}

const stock: List<Omit<InventoryQuery, 'now'>> = {
  find: (store, query) => store.findInventory({ ...query, now: dayOfLists }),
  narrowed: [{}, { lot }, { material: sugar }, { material: sugar, lotName: 'L2' }, { location: silo }],
  others: [
    { lotStatus: ['AVAILABLE', 'QA_HOLD'] },
    { effectiveStatus: ['AVAILABLE', 'EXPIRED'] },
    { negative: [true, false] },
    { quantity: [{ least: 2_000_000 }, { greatest: 9_000_000 }] },
    { name: ['label'] },
    { notesContains: ['wet'] },
    { spare1: ['x'] },
  ],
  sets: 100,
}

/** Different sets of filters, of which each has some that no index serves. */
const setsOf = <Q>({ narrowed, others, sets }: List<Q>): readonly Q[] => {
  const pick = numbersFrom(7)
  const found = new Map<string, Q>()
  while (found.size < sets) {
    const chosen = others.filter(() => pick(4) === 0).flatMap((other) => Object.entries(other))
    if (chosen.every(([name]) => name === 'subtree')) continue
    const values = chosen.map(([name, choices]) => [name, choices[pick(choices.length)]])
    const query = { limit: 100, after: null, ...narrowed[pick(narrowed.length)], ...Object.fromEntries(values) } as Q
    found.set(Object.keys(query as object).join(), query)
  }
  return [...found.values()]
}

it('lists with few statements whatever the filters, the same rows in every store', async () => {
  const memory = makeMemoryStore({ sha256 })
  const { store: inSqlite } = openParts(':memory:')
  const { connections } = await openConnections(await newPostgres(), 'standard', 10_000)
  const { writer, ...engine } = makeEngine(connections, 10_000)
  onTestFinished(async () => {
    connections.closing = true
    await writer.finish()
    await endAll(connections)
  })
  const inPostgres = makeStore(postgresDialect, engine, sha256)
  for (const store of [memory, inSqlite, inPostgres]) await play(store)

  let rows = 0
  const same = async <Q>({ find }: List<Q>, query: Q): Promise<void> => {
    const expected = await done(find(memory, query))
    for (const store of [inSqlite, inPostgres])
      expect(await done(find(store, query)), JSON.stringify(query)).toEqual(expected)
    rows += expected.items.length
  }
  const kept = async (): Promise<number> => {
    const clients = await Promise.all(
      Array.from({ length: connections.reads.pool.totalCount }, () => connections.reads.pool.connect()),
    )
    const counts = await Promise.all(
      clients.map((client) =>
        client.query<{ n: number }>('select cast(count(*) as int) as n from pg_prepared_statements'),
      ),
    )
    for (const client of clients) client.release()
    return counts.reduce((sum, { rows: [row] }) => sum + (row?.n ?? 0), 0)
  }
  const each = async <Q>(list: List<Q>): Promise<readonly Q[]> => {
    for (const one of list.narrowed) await same(list, { limit: 100, after: null, ...one } as Q)
    return setsOf(list)
  }
  const sets = [await each(records), await each(lots), await each(stock)] as const
  const prepared = vi.spyOn(Database.prototype, 'prepare')
  onTestFinished(() => prepared.mockRestore())
  const before = await kept()
  for (const query of sets[0]) await same(records, query)
  for (const query of sets[1]) await same(lots, query)
  for (const query of sets[2]) await same(stock, query)
  expect(sets.flat().length).toBe(500)
  expect(rows).toBeGreaterThan(1000)
  // One for each way of narrowing, which has all other filters in it, and a lot's records are found in two walks.
  expect([prepared.mock.calls.length, (await kept()) - before]).toEqual([15, 15])
})
