import { describe, expect, it } from 'vitest'
import { at } from '../clock.ts'
import type { Fields, Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const cellar = (plant: Plant, fields: Fields) =>
  plant.inventory.saveLocation({ id: plant.location.cellar, ...fields }, plant.ada)
const drain = (plant: Plant, fields: Fields) =>
  plant.inventory.saveLocation({ id: plant.location.drain, ...fields }, plant.ada)
const convert = (plant: Plant, fields: Fields) => plant.inventory.saveUnitConversion(fields, plant.ada)

/** Sugar lots A and B (kg) that lie in the cellar, as much as is given of each. */
const storing = async (makeStore: MakeStore, ...quantities: readonly number[]) => {
  const plant = await withPlant(makeStore)
  const lots: string[] = []
  for (const [place, quantity] of quantities.entries()) {
    const lot = await plant.lot('ABCDEF'.charAt(place))
    await plant.receive(lot, quantity, 5, plant.location.cellar)
    lots.push(lot)
  }
  return { ...plant, lots }
}

/** A change of a place or of a conversion is judged by the stock that is there. */
export const presentStockContract = (makeStore: MakeStore): void => {
  describe('a location changed to store nothing', () => {
    it('is refused while stock lies there, and names it', async () => {
      const plant = await storing(makeStore, 5, 5, 5, 5, 5)
      expect(await plant.refused(cellar(plant, { lotStorageStrategy: 'NO_STORAGE' }))).toMatchObject({
        _tag: 'LotStorageRefused',
        locationPath: 'Plant/Cellar',
        lotStorageStrategy: 'NO_STORAGE',
        reason: 'it would store nothing, and there is stock of A, B, C and 2 more: move it out first',
      })
    })

    it('is changed once it is empty', async () => {
      const plant = await storing(makeStore, 5)
      await plant.consume(plant.lots[0] ?? '', 5, 6, plant.location.cellar)
      expect(await plant.done(cellar(plant, { lotStorageStrategy: 'NO_STORAGE' }))).toMatchObject({
        lotStorageStrategy: 'NO_STORAGE',
      })
    })
  })

  describe('a location changed to store one lot only', () => {
    it('is refused while several lie there, and changed while one does', async () => {
      const plant = await storing(makeStore, 5, 5)
      const single = cellar(plant, { lotStorageStrategy: 'ALLOW_SINGLE_OR_THROW' })
      expect(await plant.refused(single)).toMatchObject({
        _tag: 'LotStorageRefused',
        reason: 'it would store one lot only, and there is stock of A and B: move the others out first',
      })
      await plant.consume(plant.lots[1] ?? '', 5, 6, plant.location.cellar)
      expect(await plant.done(single)).toMatchObject({ lotStorageStrategy: 'ALLOW_SINGLE_OR_THROW' })
    })

    it('may be changed to merge, to disabled and in its words, whatever lies there', async () => {
      const plant = await storing(makeStore, 5, 5)
      for (const fields of [{ lotStorageStrategy: 'MERGE_INTO_NEW' }, { notes: 'cold' }, { enabled: false }])
        expect(await plant.done(cellar(plant, fields))).toMatchObject(fields)
      expect(await plant.stock(plant.lots[0] ?? '')).toEqual({ Cellar: 5 })
    })
  })

  describe('the capacity of a location', () => {
    const kg = (storageCapacity: number) => ({ storageCapacity, storageCapacityUnitSymbol: 'kg' })

    it('holds what lies there, to the last millionth', async () => {
      const plant = await storing(makeStore, 5, 2.5)
      expect(await plant.refused(cellar(plant, kg(7.499999)))).toMatchObject({
        _tag: 'CapacityExceeded',
        locationPath: 'Plant/Cellar',
        unitOfMeasureSymbol: 'kg',
        capacity: 7.499999,
        held: 7.5,
        asked: 0,
        message: 'Plant/Cellar would have room for 7.499999 kg and holds 7.5',
      })
      expect(await plant.done(cellar(plant, kg(7.5)))).toMatchObject({ storageCapacity: 7.5 })
      expect(await plant.refused(cellar(plant, { storageCapacity: 7 }))).toMatchObject({ _tag: 'CapacityExceeded' })
      expect(await plant.done(cellar(plant, { storageCapacity: 8 }))).toMatchObject({ storageCapacity: 8 })
    })

    it('does not count rows below zero', async () => {
      const plant = await storing(makeStore, 5)
      await plant.done(cellar(plant, { allowNegativeInventory: true }))
      await plant.consume(await plant.lot('N'), 3, 6, plant.location.cellar)
      expect(await plant.refused(cellar(plant, kg(4)))).toMatchObject({ held: 5 })
      await plant.done(cellar(plant, kg(5)))
    })

    it('is compared exactly across units', async () => {
      const plant = await storing(makeStore, 5)
      const litres = (storageCapacity: number) => ({ storageCapacity, storageCapacityUnitSymbol: 'l' })
      expect(await plant.refused(cellar(plant, litres(1_000)))).toMatchObject({
        _tag: 'LotStorageRefused',
        reason: 'its capacity cannot be compared: there is no conversion from kg to l',
      })
      await plant.done(convert(plant, { from: 'kg', to: 'l', factor: '1/3', materialPath: 'Raw/Sugar' }))
      // 5/3 l is more than 1.666666 l.
      expect(await plant.refused(cellar(plant, litres(1.666666)))).toMatchObject({ _tag: 'CapacityExceeded' })
      await plant.done(cellar(plant, litres(1.666667)))
      expect(await plant.refused(cellar(plant, { storageCapacityUnitSymbol: 'pcs' }))).toMatchObject({
        _tag: 'LotStorageRefused',
        reason: 'its capacity cannot be compared: there is no conversion from kg to pcs',
      })
    })
  })

  describe('a location that no longer allows stock below zero', () => {
    const strict = (plant: Plant) => drain(plant, { allowNegativeInventory: false })

    it('is refused while a row is below zero, naming lot and moment', async () => {
      const plant = await storing(makeStore, 5)
      const [lot = ''] = plant.lots
      const consumed = await plant.consume(lot, 2, 7, plant.location.drain)
      expect(await plant.refused(strict(plant))).toMatchObject({
        _tag: 'InsufficientStock',
        locationPath: 'Plant/Drain',
        lotName: 'A',
        onHand: -2,
        asked: 0,
        moment: at(7),
        message: `Plant/Drain holds -2 kg of lot A at ${at(7)}, and may not go below zero`,
      })
      await plant.reverse(consumed)
      expect(await plant.done(strict(plant))).toMatchObject({ allowNegativeInventory: false })
    })

    it('is refused where a row was below zero at any moment, the earliest of all rows named', async () => {
      const plant = await storing(makeStore, 5, 5)
      const [a = '', b = ''] = plant.lots
      const { drain: place } = plant.location
      await plant.consume(a, 2, 8, place)
      await plant.receive(a, 4, 9, place)
      await plant.receive(b, 2, 6, place)
      await plant.consume(b, 3, 7, place)
      const late = await plant.receive(b, 1, 8, place)
      expect(await plant.refused(strict(plant))).toMatchObject({ lotName: 'B', onHand: -1, moment: at(7) })
      await plant.done(
        plant.inventory.saveInventoryLotRecord({ id: late.id, startDate: at(7), endDate: at(7) }, plant.ada),
      )
      // What came and went at one instant counts together.
      expect(await plant.refused(strict(plant))).toMatchObject({ lotName: 'A', onHand: -2, moment: at(8) })
      await plant.receive(a, 2, 5, place)
      await plant.done(strict(plant))
    })
  })

  describe('a conversion', () => {
    /** A cellar for 10 l in which 6 kg lie, of which one is 3/2 l. */
    const converted = async () => {
      const plant = await storing(makeStore, 6)
      const conversion = await plant.done(convert(plant, { from: 'kg', to: 'l', factor: '3/2' }))
      await plant.done(cellar(plant, { storageCapacity: 10, storageCapacityUnitSymbol: 'l' }))
      return { ...plant, id: conversion.id ?? '' }
    }

    it('is not changed so that what lies there would not fit', async () => {
      const plant = await converted()
      expect(await plant.refused(convert(plant, { id: plant.id, factor: '5/2' }))).toMatchObject({
        _tag: 'CapacityExceeded',
        locationPath: 'Plant/Cellar',
        capacity: 10,
        held: 15,
        asked: 0,
      })
      expect(await plant.done(convert(plant, { id: plant.id, factor: '5/3' }))).toMatchObject({ numerator: 5 })
    })

    it('is not disabled, nor contradicted, while stock is compared by it', async () => {
      const plant = await converted()
      const disable = convert(plant, { id: plant.id, enabled: false })
      expect(await plant.refused(disable)).toMatchObject({
        _tag: 'LotStorageRefused',
        locationPath: 'Plant/Cellar',
        reason: 'its capacity cannot be compared: there is no conversion from kg to l',
      })
      const other = { from: 'kg', to: 'l', factor: 1, materialPath: 'Raw/Sugar' }
      expect(await plant.refused(convert(plant, other))).toMatchObject({
        _tag: 'LotStorageRefused',
        reason: 'its capacity cannot be compared: two ways of converting from kg to l give different factors',
      })
      await plant.done(convert(plant, { ...other, materialPath: 'Raw/Milk' }))
      await plant.consume(plant.lots[0] ?? '', 6, 7, plant.location.cellar)
      expect(await plant.done(disable)).toMatchObject({ enabled: false })
    })
  })
}
