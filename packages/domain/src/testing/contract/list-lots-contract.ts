import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import { at } from '../clock.ts'
import type { Fields, Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { whole } from './whole.ts'
import { withPlant } from './with-plant.ts'

const names = async (plant: Plant, query: Fields = {}) =>
  (await plant.done(plant.inventory.listLots(query, plant.ada))).items.map(({ name }) => name)

const lots = async (makeStore: MakeStore): Promise<Plant> => {
  const plant = await withPlant(makeStore)
  const { cellar, drain } = plant.location
  await plant.lot('A', { stock: 5 })
  await plant.receive(await plant.lot('b_1'), 5, 2, cellar)
  await plant.lot('B%2', { status: 'QA_HOLD' })
  await plant.lot('M', { material: 'milk', stock: 1 })
  await plant.lot('A', { material: 'milk', expirationDate: at(20) })
  await plant.consume(await plant.lot('C'), 1, 3, drain)
  const disabled = await plant.lot('X')
  await plant.done(plant.inventory.saveLot({ id: disabled, enabled: false }, plant.ada))
  return plant
}

/** Lists of lots: filters, order and pages. */
export const listLotsContract = (makeStore: MakeStore): void => {
  describe('the list of lots', () => {
    it('is in the order in which they were made, without the disabled ones unless asked for', async () => {
      const plant = await lots(makeStore)
      expect(await names(plant)).toEqual(['A', 'b_1', 'B%2', 'M', 'A', 'C'])
      expect(await names(plant, { includeDisabled: true })).toEqual(['A', 'b_1', 'B%2', 'M', 'A', 'C', 'X'])
      expect(await names(plant, { newestFirst: true })).toEqual(['C', 'A', 'M', 'B%2', 'b_1', 'A'])
      expect(await names(plant, { newestFirst: true, asOf: at(1), onHand: true })).toEqual(['M', 'A'])
    })

    it.each([
      [{ material: 'Raw/Milk' }, ['M', 'A']],
      [{ name: 'A' }, ['A', 'A']],
      [{ name: 'a' }, []],
      [{ nameContains: '_' }, ['b_1']],
      [{ nameContains: '%' }, ['B%2']],
      [{ nameContains: 'B' }, ['B%2']],
      [{ status: 'QA_HOLD' }, ['B%2']],
      [{ status: 'AVAILABLE' }, ['A', 'b_1', 'M', 'A', 'C']],
      [{ effectiveStatus: 'EXPIRED' }, ['M', 'A']],
      [{ effectiveStatus: 'AVAILABLE' }, ['A', 'b_1', 'C']],
      [{ location: 'Plant/Dock' }, ['A', 'M']],
      [{ location: 'Plant/Drain' }, ['C']],
      [{ location: 'Plant' }, []],
      [{ location: 'Plant', subtree: true }, ['A', 'b_1', 'M', 'C']],
      [{ onHand: true }, ['A', 'b_1', 'M', 'C']],
      [{ onHand: false }, ['B%2', 'A']],
      [{ material: 'Raw/Milk', onHand: true, location: 'Plant', subtree: 'true' }, ['M']],
      [{ material: 'Raw/Milk', status: 'CLOSED' }, []],
    ] as const)('filtered by %j is %j', async (query, expected) => {
      expect(await names(await lots(makeStore), query)).toEqual(expected)
    })

    it('filters by every other field', async () => {
      const plant = await lots(makeStore)
      const supplied = { name: 'S', materialId: plant.material.sugar, supplierId: 'SUP-1' }
      await plant.done(plant.inventory.saveLot(supplied, plant.ada))
      const cases: readonly (readonly [Fields, readonly string[]])[] = [
        [{ supplierId: 'SUP-1' }, ['S']],
        [{ supplierId: 'SUP' }, []],
        [{ expirationFrom: at(12) }, ['A']],
        [{ expirationTo: at(12) }, ['M']],
        [{ expirationFrom: at(11), expirationTo: at(20) }, ['M', 'A']],
        [{ totalQuantityMin: 1, totalQuantityMax: 1 }, ['M']],
        [{ totalQuantityMin: 6 }, []],
        [{ onHandMax: '-0.5' }, ['C']],
        [{ onHandMin: 5 }, ['A', 'b_1']],
        [{ createdFrom: at(2) }, ['S']],
        [{ createdTo: at(1), onHand: false }, ['B%2', 'A']],
        [{ enabled: false }, ['X']],
        [{ enabled: true, includeDisabled: true, material: 'Raw/Milk' }, ['M', 'A']],
        [{ asOf: at(1), onHand: true }, ['A', 'M']],
        [{ asOf: at(12), effectiveStatus: 'EXPIRED' }, ['M']],
        [{ asOf: at(2), location: 'Plant', subtree: true }, ['A', 'b_1', 'M']],
      ]
      for (const [query, expected] of cases) expect([query, await names(plant, query)]).toEqual([query, expected])
    })

    it('filters a subtree by whole names, not by how they begin', async () => {
      const plant = await withPlant(makeStore)
      for (const [name, path] of [
        ['A', 'Plant/Dock/Gate'],
        ['B', 'Plant/Dock 2'],
        ['C', 'Plant/Dock-3/Gate'],
        ['D', 'Plant/Doc_'],
        ['E', 'Other/Plant/Dock'],
      ] as const) {
        const { id } = await plant.done(plant.inventory.saveLocation({ path }, plant.ada))
        await plant.receive(await plant.lot(name), 1, 2, id ?? '')
      }
      expect(await names(plant, { location: 'Plant/Dock', subtree: true })).toEqual(['A'])
      expect(await names(plant, { location: 'Plant/Doc_', subtree: true })).toEqual(['D'])
      const { items } = await plant.done(
        plant.inventory.findInventory({ location: 'Plant/Dock', subtree: true }, plant.ada),
      )
      expect(items.map(({ lotName }) => lotName)).toEqual(['A'])
      const under = await Effect.runPromise(plant.store.findLocations({ limit: 50, after: null, under: 'Plant/Dock' }))
      expect(under.items.map(({ path }) => path)).toEqual(['Plant/Dock', 'Plant/Dock/Gate'])
    })

    it('comes in pages of any size without gaps or doubles, though lots come in between', async () => {
      const plant = await lots(makeStore)
      for (const limit of [1, 2, 3, 6, 200]) {
        const all = await whole((cursor) => plant.done(plant.inventory.listLots({ limit, cursor }, plant.ada)))
        expect(all.map(({ name }) => name)).toEqual(['A', 'b_1', 'B%2', 'M', 'A', 'C'])
        const back = await whole((cursor) =>
          plant.done(plant.inventory.listLots({ limit, cursor, newestFirst: true }, plant.ada)),
        )
        expect(back.map(({ name }) => name)).toEqual(['C', 'A', 'M', 'B%2', 'b_1', 'A'])
      }
      const first = await plant.done(plant.inventory.listLots({ limit: 2 }, plant.ada))
      const [gone] = first.items
      await plant.done(plant.inventory.saveLot({ id: gone?.id, enabled: false }, plant.ada))
      await plant.lot('New')
      const rest = await whole((cursor) =>
        plant.done(plant.inventory.listLots({ limit: 2, cursor: cursor ?? first.next }, plant.ada)),
      )
      expect(rest.map(({ name }) => name)).toEqual(['B%2', 'M', 'A', 'C', 'New'])
      const full = await plant.done(plant.inventory.listLots({ limit: 6 }, plant.ada))
      expect([full.items.length, full.next]).toEqual([6, null])
    })

    it('names what a filter does not find', async () => {
      const plant = await lots(makeStore)
      const { listLots, findInventory, findInventoryLotRecords } = plant.inventory
      const missing = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
      for (const find of [listLots, findInventory, findInventoryLotRecords]) {
        expect(await plant.refused(find({ material: 'No/No' }, plant.ada))).toMatchObject({
          _tag: 'NotFound',
          kind: 'material',
          idOrName: 'No/No',
        })
        expect(await plant.refused(find({ location: missing }, plant.ada))).toMatchObject({
          _tag: 'NotFound',
          kind: 'location',
          idOrName: missing,
        })
      }
      expect(
        await plant.refused(findInventoryLotRecords({ lot: 'Z', material: 'Raw/Sugar' }, plant.ada)),
      ).toMatchObject({
        _tag: 'NotFound',
        kind: 'lot',
        idOrName: 'Z',
      })
      expect(await plant.refused(findInventoryLotRecords({ lot: 'Z', material: 'No/No' }, plant.ada))).toMatchObject({
        _tag: 'NotFound',
        kind: 'material',
      })
    })

    it('refuses a cursor that no page gave, as every list does', async () => {
      const plant = await lots(makeStore)
      const { listLots, findInventory, findInventoryLotRecords, findMaterials, findLocations } = plant.inventory
      const { findUnits, findUnitConversions, findReasonCodes } = plant.inventory
      const lists = [listLots, findInventory, findInventoryLotRecords, findMaterials, findLocations]
      for (const find of [...lists, findUnits, findUnitConversions, findReasonCodes])
        for (const cursor of ['nonsense', '', 'WyJhIiwiYiIsImMiLCJkIl0', 'e30', '{}'])
          expect(await plant.refused(find({ cursor }, plant.ada))).toMatchObject({
            _tag: 'ValidationFailed',
            violations: { cursor: ['must be `next` of an earlier page of the same list, or be left out'] },
          })
    })
  })
}
