import { makeInventory, makeUlidSource } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import Database from 'better-sqlite3'
import { Effect } from 'effect'
import type { Layout } from './layouts.ts'

/** The first number that a layout may use. */
export const firstLot = 10
// Far from the numbers of records that a store counts itself.
const firstRecord = 10_000_000

const call = { actor: 'bench', grants: ['INVENTORY'] } as const

/** Writes a layout into a new file: one lot and one record by the rules, the others after their pattern. */
export const writeGenealogies = async (filename: string, { steps, last }: Layout<unknown>): Promise<void> => {
  const { store, close } = await openStore({ filename })
  const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
  const run = Effect.runPromise
  await run(inventory.saveUnit({ name: 'kilogram', symbol: 'kg' }, call))
  const material = await run(inventory.saveMaterial({ path: 'Dairy/Raw milk', unitOfMeasureSymbol: 'kg' }, call))
  const { id: location } = await run(inventory.saveLocation({ path: 'Plant/Bay' }, call))
  const [from, into] = [
    await run(inventory.saveLot({ name: 'A', materialId: material.id, status: 'AVAILABLE' }, call)),
    await run(inventory.saveLot({ name: 'B', materialId: material.id, status: 'AVAILABLE' }, call)),
  ]
  const record = { inventoryLotId: from.id, status: 'COMPLETED', quantity: 5 }
  await run(
    inventory.saveInventoryLotRecord({ ...record, lotRecordType: 'RECEIVE', destinationLocationId: location }, call),
  )
  const consumption = { lotRecordType: 'CONSUME', sourceLocationId: location, secondaryInventoryLotId: into.id }
  await run(inventory.saveInventoryLotRecord({ ...record, ...consumption, quantity: 1 }, call))
  await close()

  const database = new Database(filename)
  database.pragma('foreign_keys = off')
  // It is made for this run only, and need not outlive a power loss while it is written.
  database.pragma('synchronous = off')
  database.pragma('cache_size = -262144')
  const copyRow = (table: string, which: string, changes: Readonly<Record<string, string>>) => {
    const columns = database.prepare<[], string>(`select name from pragma_table_info('${table}')`).pluck().all()
    const values = columns.map((column) => changes[column] ?? column)
    return database.prepare(
      `insert into ${table} (${columns.join()}) select ${values.join()} from ${table} where ${which}`,
    )
  }
  const newUlid = makeUlidSource()
  const addLot = copyRow('lot', 'id = 1', { id: '@id', ulid: '@ulid', name: '@name' })
  const addRecord = copyRow('lot_record', "type = 'CONSUME' and ulid = @example", {
    ...{ id: '@id', ulid: '@ulid', lot: '@from', secondary_lot: '@to' },
    ...{ quantity: '@quantity', start_at: 'start_at + @later', effective_at: 'effective_at + @later' },
  })
  const addEdge = copyRow('trace_edge', 'from_lot = 1 and to_lot = 2 and record = @first', {
    from_lot: '@from',
    to_lot: '@to',
    record: '@id',
    ...{ quantity: '@quantity', effective_at: 'effective_at + @later' },
  })
  const addStock = copyRow('inventory', 'lot = 1', { lot: '@id', ulid: '@ulid' })
  const example = database
    .prepare<[], { id: number; ulid: string }>("select id, ulid from lot_record where type = 'CONSUME'")
    .get()
  if (example === undefined) throw new Error('the example record is missing')
  database.transaction(() => {
    for (let id = firstLot; id <= last; id++) {
      addLot.run({ id, ulid: newUlid(Date.now()), name: `L${id}` })
      addStock.run({ id, ulid: newUlid(Date.now()) })
    }
    for (const [index, [from, to]] of steps.entries()) {
      const id = firstRecord + index
      const step = { id, from, to, quantity: 1_000_000 + (index % 997) * 1000, later: index * 1000 }
      addRecord.run({ ...step, ulid: newUlid(Date.now()), example: example.ulid })
      addEdge.run({ ...step, first: example.id })
    }
  })()
  database.exec('analyze')
  database.close()
}
