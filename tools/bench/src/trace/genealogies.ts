import { makeInventory, makeUlidSource } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import Database from 'better-sqlite3'
import { Effect } from 'effect'

/** The numbers of the lots at which the genealogies begin, in the file. */
export interface Beginnings {
  /** 100,000 edges: every lot but the first was made of three. */
  readonly wide: number
  /** Two lots a rung, each made of both of the rung before: 2^60 paths. */
  readonly ladder: number
  /** 49,000 edges that join each lot with some of the next level and of the one after. */
  readonly skipping: number
  /** Lots made of each other, round and round. */
  readonly cycle: number
}

type Pair = readonly [from: number, to: number]

/** Lays out genealogies as pairs of numbers, from `first` on. */
const layOut = (
  first: number,
): { readonly pairs: readonly Pair[]; readonly last: number; readonly begin: Beginnings } => {
  let last = first - 1
  const pairs: Pair[] = []
  const level = (count: number): number[] =>
    Array.from({ length: count }, () => {
      last += 1
      return last
    })
  const join = (from: readonly number[], to: readonly number[], inputs: number): void => {
    for (const [index, lot] of to.entries())
      for (const input of new Set(
        Array.from({ length: inputs }, (_, n) => from[(index * 31 + n * 977) % from.length] ?? 0),
      ))
        pairs.push([input, lot])
  }
  const wide = last + 1
  let above = level(1)
  while (pairs.length < 100_000) {
    const below = level(Math.min(4096, above.length * 2))
    join(above, below, 3)
    above = below
  }
  const ladder = last + 1
  above = level(1)
  for (let rung = 0; rung < 60; rung++) {
    const below = level(2)
    join(above, below, 2)
    above = below
  }
  const skipping = last + 1
  let [before, now] = [level(1), level(128)]
  join(before, now, 1)
  for (let n = 0; n < 64; n++) {
    const next = level(128)
    join(now, next, 3)
    join(before, next, 3)
    ;[before, now] = [now, next]
  }
  const cycle = last + 1
  const round = level(1000)
  for (const [index, lot] of round.entries()) pairs.push([lot, round[(index + 1) % round.length] ?? cycle])
  return { pairs, last, begin: { wide, ladder, skipping, cycle } }
}

const call = { actor: 'bench', grants: ['INVENTORY'] } as const

/** Writes the genealogies into a file: one lot and one record by the rules, the others after their pattern. */
export const writeGenealogies = async (filename: string): Promise<Beginnings> => {
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
  })
  const addEdge = copyRow('trace_edge', 'from_lot = 1 and to_lot = 2 and record = @first', {
    from_lot: '@from',
    to_lot: '@to',
    record: '@id',
  })
  const example = database
    .prepare<[], { id: number; ulid: string }>("select id, ulid from lot_record where type = 'CONSUME'")
    .get()
  if (example === undefined) throw new Error('the example record is missing')
  const { pairs, last, begin } = layOut(10)
  database.transaction(() => {
    for (let id = 10; id <= last; id++) addLot.run({ id, ulid: newUlid(Date.now()), name: `L${id}` })
    for (const [index, [one, other]] of pairs.entries()) {
      const id = 1000 + index
      addRecord.run({ id, ulid: newUlid(Date.now()), from: one, to: other, example: example.ulid })
      addEdge.run({ id, from: one, to: other, first: example.id })
    }
  })()
  database.exec('analyze')
  database.close()
  return begin
}
