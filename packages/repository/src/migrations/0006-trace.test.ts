import { describe, expect, it } from 'vitest'
import { ada, at, beside, done, dump, makePlant, newFile, open } from '../../test/plant.ts'
import { sqliteDialect } from '../sqlite/dialect.ts'
import { trace } from './0006-trace.ts'

const operation = '01JE6F0CE9-T94PZD8R-TH9J01TJ'

/** A store with every kind of record that the trace knows, and some that it does not. */
const written = async () => {
  const file = newFile()
  const { store, close } = await open({ filename: file })
  const plant = await makePlant(store)
  const { dock, line, record } = plant
  const [a, b, c] = [await plant.lot('A'), await plant.lot('B'), await plant.lot('C')]
  await plant.receive(a, 100)
  await plant.receive(b, 100)
  const out = { sourceLocationId: dock, startDate: at(21) }
  const into = { destinationLocationId: dock, startDate: at(21) }
  const first = await done(record('CONSUME', a, { ...out, quantity: 5, secondaryInventoryLotId: c.id }))
  await done(record('UNCONSUME', a, { ...into, quantity: 2, consumeRecordId: first.id }))
  const gone = await done(record('CONSUME', a, { ...out, quantity: 6, secondaryInventoryLotId: c.id }))
  await done(plant.inventory.reverseLotRecord({ id: gone.id }, ada))
  await done(record('CONSUME', b, { secondaryInventoryLotId: c.id }))
  await done(record('CONSUME', b, { ...out, quantity: 1, operationId: operation }))
  await done(record('PRODUCE', c, { ...into, quantity: 7, operationRecordId: operation }))
  await done(record('MERGE', a, { quantity: 3, secondaryInventoryLotId: b.id, sourceLocationId: dock }))
  await done(record('CONSUME', a, { ...out, quantity: 1, secondaryInventoryLotId: c.id, status: 'RUNNING' }))
  await done(record('RECEIVE', c, { quantity: 4, secondaryInventoryLotId: a.id, ...into, destinationLocationId: line }))
  return { file, store, close }
}

describe('a store that has records and no trace yet', () => {
  it('gets the very links that are kept for new records', async () => {
    const { file, store } = await written()
    const before = dump(file)
    expect(before['trace_edge']).toHaveLength(4)
    expect(before['trace_operation']).toHaveLength(2)
    const database = beside(file)
    database.exec('drop table trace_edge; drop table trace_operation')
    for (const sql of trace(sqliteDialect)) database.exec(sql)
    expect(dump(file)).toEqual(before)
    expect((await done(store.verify())).mismatches).toEqual([])
  })
})

describe('verify', () => {
  it.each([
    ['update trace_edge set quantity = quantity + 1 where quantity is not null', 'what it leaves in the trace is'],
    ['update trace_edge set taken_back = 0', 'what it leaves in the trace is'],
    ['delete from trace_operation', 'what it leaves in the trace is'],
    ['update trace_edge set from_lot = to_lot, to_lot = from_lot', 'what it leaves in the trace is'],
    [
      'insert into trace_edge select 1, 1, 1, 1, 0, 0',
      '7 links are kept for the trace, and those of the records are 6',
    ],
  ])('finds what somebody did to the trace: %s', async (sql, problem) => {
    const { file, store } = await written()
    beside(file).exec(sql)
    const { mismatches } = await done(store.verify())
    expect(mismatches.map((one) => one.problem).join('\n')).toContain(problem)
  })
})
