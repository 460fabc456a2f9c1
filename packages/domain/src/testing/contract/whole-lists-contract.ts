import { describe, expect, it } from 'vitest'
import type { Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const stocked = async (makeStore: MakeStore): Promise<Plant> => {
  const plant = await withPlant(makeStore)
  const { cellar, drain } = plant.location
  const a = await plant.lot('A', { stock: 5 })
  await plant.receive(a, 2, 2, cellar)
  await plant.lot('A', { material: 'milk', stock: 3 })
  await plant.consume(await plant.lot('B'), 1, 3, drain)
  await plant.consume(await plant.lot('Gone', { stock: 1 }), 1, 3)
  await plant.done(plant.inventory.saveLot({ id: await plant.lot('X'), enabled: false }, plant.ada))
  return plant
}

const names = (rows: readonly { readonly materialPath: string; readonly name: string }[]) =>
  rows.map(({ materialPath, name }) => `${materialPath} ${name}`)
const places = (
  rows: readonly { readonly locationPath: string; readonly lotName: string; readonly quantity: number }[],
) => rows.map(({ locationPath, lotName, quantity }) => `${locationPath} ${lotName} ${quantity}`)

/** The documented functions that answer with every row. */
export const wholeListsContract = (makeStore: MakeStore): void => {
  describe('the functions that answer with every row', () => {
    it('getAllLots gives every lot that is not disabled', async () => {
      const plant = await stocked(makeStore)
      const lots = await plant.done(plant.inventory.getAllLots(plant.ada))
      expect(names(lots)).toEqual(['Raw/Sugar A', 'Raw/Milk A', 'Raw/Sugar B', 'Raw/Sugar Gone'])
      const [first] = lots
      expect(first).toEqual(await plant.get(first?.id ?? ''))
    })

    it('gives more rows than a page holds, once each and in order', async () => {
      const plant = await withPlant(makeStore)
      const lots = Array.from({ length: 205 }, (_, index) => `L${index}`)
      for (const name of lots)
        await plant.done(plant.inventory.saveLot({ name, materialId: plant.material.cap }, plant.ada))
      expect((await plant.done(plant.inventory.getAllLots(plant.ada))).map(({ name }) => name)).toEqual(lots)
      const first = await plant.done(plant.inventory.pages.getAllLots({}, null, plant.ada))
      const second = await plant.done(plant.inventory.pages.getAllLots({}, first.next, plant.ada))
      expect([first.items.length, second.items.length, second.next]).toEqual([200, 5, null])
    })

    it('getLotsForMaterial gives those of a material, by its path or its id', async () => {
      const plant = await stocked(makeStore)
      const { getLotsForMaterial } = plant.inventory
      for (const material of ['Raw/Milk', plant.material.milk])
        expect(names(await plant.done(getLotsForMaterial(material, plant.ada)))).toEqual(['Raw/Milk A'])
      expect(await plant.done(getLotsForMaterial('Pack/Cap', plant.ada))).toEqual([])
    })

    it('getAllInventory gives all stock, and those of a place or a material give theirs', async () => {
      const { inventory, done, ada, location } = await stocked(makeStore)
      const all = ['Plant/Cellar A 2', 'Plant/Dock A 5', 'Plant/Dock A 3', 'Plant/Drain B -1']
      expect(places(await done(inventory.getAllInventory(ada)))).toEqual(all)
      for (const everywhere of [null, ''])
        expect(places(await done(inventory.getAllInventoryForLocationAndChildren(everywhere, ada)))).toEqual(all)
      for (const dock of ['Plant/Dock', location.dock])
        expect(places(await done(inventory.getAllInventoryAtLocation(dock, ada)))).toEqual(all.slice(1, 3))
      expect(places(await done(inventory.getInventoryForMaterial('Raw/Milk', ada)))).toEqual(['Plant/Dock A 3'])
    })

    it('goes to a location and its children, or to the location alone', async () => {
      const { inventory, done, ada, ...plant } = await stocked(makeStore)
      const { id } = await done(inventory.saveLocation({ path: 'Plant/Dock/Gate' }, ada))
      await plant.receive(await plant.lot('G'), 4, 2, id ?? '')
      const below = await done(inventory.getAllInventoryForLocationAndChildren('Plant/Dock', ada))
      expect(places(below)).toEqual(['Plant/Dock A 5', 'Plant/Dock A 3', 'Plant/Dock/Gate G 4'])
      expect(places(await done(inventory.getAllInventoryAtLocation('Plant/Dock', ada)))).toHaveLength(2)
      expect(places(await done(inventory.getAllInventoryAtLocation('Plant/Dock/Gate', ada)))).toEqual([
        'Plant/Dock/Gate G 4',
      ])
    })

    it('says what is missing, and what is not found', async () => {
      const { inventory, refused, ada, caller } = await stocked(makeStore)
      const { getLotsForMaterial, getInventoryForMaterial, getAllInventoryAtLocation } = inventory
      for (const [find, field, kind] of [
        [getLotsForMaterial, 'materialIdOrPath', 'material'],
        [getInventoryForMaterial, 'materialIdOrPath', 'material'],
        [getAllInventoryAtLocation, 'locationIdOrPath', 'location'],
      ] as const) {
        for (const nothing of [null, ''])
          expect(await refused(find(nothing, ada))).toMatchObject({ violations: { [field]: ['is required'] } })
        expect(await refused(find('a//b', ada))).toMatchObject({ violations: { [field]: [expect.any(String)] } })
        expect(await refused(find('No/No', ada))).toMatchObject({ _tag: 'NotFound', kind, idOrName: 'No/No' })
      }
      const { getAllInventoryForLocationAndChildren: below } = inventory
      expect(await refused(below('No/No', ada))).toMatchObject({ _tag: 'NotFound', kind: 'location' })
      const denied = { _tag: 'PermissionDenied', permission: 'INVENTORY.READ.GET' }
      const nobody = caller('INVENTORY.WRITE')
      expect(await refused(inventory.getAllLots(nobody))).toMatchObject(denied)
      expect(await refused(inventory.getAllInventory(nobody))).toMatchObject(denied)
      for (const find of [getLotsForMaterial, getInventoryForMaterial, getAllInventoryAtLocation, below])
        expect(await refused(find('No/No', nobody))).toMatchObject(denied)
    })
  })
}
