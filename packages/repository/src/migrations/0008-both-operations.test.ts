import { makeInventory, makeUlidSource } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { olderEngines } from '../../test/older-engines.ts'
import { ada, at, done, makePlant, open } from '../../test/plant.ts'

const [one, two] = ['01JE6F0CE9-T94PZD8R-TH9J01TJ', '01JE6F0CE9-T94PZD8R-TH9J01TX']
const kept =
  'select lot, side, operation, record, quantity, taken_back, effective_at from trace_operation order by 1, 2, 3, 4'
// An earlier store kept what a record with two ids left under the first of them only.
const forget = `delete from trace_operation where operation = (select operation_record from lot_record where id = record)
  and exists (select 1 from lot_record where id = record and operation is not null and operation <> operation_record)`

describe.each(olderEngines(7, forget))(
  'a store that finds an operation by one of its ids on $engine',
  ({ place, older, query }) => {
    it('finds it by the other one too', async () => {
      const newer = await place()
      const first = await open({ filename: newer })
      const plant = await makePlant(first.store)
      const { dock, record } = plant
      const [a, b, c] = [await plant.lot('A'), await plant.lot('B'), await plant.lot('C')]
      await plant.receive(a, 10)
      const out = { sourceLocationId: dock, startDate: at(21) }
      const into = { destinationLocationId: dock, startDate: at(21) }
      const both = { operationId: one, operationRecordId: two }
      const consumed = await done(record('CONSUME', a, { ...out, quantity: 4, ...both }))
      await done(record('UNCONSUME', a, { ...into, quantity: 1, consumeRecordId: consumed.id }))
      const gone = await done(record('CONSUME', a, { ...out, quantity: 1, ...both }))
      await done(plant.inventory.reverseLotRecord({ id: gone.id }, ada))
      await done(record('PRODUCE', b, { ...into, quantity: 4, operationRecordId: two }))
      await done(record('PRODUCE', c, { ...into, quantity: 4, operationId: one, operationRecordId: one }))
      const links = await query(newer, kept)
      expect(links).toHaveLength(4)
      await first.close()

      const filename = await older(newer)
      expect(await query(filename, kept)).toHaveLength(3)
      const { store } = await open({ filename })
      expect(await query(filename, kept)).toEqual(links)
      expect((await done(store.verify())).mismatches).toEqual([])
      const inventory = makeInventory({ store, now: () => Date.UTC(2026, 10, 23, 8), newUlid: makeUlidSource() })
      const { lots } = await done(inventory.recallLot(a.id ?? '', {}, ada))
      expect(lots.map(({ lotName }) => lotName)).toEqual(['A', 'B', 'C'])
    })
  },
)
