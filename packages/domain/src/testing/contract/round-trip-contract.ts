import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const texts = [
  "'; drop table lot; --",
  '=cmd()|x',
  'line one\r\nline two\ttabbed',
  '“quotes” \\ \' " `',
  'naïve café, Ω, 漢字, 🧀 and 👩🏽‍🔬',
  '%_*?[a-z]',
  ' spaces around ',
  'x'.repeat(4000),
  '🧀'.repeat(4000),
]

/** What is written comes back as it was. */
export const roundTripContract = (makeStore: MakeStore): void => {
  describe('what is written', () => {
    it('comes back with every text as it was', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A')
      for (const notes of texts) {
        const record = await plant.save('SCRAP', lot, { notes, spare1: notes, productionOrderName: notes })
        expect(record.notes).toBe(notes)
        expect(await plant.done(plant.inventory.getInventoryLotRecord(record.id ?? '', plant.ada))).toEqual(record)
      }
      expect((await Effect.runPromise(plant.store.verify())).mismatches).toEqual([])
    })

    it('has its names in one form, by which it is found', async () => {
      const plant = await withPlant(makeStore)
      for (const [given, kept] of [
        ['Cafe\u0301', 'Café'],
        ['  Ab  ', 'Ab'],
        ['ab', 'ab'],
        ["'; drop table lot; --", "'; drop table lot; --"],
        ['50%', '50%'],
        ['🧀', '🧀'],
      ] as const) {
        const lot = await plant.done(
          plant.inventory.saveLot({ name: given, materialId: plant.material.sugar }, plant.ada),
        )
        expect(lot.name).toBe(kept)
        for (const name of [kept, given]) {
          const found = plant.inventory.getLotByIdOrNameAndMaterial(name, ' Raw / Sugar', plant.ada)
          expect(await plant.done(found)).toEqual(lot)
        }
        const { items } = await plant.done(plant.inventory.listLots({ name: kept }, plant.ada))
        expect(items).toEqual([lot])
      }
      const again = plant.inventory.saveLot({ name: 'Café', materialId: plant.material.sugar }, plant.ada)
      expect(await plant.refused(again)).toMatchObject({ _tag: 'DuplicateName' })
    })

    it('has every quantity exactly', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A')
      const fields = { destinationLocationId: plant.location.dock }
      for (const quantity of [0.000001, 0.1, 0.2, 1 / 8, 123456.789012, 999_000_000.000001]) {
        const record = await plant.save('RECEIVE', lot, { ...fields, quantity })
        expect((await plant.done(plant.inventory.getInventoryLotRecord(record.id ?? '', plant.ada))).quantity).toBe(
          quantity,
        )
      }
      expect((await plant.get(lot)).onHand).toBe(999_123_457.214014)
      expect(await plant.stock(lot)).toEqual({ Dock: 999_123_457.214014 })
      for (let n = 0; n < 10; n++)
        await plant.save('RECEIVE', lot, { quantity: '0.1', destinationLocationId: plant.location.cellar })
      expect((await plant.stock(lot))['Cellar']).toBe(1)
    })

    it('has every instant to the millisecond, from 1970 to tomorrow', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A')
      for (const startDate of ['1970-01-01T00:00:00.000Z', '1999-12-31T23:59:59.999Z', '2026-11-24T08:00:00.000Z']) {
        const record = await plant.save('RECEIVE', lot, {
          quantity: 1,
          startDate,
          destinationLocationId: plant.location.dock,
        })
        expect((await plant.done(plant.inventory.getInventoryLotRecord(record.id ?? '', plant.ada))).startDate).toBe(
          startDate,
        )
      }
      expect(await plant.stock(lot, '1999-12-31T23:59:59.998Z')).toEqual({ Dock: 1 })
      expect(await plant.stock(lot, '1999-12-31T23:59:59.999Z')).toEqual({ Dock: 2 })
      const id = (
        await plant.done(plant.inventory.saveLot({ id: lot, expirationDate: '9999-12-31T23:59:59.999Z' }, plant.ada))
      ).id
      expect(await plant.get(id ?? '')).toMatchObject({ expirationDate: '9999-12-31T23:59:59.999Z' })
    })

    it('has the order of lots, records and names of every page by code point', async () => {
      const plant = await withPlant(makeStore)
      // U+1F4E6 comes after U+FF21 by code point, and before it as UTF-16.
      for (const name of ['Plant/\u{1F4E6}', 'Plant/\uFF21', 'Plant/a', 'Plant/B', 'Plant/é', 'Plant/z'])
        await plant.done(plant.inventory.saveLocation({ path: name }, plant.ada))
      const { items } = await plant.done(plant.inventory.findLocations({}, plant.ada))
      expect(items.map(({ name }) => name)).toEqual([
        ...['Plant', 'B', 'Cellar', 'Dock', 'Drain', 'Line', 'a', 'z', 'é', '\uFF21', '\u{1F4E6}'],
      ])
    })
  })
}
