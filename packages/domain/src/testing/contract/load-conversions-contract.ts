import { Effect, Result } from 'effect'
import { describe, expect, it } from 'vitest'
import type { UnitConversion } from '../../master-data/master-data.ts'
import { type Fields, type Plant, ulidOf } from '../fixtures.ts'
import { keys, known } from './known-of.ts'
import type { MakeStore } from './store-contract.ts'
import { whole } from './whole.ts'
import { withPlant } from './with-plant.ts'

const convert = ({ inventory, done, ada }: Plant, fields: Fields) => done(inventory.saveUnitConversion(fields, ada))

/** One general conversion, one for sugar and one for milk. */
const converting = async (makeStore: MakeStore) => {
  const plant = await withPlant(makeStore)
  const general = await convert(plant, { from: 'kg', to: 'l', factor: '2/3', notes: 'water' })
  const sugar = await convert(plant, { from: 'kg', to: 'l', factor: '1.5', materialPath: 'Raw/Sugar' })
  const milk = await convert(plant, { from: 'pcs', to: 'l', factor: '0.001', materialPath: 'Raw/Milk' })
  const ids = { general: ulidOf(general.id), sugar: ulidOf(sugar.id), milk: ulidOf(milk.id) }
  return { ...plant, conversion: { general, sugar, milk }, ids }
}

/** Unit conversions are kept, listed, and loaded where a scope asks for them. */
export const loadConversionsContract = (makeStore: MakeStore): void => {
  describe('the unit conversions of a scope', () => {
    it('are the general ones and those of every loaded material, with their units', async () => {
      const plant = await converting(makeStore)
      const { ids, unit } = plant
      const general = await known(plant, { conversions: true })
      expect(keys(general.conversions)).toEqual([ids.general])
      expect(keys(general.units)).toEqual(expect.arrayContaining([ulidOf(unit.kg), ulidOf(unit.l)]))
      expect(general.conversions.get(ids.general)).toMatchObject({
        fromUnitId: ulidOf(unit.kg),
        toUnitId: ulidOf(unit.l),
        numerator: 2,
        denominator: 3,
        materialId: null,
        notes: 'water',
        enabled: true,
        version: 1,
      })
      const milk = await known(plant, { conversions: true, materials: [{ name: 'Raw/Milk' }] })
      expect(keys(milk.conversions)).toEqual([ids.general, ids.milk].sort())
      expect(keys(milk.units)).toContain(ulidOf(unit.pcs))
      const lot = await plant.lot('A')
      const sugar = await known(plant, { conversions: true, lots: [{ id: ulidOf(lot) }] })
      expect(keys(sugar.conversions)).toEqual([ids.general, ids.sugar].sort())
      expect(sugar.conversions.get(ids.sugar)?.materialId).toBe(ulidOf(plant.material.sugar))
      expect((await known(plant, { lots: [{ id: ulidOf(lot) }] })).conversions.size).toBe(0)
    })

    it('may have the greatest factor there is', async () => {
      const plant = await withPlant(makeStore)
      const made = await convert(plant, { from: 'kg', to: 'l', factor: '1/999999999999999' })
      const loaded = await known(plant, { conversions: true })
      expect(loaded.conversions.get(ulidOf(made.id))).toMatchObject({ numerator: 1, denominator: 999_999_999_999_999 })
    })

    it('stay as they were saved last', async () => {
      const plant = await converting(makeStore)
      const { ids } = plant
      const fields = { id: plant.conversion.general.id, factor: '4/5', enabled: false, notes: 'off' }
      expect(await convert(plant, fields)).toMatchObject({ numerator: 4, denominator: 5, enabled: false, version: 2 })
      const loaded = (await known(plant, { conversions: true })).conversions.get(ids.general)
      expect(loaded).toMatchObject({ numerator: 4, denominator: 5, enabled: false, notes: 'off', version: 2 })
      expect((await Effect.runPromise(plant.store.verify())).mismatches).toEqual([])
    })

    it('are written only where they are not the very ones that were loaded', async () => {
      const plant = await converting(makeStore)
      const before = await plant.dump()
      const nothing = { versions: [], changes: [], deletedLots: [], answer: () => null }
      await plant.done(
        plant.store.change({ conversions: true }, (loaded) => Result.succeed({ known: loaded, ...nothing })),
      )
      expect(await plant.dump()).toEqual(before)
      const { milk } = plant.ids
      await plant.done(
        plant.store.change({ conversions: true, materials: [{ name: 'Raw/Milk' }] }, (loaded) => {
          const was = loaded.conversions.get(milk) as UnitConversion
          const changed = { ...was, numerator: 7, version: was.version + 1 }
          const conversions = new Map(loaded.conversions).set(milk, changed)
          return Result.succeed({ known: { ...loaded, conversions }, ...nothing })
        }),
      )
      const loaded = await known(plant, { conversions: true, materials: [{ name: 'Raw/Milk' }] })
      expect(loaded.conversions.get(milk)?.numerator).toBe(7)
    })
  })

  describe('the list of unit conversions', () => {
    it('is by unit and then by material, in pages of any size, with symbols and paths', async () => {
      const plant = await converting(makeStore)
      const { findUnitConversions } = plant.inventory
      for (const limit of [1, 2, 50]) {
        const found = await whole((cursor) => plant.done(findUnitConversions({ limit, cursor }, plant.ada)))
        expect(found).toEqual([plant.conversion.general, plant.conversion.sugar, plant.conversion.milk])
        expect(found.map(({ from, to, materialPath }) => [from, to, materialPath])).toEqual([
          ['kg', 'l', null],
          ['kg', 'l', 'Raw/Sugar'],
          ['pcs', 'l', 'Raw/Milk'],
        ])
      }
    })

    it('gives one by its id, and nothing for an id that none has', async () => {
      const plant = await converting(makeStore)
      const { milk } = plant.conversion
      expect(await plant.done(plant.inventory.getUnitConversion(milk.id ?? '', plant.ada))).toEqual(milk)
      const missing = plant.inventory.getUnitConversion('01JE6F0CE9-T94PZD8R-TH9J01TJ', plant.ada)
      expect(await plant.refused(missing)).toMatchObject({ _tag: 'NotFound', kind: 'unit conversion' })
    })
  })
}
