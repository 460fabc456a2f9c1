import { describe, expect, it } from 'vitest'
import { rowKey } from '../../known.ts'
import { oneUnit } from '../../quantity/quantity.ts'
import { at, instantOf } from '../clock.ts'
import { ulidOf } from '../fixtures.ts'
import { keys, known } from './known-of.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

/** What happened to the rows of the loaded lots since a moment: the past that a back-dated change has to fit into. */
export const loadTimelinesContract = (makeStore: MakeStore): void => {
  describe('timelines', () => {
    it('hold the entries from a moment on by time, and the live counts among them', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A')
      const { dock, cellar } = plant.location
      await plant.receive(lot, 10, 2)
      await plant.receive(lot, 4, 1, cellar)
      await plant.receive(lot, 6, 6)
      await plant.consume(lot, 3, 4)
      await plant.consume(lot, 2, 3)
      const count = await plant.save('EDIT', lot, { quantity: -1, startDate: at(6), sourceLocationId: dock })
      const undone = await plant.save('EDIT', lot, { quantity: -1, startDate: at(7), sourceLocationId: dock })
      await plant.reverse(undone)
      const loaded = await known(plant, { lots: [{ id: ulidOf(lot) }], since: instantOf(3) })
      const key = rowKey(ulidOf(dock), ulidOf(lot))
      // Nothing happened in the cellar since then.
      expect([...loaded.timelines.keys()]).toEqual([key])
      expect(loaded.timelines.get(key)?.entries.map((e) => [e.effectiveDate, e.quantity / oneUnit])).toEqual([
        [instantOf(3), -2],
        [instantOf(4), -3],
        [instantOf(6), 6],
        [instantOf(6), -1],
        [instantOf(7), -1],
        [instantOf(7), 1],
      ])
      expect(loaded.timelines.get(key)?.counts).toEqual([
        { recordId: ulidOf(count.id), sequence: count.sequence, effectiveDate: instantOf(6) },
      ])
      const whole = await known(plant, { lots: [{ id: ulidOf(lot) }], since: instantOf(1) })
      expect(keys(whole.timelines)).toEqual([key, rowKey(ulidOf(cellar), ulidOf(lot))].sort())
      const later = await known(plant, { lots: [{ id: ulidOf(lot) }], since: instantOf(8) })
      expect(later.timelines.size).toBe(0)
    })

    it('hold the counts of a row where they were corrected to be', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const { dock, cellar } = plant.location
      const count = await plant.save('EDIT', lot, { quantity: 1, startDate: at(4), sourceLocationId: dock })
      const fields = { id: count.id, sourceLocationId: cellar, endDate: at(5) }
      await plant.done(plant.inventory.saveInventoryLotRecord(fields, plant.ada))
      const { timelines } = await known(plant, { lots: [{ id: ulidOf(lot) }], since: 0 })
      expect(timelines.get(rowKey(ulidOf(dock), ulidOf(lot)))?.counts).toEqual([])
      expect(timelines.get(rowKey(ulidOf(cellar), ulidOf(lot)))?.counts).toEqual([
        { recordId: ulidOf(count.id), sequence: count.sequence, effectiveDate: instantOf(5) },
      ])
    })

    it('go back to the earliest that a record of the scope did, over all rows of its lots', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const { dock, cellar } = plant.location
      const moved = await plant.save('MOVE', lot, {
        quantity: 2,
        startDate: at(3),
        sourceLocationId: dock,
        destinationLocationId: cellar,
      })
      await plant.consume(lot, 1, 5)
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: moved.id, endDate: at(6) }, plant.ada))
      const { timelines } = await known(plant, { records: [ulidOf(moved.id)], since: instantOf(20) })
      const dates = (place: string) =>
        timelines.get(rowKey(ulidOf(place), ulidOf(lot)))?.entries.map(({ effectiveDate }) => effectiveDate)
      expect(dates(dock)).toEqual([3, 3, 5, 6].map(instantOf))
      expect(dates(cellar)).toEqual([3, 3, 6].map(instantOf))
    })
  })
}
