import { makeInventory, makeUlidSource } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import type { Engine } from '../engines/engine.ts'
import type { Layout } from './layouts.ts'

/** The first number that a layout may use. */
export const firstLot = 10
// Far from the numbers of records that a store counts itself.
const firstRecord = 10_000_000

// How many rows are given at once.
const together = 20_000

/** What a column is set to, by its name. */
type Row = Readonly<Record<string, string>>

const number = (place: number): string => `cast(value ->> ${place} as bigint)`
const text = (place: number): string => `value ->> ${place}`

const call = { actor: 'bench', grants: ['INVENTORY'] } as const

/** Writes a layout into a new store: one lot and one record by the rules, the others after their pattern. */
export const writeGenealogies = async (
  engine: Engine,
  name: string,
  { steps, last }: Layout<unknown>,
): Promise<void> => {
  const { store, close } = await openStore({ filename: await engine.place(name) })
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

  await engine.fill(name, async (database) => {
    /** Copies the rows of a table for each member of a list. What changes is told of the members. */
    const copyRows = async (table: string, which: string, changed: Row, list: readonly unknown[]): Promise<void> => {
      const columns = await database.columnsOf(table)
      const values = columns.map((column) => changed[column] ?? `example.${column}`)
      for (let from = 0; from < list.length; from += together)
        await database.all(
          `insert into ${table} (${columns.join()}) select ${values.join()}
           from (select * from ${table} where ${which}) as example, (${engine.membersOfList}) as given`,
          [JSON.stringify(list.slice(from, from + together))],
        )
    }
    const lots: unknown[] = []
    const newUlid = makeUlidSource()
    for (let id = firstLot; id <= last; id++) lots.push([id, newUlid(Date.now()), `L${id}`, newUlid(Date.now())])
    const [id, ulid] = [number(0), text(1)]
    await copyRows('lot', 'id = 1', { id, ulid, name: text(2) }, lots)
    await copyRows('inventory', 'lot = 1', { lot: id, ulid: text(3) }, lots)

    const records = steps.map(([from, to], index) => {
      const key = firstRecord + index
      return [key, newUlid(Date.now()), from, to, 1_000_000 + (index % 997) * 1000, index * 1000]
    })
    const [first] = await database.column<number>("select id from lot_record where type = 'CONSUME'")
    const [lot, into, quantity, later] = [number(2), number(3), number(4), `effective_at + ${number(5)}`]
    const record = { id, ulid, lot, secondary_lot: into, quantity, effective_at: later }
    await copyRows('lot_record', `id = ${first}`, { ...record, start_at: `start_at + ${number(5)}` }, records)
    const edge = { from_lot: lot, to_lot: into, record: id, quantity, effective_at: later }
    await copyRows('trace_edge', `from_lot = 1 and record = ${first}`, edge, records)
  })
  const database = await engine.openRaw(name)
  await database.all('analyze')
  await database.close()
}
