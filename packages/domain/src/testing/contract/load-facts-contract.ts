import { describe, expect, it } from 'vitest'
import { oneUnit } from '../../quantity/quantity.ts'
import type { Scope } from '../../scope.ts'
import { at, instantOf } from '../clock.ts'
import { ulidOf } from '../fixtures.ts'
import { known, later, recordOf } from './known-of.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

/** What is known of a lot's past where a rule asks for it: open consumptions, the last change of status, references. */
export const loadFactsContract = (makeStore: MakeStore): void => {
  describe('consumptions', () => {
    it('are those still open, the newest first, with how much is open', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 100 })
      const other = await plant.lot('B', { stock: 100 })
      const [old, newest, middle] = [
        await plant.consume(lot, 3, 4),
        await plant.consume(lot, 4, 6),
        await plant.consume(lot, 5, 5),
      ]
      const twin = await plant.consume(lot, 1, 6)
      await plant.consume(other, 7, 5)
      await plant.save('CONSUME', lot)
      await plant.reverse(await plant.consume(lot, 9, 7))
      const open = async (scope: Scope) =>
        (await known(plant, scope)).consumptions.map(({ record, open: left }) => [record.id, left / oneUnit])
      const expected = [
        [ulidOf(twin.id), 1],
        [ulidOf(newest.id), 4],
        [ulidOf(middle.id), 5],
        [ulidOf(old.id), 3],
      ]
      expect(await open({ consumptionsOf: [{ id: ulidOf(lot) }] })).toEqual(expected)
      const named = (...records: readonly { readonly id: string | null }[]) =>
        open({ consumptionsOf: [{ id: ulidOf(lot) }], consumptions: records.map(({ id }) => ulidOf(id)) })
      expect(await named(old, newest)).toEqual([expected[1], expected[3]])
      expect(await named()).toEqual([])
      expect(await named(await plant.consume(other, 1, 5))).toEqual([])
      const unconsume = { quantity: 6, startDate: at(8), destinationLocationId: plant.location.dock }
      const back = await plant.save('UNCONSUME', lot, unconsume)
      const left = [
        [ulidOf(middle.id), 4],
        [ulidOf(old.id), 3],
      ]
      expect(await open({ consumptionsOf: [{ id: ulidOf(lot) }] })).toEqual(left)
      expect(await open({ records: [ulidOf(back.id)] })).toEqual(left)
      expect(await named(newest, middle)).toEqual([left[0]])
      expect(await open({ records: [ulidOf(old.id)] })).toEqual([])
      expect(await recordOf(plant, newest)).toMatchObject({ takenBack: 4 * oneUnit, takenBackBy: [later(lot, back)] })
      expect(await recordOf(plant, old)).toMatchObject({ takenBack: 0, takenBackBy: [] })
      expect((await recordOf(plant, back)).takesBack).toEqual([
        { consumeRecordId: ulidOf(twin.id), quantity: oneUnit },
        { consumeRecordId: ulidOf(newest.id), quantity: 4 * oneUnit },
        { consumeRecordId: ulidOf(middle.id), quantity: oneUnit },
      ])
      await plant.reverse(back)
      expect(await open({ consumptionsOf: [{ id: ulidOf(lot) }] })).toEqual(expected)
      expect(await recordOf(plant, newest)).toMatchObject({ takenBack: 0, takenBackBy: [] })
    })

    it('are open as far as a corrected UNCONSUME leaves them', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const consumed = await plant.consume(lot, 4, 4)
      const fields = { quantity: 4, startDate: at(8), destinationLocationId: plant.location.dock }
      const back = await plant.save('UNCONSUME', lot, fields)
      expect((await known(plant, { consumptionsOf: [{ id: ulidOf(lot) }] })).consumptions).toEqual([])
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: back.id, quantity: 1 }, plant.ada))
      const { consumptions } = await known(plant, { consumptionsOf: [{ id: ulidOf(lot) }] })
      expect(consumptions.map(({ record, open }) => [record.id, open])).toEqual([[ulidOf(consumed.id), 3 * oneUnit]])
      expect(await recordOf(plant, consumed)).toMatchObject({ takenBack: oneUnit, takenBackBy: [later(lot, back)] })
    })
  })

  describe('the last change of status', () => {
    it('is the latest in time of the live ones that changed it, other than those of the scope itself', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const last = async (scope: Scope) => (await known(plant, scope)).lastStatusChanges.get(ulidOf(lot))
      expect(await last({ lastStatusChangeOf: [ulidOf(lot)] })).toBe(instantOf(1))
      const held = await plant.save('STATUS_CHANGE', lot, { lotStatus: 'QA_HOLD', startDate: at(5) })
      await plant.save('STATUS_CHANGE', lot, { lotStatus: 'QA_HOLD', startDate: at(9) })
      expect(await last({ lastStatusChangeOf: [ulidOf(lot)] })).toBe(instantOf(5))
      expect(await last({ records: [ulidOf(held.id)] })).toBe(instantOf(1))
      const freed = await plant.save('STATUS_CHANGE', lot, { lotStatus: 'AVAILABLE', startDate: at(6) })
      expect(await last({ records: [ulidOf(held.id)] })).toBe(instantOf(6))
      expect(await last({ records: [ulidOf(freed.id)] })).toBe(instantOf(5))
      await plant.reverse(freed)
      expect(await last({ lastStatusChangeOf: [ulidOf(lot)] })).toBe(instantOf(5))
      expect(await last({ lots: [{ id: ulidOf(lot) }] })).toBeUndefined()
    })
  })

  describe('references', () => {
    it('are all records that name a lot in any version, in either role, and its rows', async () => {
      const plant = await withPlant(makeStore)
      const [a, b] = [await plant.lot('A'), await plant.lot('B')]
      const received = await plant.receive(a, 5, 2)
      const memo = await plant.save('CONSUME', b, { secondaryInventoryLotId: a })
      const draft = await plant.save('SCRAP', a, { status: 'RUNNING' })
      await plant.save('SCRAP', b, { id: draft.id, status: 'RUNNING' })
      const { references } = await known(plant, { referencesTo: [ulidOf(a), ulidOf(b)] })
      const found = references.get(ulidOf(a))?.map(({ tableName, fkColName, id }) => [tableName, fkColName, id])
      const records = 'inventory_lot_records'
      expect(found?.slice(1)).toEqual([
        [records, 'inventory_lot_id', ulidOf(received.id)],
        [records, 'inventory_lot_id', ulidOf(draft.id)],
        [records, 'secondary_inventory_lot_id', ulidOf(memo.id)],
        ['inventory', 'lot_id', expect.any(String)],
      ])
      expect(references.get(ulidOf(b))).toHaveLength(3)
      const unused = await plant.done(
        plant.inventory.saveLot({ name: 'C', materialId: plant.material.sugar }, plant.ada),
      )
      expect((await known(plant, { referencesTo: [ulidOf(unused.id)] })).references.get(ulidOf(unused.id))).toEqual([])
    })
  })
}
