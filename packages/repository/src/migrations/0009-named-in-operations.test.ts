import { makeInventory, makeUlidSource } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { olderEngines } from '../../test/older-engines.ts'
import { ada, at, done, makePlant, open } from '../../test/plant.ts'

const [one, two] = ['01JE6F0CE9-T94PZD8R-TH9J01TJ', '01JE6F0CE9-T94PZD8R-TH9J01TX']
const kept =
  'select lot, side, operation, record, quantity, taken_back, effective_at from trace_operation order by 1, 2, 3, 4'
// An earlier store kept of a record that names another lot the edge alone.
const forget = 'delete from trace_operation where record in (select id from lot_record where secondary_lot is not null)'

describe.each(olderEngines(8, forget))(
  'a store that infers by records without another lot alone on $engine',
  ({ place, older, query }) => {
    it('infers by those that name another lot too', async () => {
      const newer = await place()
      const first = await open({ filename: newer })
      const plant = await makePlant(first.store)
      const { dock, record } = plant
      const [a, b, main, by] = [
        await plant.lot('A'),
        await plant.lot('B'),
        await plant.lot('Main'),
        await plant.lot('By'),
      ]
      for (const lot of [a, b]) await plant.receive(lot, 10)
      const out = { sourceLocationId: dock, startDate: at(21) }
      const into = { destinationLocationId: dock, startDate: at(21) }
      const both = { operationId: one, operationRecordId: two }
      const consumed = await done(
        record('CONSUME', a, { ...out, quantity: 4, ...both, secondaryInventoryLotId: main.id }),
      )
      await done(record('UNCONSUME', a, { ...into, quantity: 1, consumeRecordId: consumed.id }))
      const gone = await done(record('CONSUME', a, { ...out, quantity: 1, ...both, secondaryInventoryLotId: main.id }))
      await done(plant.inventory.reverseLotRecord({ id: gone.id }, ada))
      await done(record('CONSUME', b, { ...out, quantity: 2, operationRecordId: two }))
      await done(record('PRODUCE', main, { ...into, quantity: 4, operationId: two, secondaryInventoryLotId: a.id }))
      await done(record('PRODUCE', by, { ...into, quantity: 4, operationId: one, operationRecordId: one }))
      const links = await query(newer, kept)
      expect(links).toHaveLength(5)
      await first.close()

      const filename = await older(newer)
      expect(await query(filename, kept)).toHaveLength(2)
      const { store } = await open({ filename })
      expect(await query(filename, kept)).toEqual(links)
      expect((await done(store.verify())).mismatches).toEqual([])
      const inventory = makeInventory({ store, now: () => Date.UTC(2026, 10, 23, 8), newUlid: makeUlidSource() })
      const recalled = async ({ id }: typeof a) =>
        (await done(inventory.recallLot(id ?? '', {}, ada))).lots.map(({ lotName }) => lotName)
      expect(await recalled(a)).toEqual(['A', 'Main', 'By'])
      expect(await recalled(b)).toEqual(['B', 'Main'])
    })
  },
)
