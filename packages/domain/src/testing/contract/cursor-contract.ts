import { describe, expect, it } from 'vitest'
import type { Find } from '../../inventory.ts'
import type { Fields } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

/** Cursors: each holds for the list, order and filters whose page gave it. */
export const cursorContract = (makeStore: MakeStore): void => {
  describe('the cursor of a list', () => {
    it('refuses a cursor of another list, another order or other filters, and takes another limit', async () => {
      const plant = await withPlant(makeStore)
      const { inventory, ada } = plant
      for (const path of ['Plant/Dock 2', 'Raw', 'Raw/Dock']) await plant.done(inventory.saveLocation({ path }, ada))
      for (const symbol of ['a', 'b']) await plant.done(inventory.saveUnit({ symbol, name: symbol }, ada))
      const [a, b] = [await plant.lot('A', { stock: 5 }), await plant.lot('B', { stock: 5 })]
      for (const lot of [a, b]) await plant.consume(lot, 1, 3)
      // What holds for one of them holds for no other.
      const lists: readonly (readonly [Find<unknown>, readonly Fields[]])[] = [
        [inventory.listLots, [{}, { newestFirst: true }, { includeDisabled: true }, { material: 'Raw/Sugar' }]],
        [
          inventory.findInventoryLotRecords,
          [{}, { newestFirst: true }, { lot: a }, { lot: b }, { lotRecordType: 'RECEIVE' }],
        ],
        [inventory.findInventory, [{}, { includeZero: true }, { location: 'Plant', subtree: true }]],
        [inventory.findUnits, [{}]],
        [inventory.findLocations, [{}]],
        [inventory.findMaterials, [{}]],
      ]
      const asked = lists.flatMap(([find, queries]) => queries.map((query) => [find, query] as const))
      for (const [find, query] of asked) {
        const { next } = await plant.done(find({ ...query, limit: 1 }, ada))
        expect([query, next]).toEqual([query, expect.any(String)])
        const rest = await plant.done(find({ ...query, limit: 200, cursor: next }, ada))
        const all = await plant.done(find({ ...query, limit: 200 }, ada))
        expect(rest.items).toEqual(all.items.slice(1))
        for (const [otherFind, otherQuery] of asked.filter((one) => one[0] !== find || one[1] !== query))
          expect(await plant.refused(otherFind({ ...otherQuery, cursor: next }, ada))).toMatchObject({
            violations: { cursor: ['must be `next` of an earlier page of the same list, or be left out'] },
          })
      }
    })

    it('refuses a cursor of the reason codes of another type', async () => {
      const plant = await withPlant(makeStore)
      const { saveReasonCode, findReasonCodes } = plant.inventory
      for (const [lotRecordType, reasonCode] of [
        ['SCRAP', 'A'],
        ['SCRAP', 'B'],
        ['EDIT', 'C'],
      ])
        await plant.done(saveReasonCode({ lotRecordType, reasonCode }, plant.ada))
      const { next: cursor } = await plant.done(findReasonCodes({ limit: 1 }, plant.ada, 'SCRAP'))
      expect((await plant.done(findReasonCodes({ cursor }, plant.ada, 'SCRAP'))).items).toMatchObject([
        { reasonCode: 'B' },
      ])
      for (const type of [undefined, 'EDIT'] as const)
        expect(await plant.refused(findReasonCodes({ cursor }, plant.ada, type))).toMatchObject({
          violations: { cursor: [expect.any(String)] },
        })
    })
  })
}
