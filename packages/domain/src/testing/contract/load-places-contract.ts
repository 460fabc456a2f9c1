import { describe, expect, it } from 'vitest'
import { oneUnit } from '../../quantity/quantity.ts'
import { at, instantOf } from '../clock.ts'
import { type Fields, type Plant, ulidOf } from '../fixtures.ts'
import { keys, known } from './known-of.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const ids = (...all: readonly string[]) => all.map(ulidOf).sort()
const change = ({ inventory, done, ada }: Plant, id: string, fields: Fields) =>
  done(inventory.saveLocation({ id, ...fields }, ada))

/** Two lots in the cellar, one at the dock, and a general conversion. */
const stored = async (makeStore: MakeStore) => {
  const plant = await withPlant(makeStore)
  const [a, b, c] = [await plant.lot('A', { stock: 10 }), await plant.lot('B'), await plant.lot('C')]
  const { cellar } = plant.location
  await plant.receive(b, 5, 2, cellar)
  await plant.receive(c, 5, 3, cellar)
  const fields = { from: 'kg', to: 'l', factor: '1/2' }
  const conversion = await plant.done(plant.inventory.saveUnitConversion(fields, plant.ada))
  return { ...plant, a, b, c, conversion: conversion.id ?? '' }
}

/** What is loaded of the places that stock comes to or is taken from. */
export const loadPlacesContract = (makeStore: MakeStore): void => {
  describe('a place where stock may arrive', () => {
    it('that takes everything is loaded alone', async () => {
      const plant = await stored(makeStore)
      const { cellar } = plant.location
      for (const ref of [{ id: ulidOf(cellar) }, { name: 'Plant/Cellar' }]) {
        const loaded = await known(plant, { arrivesAt: [ref] })
        expect(keys(loaded.locations)).toEqual(ids(cellar))
        expect([loaded.lots.size, loaded.conversions.size, loaded.ages.size]).toEqual([0, 0, 0])
      }
      expect((await known(plant, { arrivesAt: [{ name: 'Nowhere' }] })).locations.size).toBe(0)
    })

    it.each([
      { storageCapacity: 100, storageCapacityUnitSymbol: 'l' },
      { lotStorageStrategy: 'MERGE_INTO_PREVIOUS' },
      { lotStorageStrategy: 'MERGE_INTO_NEW' },
    ])('that limits what it holds by %j comes with all that lies there and the conversions', async (limit) => {
      const plant = await stored(makeStore)
      const { cellar, dock } = plant.location
      await change(plant, cellar, limit)
      for (const ref of [{ id: ulidOf(cellar) }, { name: 'Plant/Cellar' }]) {
        const loaded = await known(plant, { arrivesAt: [ref, ref] })
        expect(keys(loaded.lots)).toEqual(ids(plant.b, plant.c))
        expect(loaded.lots.get(ulidOf(plant.b))?.rows.get(ulidOf(cellar))?.quantity).toBe(5 * oneUnit)
        expect(keys(loaded.conversions)).toEqual(ids(plant.conversion))
        expect(keys(loaded.units)).toEqual(expect.arrayContaining(ids(plant.unit.kg, plant.unit.l)))
        expect(loaded.ages.size).toBe(0)
      }
      const both = await known(plant, { arrivesAt: [{ id: ulidOf(dock) }], lots: [{ id: ulidOf(plant.a) }] })
      expect([keys(both.lots), both.conversions.size]).toEqual([ids(plant.a), 0])
    })

    it('is every place that a record of the scope names or posted to', async () => {
      const plant = await stored(makeStore)
      const { cellar, dock, line } = plant.location
      const fields = { quantity: 1, startDate: at(5), sourceLocationId: dock, destinationLocationId: line }
      const moved = await plant.save('MOVE', plant.a, fields)
      const lotsOf = async () => keys((await known(plant, { records: [ulidOf(moved.id)] })).lots)
      expect(await lotsOf()).toEqual(ids(plant.a))
      const corrected = { id: moved.id, destinationLocationId: cellar }
      await plant.done(plant.inventory.saveInventoryLotRecord(corrected, plant.ada))
      await change(plant, cellar, { storageCapacity: 100, storageCapacityUnitSymbol: 'kg' })
      expect(await lotsOf()).toEqual(ids(plant.a, plant.b, plant.c))
      await plant.done(plant.inventory.saveInventoryLotRecord({ ...corrected, destinationLocationId: line }, plant.ada))
      // It posted to the cellar once.
      expect(await lotsOf()).toEqual(ids(plant.a, plant.b, plant.c))
      const { conversions, locations } = await known(plant, { records: [ulidOf(moved.id)] })
      expect(keys(conversions)).toEqual(ids(plant.conversion))
      expect(keys(locations)).toEqual(ids(cellar, dock, line))
    })
  })

  describe('the age of a lot', () => {
    const age = async (plant: Plant, lot: string, name = 'Plant/Dock') =>
      (await known(plant, { stockAt: [{ name }] })).ages.get(ulidOf(lot))

    it('is when its first live stock entry is effective, wherever that was', async () => {
      const plant = await stored(makeStore)
      const { cellar } = plant.location
      const early = await plant.receive(plant.b, 1, 1, plant.location.drain)
      const loaded = await known(plant, { stockAt: [{ id: ulidOf(cellar) }] })
      expect(loaded.ages).toEqual(
        new Map([
          [ulidOf(plant.b), instantOf(1)],
          [ulidOf(plant.c), instantOf(3)],
        ]),
      )
      await plant.reverse(early)
      expect(await age(plant, plant.b, 'Plant/Cellar')).toBe(instantOf(2))
      expect((await known(plant, { lots: [{ id: ulidOf(plant.b) }] })).ages.size).toBe(0)
      expect((await known(plant, { stockAt: [{ name: 'Plant/Line' }] })).lots.size).toBe(0)
    })

    it('is loaded for every lot of the scope where all are asked for', async () => {
      const plant = await stored(makeStore)
      const never = await plant.lot('N')
      const lots = [plant.a, plant.b, never].map((id) => ({ id: ulidOf(id) }))
      const ages = new Map([
        [ulidOf(plant.a), instantOf(1)],
        [ulidOf(plant.b), instantOf(2)],
      ])
      expect((await known(plant, { lots, agesOfAll: true })).ages).toEqual(ages)
    })

    it('follows a correction of the time', async () => {
      const plant = await stored(makeStore)
      const lot = await plant.lot('D')
      const received = await plant.receive(lot, 5, 4)
      await plant.receive(lot, 5, 8)
      expect(await age(plant, lot)).toBe(instantOf(4))
      const fields = { id: received.id, startDate: at(6), endDate: at(6) }
      await plant.done(plant.inventory.saveInventoryLotRecord(fields, plant.ada))
      expect(await age(plant, lot)).toBe(instantOf(6))
    })

    it('is that of the original for a lot that was split off, over any number of splits', async () => {
      const plant = await stored(makeStore)
      const { dock } = plant.location
      const split = async (from: string, name: string, day: number) => {
        const child = await plant.lot(name, { status: 'OPEN' })
        const fields = { quantity: 2, startDate: at(day), sourceLocationId: dock, secondaryInventoryLotId: child }
        return { child, record: await plant.save('SPLIT', from, fields) }
      }
      const original = await plant.lot('O')
      await plant.receive(original, 20, 4)
      const first = await split(original, 'O1', 6)
      await plant.receive(first.child, 3, 5)
      const second = await split(first.child, 'O2', 7)
      for (const lot of [original, first.child, second.child]) expect(await age(plant, lot)).toBe(instantOf(4))
      await plant.reverse(second.record)
      await plant.receive(second.child, 1, 9)
      expect(await age(plant, second.child)).toBe(instantOf(9))
    })
  })

  describe('a lot by a name beside another', () => {
    it('is the one of the other’s material, and brings nothing of the other', async () => {
      const plant = await stored(makeStore)
      const milk = await plant.lot('B', { material: 'milk', stock: 1 })
      const beside = (lot: string, name = 'B') =>
        known(plant, { lots: [{ name, sameMaterialAs: ulidOf(lot) }] }).then(({ lots }) => keys(lots))
      expect(await beside(plant.a)).toEqual(ids(plant.b))
      expect(await beside(milk)).toEqual(ids(milk))
      expect(await beside(milk, 'A')).toEqual([])
      expect(await beside('01JE6F0CE9-T94PZD8R-TH9J01TJ')).toEqual([])
    })
  })

  describe('the names that are taken', () => {
    it('are those of a material’s lots that begin with its name and the date', async () => {
      const plant = await withPlant(makeStore)
      const names = ['Sugar-2026-11-23-1', 'Sugar-2026-11-23-', 'Sugar-2026-11-23', 'Sugar-2026-11-231', 'x']
      for (const name of [...names, 'Sugar-2026-11-23-🧀', 'Sugar-2026-11-24-1']) await plant.lot(name)
      await plant.lot('Sugar-2026-11-23-2', { material: 'milk' })
      for (const material of [{ name: 'Raw/Sugar' }, { id: ulidOf(plant.material.sugar) }]) {
        const { takenNames } = await known(plant, { numbering: [{ material, date: '2026-11-23' }] })
        expect([...takenNames].sort()).toEqual(['Sugar-2026-11-23-', 'Sugar-2026-11-23-1', 'Sugar-2026-11-23-🧀'])
      }
      const none = { material: { name: 'Raw/None' }, date: '2026-11-23' }
      expect((await known(plant, { numbering: [none], materials: [{ name: 'Raw/Sugar' }] })).takenNames).toEqual(
        new Set(),
      )
    })
  })

  describe('consumptions of several lots', () => {
    it('come together, the newest first, by id or by name, each lot once', async () => {
      const plant = await stored(makeStore)
      const b = { name: 'B', material: { name: 'Raw/Sugar' } }
      const byId = { name: 'B', material: { id: ulidOf(plant.material.sugar) } }
      const made = [
        await plant.consume(plant.a, 1, 5),
        await plant.consume(plant.b, 1, 7, plant.location.cellar),
        await plant.consume(plant.a, 2, 6),
        await plant.consume(plant.b, 2, 6, plant.location.cellar),
      ]
      const [oldest, newest, first, second] = made.map(({ id }) => ulidOf(id))
      const a = { id: ulidOf(plant.a) }
      for (const scope of [{ consumptionsOf: [a, b, byId, a] }, { lots: [b], consumptionsOf: [b, a] }]) {
        const { consumptions, lots } = await known(plant, scope)
        expect(consumptions.map(({ record }) => record.id)).toEqual([newest, second, first, oldest])
        expect(lots.size).toBe('lots' in scope ? 1 : 0)
      }
      for (const upTo of [1, 3, 4]) {
        const cut = await known(plant, { consumptionsOf: [a, b], consumptionsUpTo: upTo })
        expect(cut.consumptions.map(({ record }) => record.id)).toEqual([newest, second, first, oldest].slice(0, upTo))
        expect(cut.consumptionsCut).toBe(upTo < 4)
      }
      const nowhere = [
        { name: 'Z', material: { name: 'Raw/Sugar' } },
        { name: 'B', material: { name: 'Raw/Milk' } },
      ]
      expect((await known(plant, { consumptionsOf: nowhere })).consumptions).toEqual([])
    })
  })
}
