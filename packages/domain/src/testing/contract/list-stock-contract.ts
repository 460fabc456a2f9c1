import { describe, expect, it } from 'vitest'
import { at } from '../clock.ts'
import type { Fields, Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { whole } from './whole.ts'
import { withPlant } from './with-plant.ts'

/** Lists of stock: filters, order, pages and times gone by. */
export const listStockContract = (makeStore: MakeStore): void => {
  describe('the list of stock', () => {
    const stock = async (plant: Plant, query: Fields = {}) =>
      (await plant.done(plant.inventory.findInventory(query, plant.ada))).items.map(
        ({ locationPath, lotName, materialPath, quantity }) =>
          [locationPath, lotName, materialPath, quantity].join(' '),
      )

    const stocked = async (): Promise<Plant> => {
      const plant = await withPlant(makeStore)
      const { cellar, drain, dock } = plant.location
      const a = await plant.lot('A')
      await plant.receive(a, 10, 5)
      await plant.receive(a, 2, 6, cellar)
      await plant.receive(await plant.lot('A', { material: 'milk' }), 3, 4, cellar)
      await plant.consume(await plant.lot('B'), 1, 7, drain)
      await plant.consume(a, 2, 8, cellar)
      await plant.save('MOVE', a, {
        quantity: 4,
        startDate: at(9),
        sourceLocationId: dock,
        destinationLocationId: plant.location.line,
      })
      return plant
    }

    it('is by location and lot, without rows at zero unless asked for', async () => {
      const plant = await stocked()
      const rows = [
        'Plant/Cellar A Raw/Milk 3',
        'Plant/Dock A Raw/Sugar 6',
        'Plant/Drain B Raw/Sugar -1',
        'Plant/Line A Raw/Sugar 4',
      ]
      expect(await stock(plant)).toEqual(rows)
      expect((await stock(plant, { includeZero: true })).toSorted()).toEqual(
        ['Plant/Cellar A Raw/Sugar 0', ...rows].toSorted(),
      )
    })

    it.each([
      [{ location: 'Plant/Dock' }, ['Plant/Dock A Raw/Sugar 6']],
      [{ location: 'Plant' }, []],
      [{ location: 'Plant', subtree: true, material: 'Raw/Milk' }, ['Plant/Cellar A Raw/Milk 3']],
      [{ lot: 'A', material: 'Raw/Milk' }, ['Plant/Cellar A Raw/Milk 3']],
      [{ lot: 'A' }, ['Plant/Cellar A Raw/Milk 3', 'Plant/Dock A Raw/Sugar 6', 'Plant/Line A Raw/Sugar 4']],
      [{ asOf: at(3) }, []],
      [{ asOf: at(5) }, ['Plant/Cellar A Raw/Milk 3', 'Plant/Dock A Raw/Sugar 10']],
      [{ asOf: at(6), material: 'Raw/Sugar' }, ['Plant/Cellar A Raw/Sugar 2', 'Plant/Dock A Raw/Sugar 10']],
      [{ asOf: at(8), material: 'Raw/Sugar' }, ['Plant/Dock A Raw/Sugar 10', 'Plant/Drain B Raw/Sugar -1']],
      [{ asOf: at(4), material: 'Raw/Sugar', location: 'Plant/Dock', includeZero: true }, ['Plant/Dock A Raw/Sugar 0']],
    ] as const)('filtered by %j is %j', async (query, expected) => {
      expect(await stock(await stocked(), query)).toEqual(expected)
    })

    it('of a moment gone by is what the records of today say it was', async () => {
      const plant = await stocked()
      const late = await plant.receive(await plant.lot('L'), 5, 2)
      expect(await stock(plant, { asOf: at(3) })).toEqual(['Plant/Dock L Raw/Sugar 5'])
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: late.id, quantity: 7, endDate: at(3) }, plant.ada))
      expect(await stock(plant, { asOf: at(2) })).toEqual([])
      expect(await stock(plant, { asOf: at(3) })).toEqual(['Plant/Dock L Raw/Sugar 7'])
      await plant.reverse(late)
      expect(await stock(plant, { asOf: at(3) })).toEqual([])
    })

    it('says of each row what its lot amounts to, now or at the moment that is asked for', async () => {
      const plant = await stocked()
      await plant.receive(await plant.lot('H', { status: 'QA_HOLD' }), 8, 2)
      const amounts = async (query: Fields) =>
        (
          await plant.done(plant.inventory.findInventory({ subtree: true, location: 'Plant', ...query }, plant.ada))
        ).items
          .filter(({ lotName, materialPath }) => lotName === 'H' || materialPath === 'Raw/Milk')
          .map(({ lotName, lotStatus, effectiveStatus }) => [lotName, lotStatus, effectiveStatus])
      const held = ['H', 'QA_HOLD', 'QA_HOLD']
      const milk = (amount: string) => [['A', 'AVAILABLE', amount], held]
      expect(await amounts({})).toEqual(milk('EXPIRED'))
      // Milk keeps ten days, from its receipt on the fourth.
      expect(await amounts({ asOf: at(13) })).toEqual(milk('AVAILABLE'))
      expect(await amounts({ asOf: at(14) })).toEqual(milk('EXPIRED'))
      const { cellar } = plant.location
      const row = await plant.done(plant.inventory.getInventoryByLotAndLocation('A', 'Raw/Milk', cellar, plant.ada))
      expect(row.effectiveStatus).toBe('EXPIRED')
      const [first] = await plant.done(plant.inventory.getAllInventoryAtLocation(cellar, plant.ada))
      expect(first).toEqual(row)
    })

    it('filters by every other field', async () => {
      const plant = await stocked()
      const { cellar, dock } = plant.location
      const lot = await plant.lot('L')
      const order = { productionOrderName: 'PO 7', startDate: at(2) }
      await plant.save('RECEIVE', lot, { quantity: 7, destinationLocationId: dock, ...order })
      await plant.receive(await plant.lot('H', { status: 'QA_HOLD' }), 8, 2, cellar)
      const cases: readonly (readonly [Fields, readonly string[]])[] = [
        [{ lotStatus: 'QA_HOLD' }, ['Plant/Cellar H Raw/Sugar 8']],
        [{ lotStatus: 'CLOSED' }, []],
        [{ effectiveStatus: 'EXPIRED' }, ['Plant/Cellar A Raw/Milk 3']],
        [{ effectiveStatus: 'EXPIRED', asOf: at(8) }, []],
        [{ effectiveStatus: 'AVAILABLE', location: 'Plant/Cellar' }, []],
        [{ negative: true }, ['Plant/Drain B Raw/Sugar -1']],
        [{ negative: false, quantityMax: 3 }, ['Plant/Cellar A Raw/Milk 3']],
        [{ quantityMin: 7, quantityMax: 7 }, ['Plant/Dock L Raw/Sugar 7']],
        [{ name: 'PALLET' }, []],
        [{ spare1: 'x' }, []],
        [{ notesContains: 'x' }, []],
      ]
      for (const [query, expected] of cases) expect([query, await stock(plant, query)]).toEqual([query, expected])
    })

    it('comes in pages of any size without gaps or doubles', async () => {
      const plant = await stocked()
      const expected = await stock(plant, { includeZero: true })
      for (const limit of [1, 2, 5]) {
        const found = await whole((cursor) =>
          plant.done(plant.inventory.findInventory({ limit, cursor, includeZero: true }, plant.ada)),
        )
        expect(found.map((row) => [row.locationPath, row.lotName, row.materialPath, row.quantity].join(' '))).toEqual(
          expected,
        )
      }
    })
  })
}
