import { describe, expect, it } from 'vitest'
import { oneUnit } from '../../quantity/quantity.ts'
import { instantOf } from '../clock.ts'
import { ulidOf } from '../fixtures.ts'
import { keys, known } from './known-of.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const ids = (...all: readonly string[]) => all.map(ulidOf).sort()

/** What a scope names is loaded, with what it refers to; what does not exist is left out. */
export const loadContract = (makeStore: MakeStore): void => {
  describe('a scope', () => {
    it('that is empty loads nothing but the policy', async () => {
      const plant = await withPlant(makeStore, 'strict')
      await plant.lot('A', { stock: 1 })
      const loaded = await known(plant, {})
      expect(loaded.policy).toBe('strict')
      const { lots, locations, materials, units, reasonCodes, records, timelines, lastStatusChanges, references } =
        loaded
      for (const part of [
        lots,
        locations,
        materials,
        units,
        reasonCodes,
        records,
        timelines,
        lastStatusChanges,
        references,
      ])
        expect(part.size).toBe(0)
      expect(loaded.consumptions).toEqual([])
    })

    it('loads a lot by id or by name, with all its rows, their locations, its material and its unit', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      await plant.lot('A', { material: 'milk', stock: 1 })
      await plant.receive(lot, 5, 2, plant.location.cellar)
      await plant.consume(lot, 5, 3, plant.location.cellar)
      const { sugar } = plant.material
      for (const ref of [
        { id: ulidOf(lot) },
        { name: 'A', material: { id: ulidOf(sugar) } },
        { name: 'A', material: { name: 'Raw/Sugar' } },
      ]) {
        const loaded = await known(plant, { lots: [ref] })
        expect(keys(loaded.lots)).toEqual(ids(lot))
        const item = loaded.lots.get(ulidOf(lot))
        expect(item?.lot).toMatchObject({
          name: 'A',
          initialStatus: 'OPEN',
          status: 'AVAILABLE',
          totalQuantity: 15 * oneUnit,
        })
        // A row that came to zero is a row still.
        expect(new Set([...(item?.rows.values() ?? [])].map(({ quantity }) => quantity))).toEqual(
          new Set([0, 10 * oneUnit]),
        )
        expect(item?.rows.get(ulidOf(plant.location.cellar))).toMatchObject({ lastEffectiveDate: instantOf(3) })
        expect(keys(loaded.locations)).toEqual(ids(plant.location.dock, plant.location.cellar))
        expect(keys(loaded.materials)).toEqual(ids(sugar))
        expect(keys(loaded.units)).toEqual(ids(plant.unit.kg))
        expect(loaded.timelines.size).toBe(0)
      }
    })

    it('leaves out what does not exist, and loads the material of a lot that does not', async () => {
      const plant = await withPlant(makeStore)
      const missing = ulidOf('01JE6F0CE9-T94PZD8R-TH9J01TJ')
      const loaded = await known(plant, {
        lots: [
          { id: missing },
          { name: 'Z', material: { name: 'Raw/Sugar' } },
          { name: 'Z', material: { name: 'No/No' } },
        ],
        locations: [{ id: missing }, { name: 'Nowhere' }],
        units: [{ id: missing }, { name: 'nothing' }],
        reasonCodes: [{ id: missing }, { name: 'none' }],
        records: [missing],
        stockAt: [{ id: missing }],
        consumptionsOf: [{ id: missing }],
        lastStatusChangeOf: [missing],
        since: 0,
      })
      expect(keys(loaded.materials)).toEqual(ids(plant.material.sugar))
      for (const part of [loaded.lots, loaded.locations, loaded.reasonCodes, loaded.records, loaded.lastStatusChanges])
        expect(part.size).toBe(0)
      expect(loaded.consumptions).toEqual([])
    })

    it('loads master data by id and by every name', async () => {
      const plant = await withPlant(makeStore)
      const reason = async (lotRecordType: string) =>
        (await plant.done(plant.inventory.saveReasonCode({ lotRecordType, reasonCode: 'WET' }, plant.ada))).id ?? ''
      const reasons = [await reason('SCRAP'), await reason('RETURN')] as const
      const { dock } = plant.location
      await plant.done(
        plant.inventory.saveLocation({ id: dock, storageCapacity: 5, storageCapacityUnitSymbol: 'pcs' }, plant.ada),
      )
      for (const name of ['kg', 'kilogram'])
        expect(keys((await known(plant, { units: [{ name }] })).units)).toEqual(ids(plant.unit.kg))
      expect(keys((await known(plant, { units: [{ id: ulidOf(plant.unit.l) }] })).units)).toEqual(ids(plant.unit.l))
      for (const ref of [{ name: 'Raw/Milk' }, { id: ulidOf(plant.material.milk) }]) {
        const loaded = await known(plant, { materials: [ref] })
        expect([keys(loaded.materials), keys(loaded.units)]).toEqual([ids(plant.material.milk), ids(plant.unit.l)])
      }
      for (const ref of [{ name: 'Plant/Dock' }, { id: ulidOf(dock) }]) {
        const loaded = await known(plant, { locations: [ref] })
        expect([keys(loaded.locations), keys(loaded.units)]).toEqual([ids(dock), ids(plant.unit.pcs)])
      }
      // A code stands for one reason per type: by its name, all of them.
      expect(keys((await known(plant, { reasonCodes: [{ name: 'WET' }] })).reasonCodes)).toEqual(ids(...reasons))
      const one = await known(plant, { reasonCodes: [{ id: ulidOf(reasons[1]) }] })
      expect(keys(one.reasonCodes)).toEqual(ids(reasons[1]))
    })

    it('loads every lot that lies at a location, above or below zero', async () => {
      const plant = await withPlant(makeStore)
      const { dock, cellar, drain } = plant.location
      const [a, b, c] = [await plant.lot('A', { stock: 1 }), await plant.lot('B', { stock: 1 }), await plant.lot('C')]
      await plant.consume(c, 1, 2, drain)
      await plant.receive(b, 1, 2, cellar)
      expect(keys((await known(plant, { stockAt: ids(dock).map((id) => ({ id })) })).lots)).toEqual(ids(a, b))
      const loaded = await known(plant, { stockAt: ids(dock, drain).map((id) => ({ id })) })
      expect(keys(loaded.lots)).toEqual(ids(a, b, c))
      expect(keys(loaded.locations)).toEqual(ids(dock, cellar, drain))
      await plant.consume(b, 1, 3)
      expect(keys((await known(plant, { stockAt: ids(dock).map((id) => ({ id })) })).lots)).toEqual(ids(a))
      // An empty list of places is no place.
      expect((await known(plant, { stockAt: [] })).lots.size).toBe(0)
    })
  })
}
