import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting
let a: string
let b: string

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
  a = await plant.lot('A', { stock: 10 })
  b = await plant.lot('B', { stock: 10 })
})

const cellar = async (fields: Fields): Promise<void> => {
  await plant.done(plant.inventory.saveLocation({ id: plant.location.cellar, ...fields }, plant.ada))
}
const unit = (symbol: string) => plant.done(plant.inventory.saveUnit({ symbol, name: symbol }, plant.ada))
const conversion = (from: string, to: string, factor: number, materialPath?: string) =>
  plant.done(plant.inventory.saveUnitConversion({ from, to, factor, ...(materialPath && { materialPath }) }, plant.ada))
const move = (lot: string, quantity: number, more: Fields = {}): Fields => ({
  quantity,
  lotIdOrName: lot,
  sourceLocationIdOrPath: 'Plant/Dock',
  destinationLocationIdOrPath: 'Plant/Cellar',
  ...more,
})
const records = async (lot: string) => {
  const { items } = await plant.done(plant.inventory.findInventoryLotRecords({ lot, limit: 50 }, plant.ada))
  return items
}

describe('a location', () => {
  it('that allows multiple takes any lot', async () => {
    await acts.act('move', move(a, 1))
    await acts.act('move', move(b, 1))
    expect([await plant.stock(a), await plant.stock(b)]).toEqual([
      { Dock: 9, Cellar: 1 },
      { Dock: 9, Cellar: 1 },
    ])
  })

  it('that stores nothing takes nothing', async () => {
    await cellar({ lotStorageStrategy: 'NO_STORAGE' })
    expect(await acts.refused('move', move(a, 1))).toMatchObject({
      _tag: 'LotStorageRefused',
      locationPath: 'Plant/Cellar',
      lotStorageStrategy: 'NO_STORAGE',
      reason: 'it stores nothing',
    })
  })

  it('for a single lot refuses a second one, until the first is gone', async () => {
    await cellar({ lotStorageStrategy: 'ALLOW_SINGLE_OR_THROW' })
    await acts.act('move', move(a, 1))
    await acts.act('move', move(a, 1))
    expect(await acts.refused('move', move(b, 1))).toMatchObject({
      _tag: 'LotStorageRefused',
      reason: 'it stores one lot only, and A lies there',
    })
    const split = { quantity: 1, sourceLotId: a, sourceLocationIdOrPath: 'Plant/Cellar', destinationLotName: 'A-1' }
    expect(await acts.refused('split', split)).toMatchObject({ _tag: 'LotStorageRefused' })
    const gone = await acts.act('scrap', { quantity: 2, lotIdOrName: a, sourceLocationIdOrPath: 'Plant/Cellar' })
    await acts.act('move', move(b, 1))
    // Nor does a reversal or a correction put a second lot there.
    const reversal = plant.inventory.reverseLotRecord({ id: gone.id }, plant.ada)
    expect(await plant.refused(reversal)).toMatchObject({ _tag: 'LotStorageRefused' })
    const received = await plant.receive(a, 1, 5)
    const request = { id: received.id, destinationLocationId: plant.location.cellar }
    const correction = plant.inventory.saveInventoryLotRecord(request, plant.ada)
    expect(await plant.refused(correction)).toMatchObject({ _tag: 'LotStorageRefused' })
  })

  it('that merges into the previous lot merges what arrives, by a MERGE of that quantity', async () => {
    await cellar({ lotStorageStrategy: 'MERGE_INTO_PREVIOUS' })
    await acts.act('move', move(a, 4))
    const moved = await acts.act('move', move(b, 3, { productionOrderIdOrName: 'PO 7' }))
    expect(moved).toMatchObject({ lotRecordType: 'MOVE', inventoryLotName: 'B', quantity: 3 })
    expect([await plant.stock(a), await plant.stock(b)]).toEqual([{ Dock: 6, Cellar: 7 }, { Dock: 7 }])
    expect((await records(b)).at(-1)).toMatchObject({
      lotRecordType: 'MERGE',
      inventoryLotName: 'A',
      secondaryInventoryLotName: 'B',
      quantity: 3,
      requestedQuantity: 3,
      requestedUnitOfMeasureSymbol: 'kg',
      productionOrderName: 'PO 7',
    })
    expect(await plant.get(a)).toMatchObject({ totalQuantity: 13, status: 'AVAILABLE' })
    expect(await plant.get(b)).toMatchObject({ totalQuantity: 10, status: 'AVAILABLE' })
    await acts.act('move', move(b, 7))
    expect(await plant.get(b)).toMatchObject({ onHand: 0, status: 'CLOSED' })
  })

  it('that merges into the new lot merges what lies there into what arrives', async () => {
    await cellar({ lotStorageStrategy: 'MERGE_INTO_NEW' })
    await acts.act('move', move(a, 4))
    await acts.act('move', move(b, 3))
    expect([await plant.stock(a), await plant.stock(b)]).toEqual([{ Dock: 6 }, { Dock: 7, Cellar: 7 }])
    expect((await records(a)).at(-1)).toMatchObject({
      lotRecordType: 'MERGE',
      inventoryLotName: 'B',
      secondaryInventoryLotName: 'A',
      quantity: 4,
    })
  })

  it.each(['MERGE_INTO_PREVIOUS', 'MERGE_INTO_NEW'])(
    'with %s says the merge in the unit of the lots',
    async (strategy) => {
      await cellar({ lotStorageStrategy: strategy })
      await unit('t')
      await conversion('t', 'kg', 1000)
      await acts.act('move', move(a, 4))
      await acts.act('move', move(b, 0.003, { unitOfMeasureSymbol: 't' }))
      const quantity = strategy === 'MERGE_INTO_NEW' ? 4 : 3
      expect((await records(b)).at(-1)).toMatchObject({
        lotRecordType: 'MERGE',
        quantity,
        requestedQuantity: quantity,
        requestedUnitOfMeasureSymbol: 'kg',
      })
    },
  )

  it.each(['MERGE_INTO_PREVIOUS', 'MERGE_INTO_NEW'])(
    'with %s refuses another material, another status, a split and a second lot',
    async (lotStorageStrategy) => {
      const caps = await plant.lot('C', { material: 'cap', stock: 5 })
      const held = await plant.lot('H', { status: 'QA_HOLD', stock: 5 })
      await acts.act('move', move(a, 4))
      await cellar({ lotStorageStrategy })
      expect(await acts.refused('move', move(caps, 1))).toMatchObject({
        _tag: 'ActionRefused',
        action: 'MERGE',
        reason: 'the lots are of different materials or units',
      })
      expect(await acts.refused('move', move(held, 1))).toMatchObject({ action: 'MERGE', _tag: 'ActionRefused' })
      const split = { quantity: 1, sourceLotId: a, sourceLocationIdOrPath: 'Plant/Cellar', destinationLotName: 'A-1' }
      expect(await acts.refused('split', split)).toMatchObject({ _tag: 'LotStorageRefused', lotStorageStrategy })
      await cellar({ lotStorageStrategy: 'ALLOW_MULTIPLE' })
      await acts.act('move', move(b, 1))
      await cellar({ lotStorageStrategy })
      const third = await plant.lot('D', { stock: 1 })
      expect(await acts.refused('move', move(third, 1))).toMatchObject({
        _tag: 'LotStorageRefused',
        reason: expect.stringContaining('more than one lot lies there'),
      })
    },
  )

  it.each(['MERGE_INTO_PREVIOUS', 'MERGE_INTO_NEW'])(
    'with %s does not merge with a row below zero',
    async (strategy) => {
      await cellar({ lotStorageStrategy: strategy, allowNegativeInventory: true })
      await acts.act('consume', { quantity: 2, lotIdOrName: a, sourceLocationIdOrPath: 'Plant/Cellar' })
      await acts.act('move', move(b, 3))
      expect([await plant.stock(a), await plant.stock(b)]).toEqual([
        { Dock: 10, Cellar: -2 },
        { Dock: 7, Cellar: 3 },
      ])
    },
  )

  it('goes below zero only where that is allowed', async () => {
    const take = { quantity: 11, lotIdOrName: a, sourceLocationIdOrPath: 'Plant/Dock' }
    expect(await acts.refused('consume', take)).toMatchObject({ _tag: 'InsufficientStock', onHand: 10, asked: 11 })
    await acts.act('consume', { ...take, sourceLocationIdOrPath: 'Plant/Drain' })
    expect(await plant.stock(a)).toEqual({ Dock: 10, Drain: -11 })
  })
})

describe('a MERGE at a location that merges what arrives', () => {
  it.each(['MERGE_INTO_PREVIOUS', 'MERGE_INTO_NEW'])(
    '%s brings no second lot there, and joins what lies there',
    async (strategy) => {
      const c = await plant.lot('C', { stock: 10 })
      await acts.act('move', move(a, 1))
      await acts.act('move', move(b, 1))
      await cellar({ lotStorageStrategy: strategy })
      const merging = (sourceLotId: string, destinationLotId: string, more: Fields = {}) => ({
        ...{ sourceLotId, destinationLotId, ...more },
      })
      const there = { locationId: plant.location.cellar }
      expect(await acts.refused('merge', merging(c, b, there))).toMatchObject({
        _tag: 'LotStorageRefused',
        locationPath: 'Plant/Cellar',
        reason: 'it merges what arrives, and there is stock of A: what this MERGE brings there would lie beside it',
      })
      // What lies there is merged in place, and what comes into that one lot lies beside nothing.
      await acts.act('merge', merging(b, a, { ...there, quantity: 1 }))
      await acts.act('merge', merging(c, a, { quantity: 1, locationId: plant.location.dock }))
      await acts.act('merge', merging(c, a, there))
      expect([await plant.stock(a), await plant.stock(b), await plant.stock(c)]).toEqual([
        { Dock: 10, Cellar: 11 },
        { Dock: 9 },
        {},
      ])
    },
  )
})

describe('room at a location', () => {
  const room = (lot: string, location = 'Plant/Cellar') =>
    plant.done(plant.inventory.checkLocationHasCapacity(location, lot, '', 1, plant.ada))

  it('is none where it is disabled, nor for a lot that is', async () => {
    expect(await room(a)).toBe(true)
    await cellar({ enabled: false })
    expect(await room(a)).toBe(false)
    await cellar({ enabled: true })
    await plant.done(plant.inventory.saveLot({ id: a, enabled: false }, plant.ada))
    expect([await room(a), await room(b)]).toEqual([false, true])
  })

  it.each(['MERGE_INTO_PREVIOUS', 'MERGE_INTO_NEW'])('that is %s is for what may be merged', async (strategy) => {
    const [held, milk] = [
      await plant.lot('H', { stock: 5, status: 'QA_HOLD' }),
      await plant.lot('M', { material: 'milk' }),
    ]
    await acts.act('move', move(a, 1))
    await cellar({ lotStorageStrategy: strategy })
    expect([await room(a), await room(b), await room(held), await room(milk)]).toEqual([true, true, false, false])
    expect(await acts.refused('move', move(held, 1))).toMatchObject({ _tag: 'ActionRefused' })
    await cellar({ lotStorageStrategy: 'ALLOW_MULTIPLE' })
    await acts.act('move', move(b, 1))
    await cellar({ lotStorageStrategy: strategy })
    const c = await plant.lot('C', { stock: 5 })
    expect(await room(c)).toBe(false)
    expect(await acts.refused('move', move(c, 1))).toMatchObject({ _tag: 'LotStorageRefused' })
  })
})

describe('capacity', () => {
  it('is full to the last millionth, and says what it holds', async () => {
    await cellar({ storageCapacity: 5, storageCapacityUnitSymbol: 'kg' })
    await acts.act('move', move(a, 4))
    expect(await acts.refused('move', move(b, 1.000001))).toMatchObject({
      _tag: 'CapacityExceeded',
      locationPath: 'Plant/Cellar',
      capacity: 5,
      held: 4,
      asked: 1.000001,
      unitOfMeasureSymbol: 'kg',
    })
    await acts.act('move', move(b, 1))
  })

  it('is compared exactly across units', async () => {
    await unit('t')
    await unit('g')
    await conversion('t', 'kg', 1000)
    await conversion('kg', 'g', 1000)
    await cellar({ storageCapacity: 0.005, storageCapacityUnitSymbol: 't' })
    await acts.act('move', move(a, 4999.999, { unitOfMeasureSymbol: 'g' }))
    expect(await plant.stock(a)).toMatchObject({ Cellar: 4.999999 })
    expect(await acts.refused('move', move(b, 0.000002))).toMatchObject({ _tag: 'CapacityExceeded', capacity: 0.005 })
    await acts.act('move', move(b, 0.000001))
  })

  it('names the conversion that it lacks', async () => {
    await cellar({ storageCapacity: 5, storageCapacityUnitSymbol: 'l' })
    expect(await acts.refused('move', move(a, 1))).toMatchObject({
      _tag: 'LotStorageRefused',
      reason: 'its capacity cannot be compared: there is no conversion from kg to l',
    })
    await conversion('kg', 'l', 2, 'Raw/Sugar')
    expect(await acts.refused('move', move(a, 3))).toMatchObject({ _tag: 'CapacityExceeded', asked: 6 })
    await acts.act('move', move(a, 2.5))
  })

  it('counts the positive rows of the place itself, not what is below it and no debts', async () => {
    await cellar({ storageCapacity: 5, storageCapacityUnitSymbol: 'kg', allowNegativeInventory: true })
    const below = await plant.done(plant.inventory.saveLocation({ path: 'Plant/Cellar/Rack' }, plant.ada))
    await acts.act('move', { ...move(a, 5), destinationLocationIdOrPath: below.id })
    await acts.act('consume', { quantity: 2, lotIdOrName: a, sourceLocationIdOrPath: 'Plant/Cellar' })
    await acts.act('move', move(b, 5))
    expect(await acts.refused('move', move(b, 0.5))).toMatchObject({ _tag: 'CapacityExceeded', held: 5, asked: 0.5 })
    // What fills up a debt takes no room.
    await acts.act('move', move(a, 2))
    expect(await acts.refused('move', move(a, 1))).toMatchObject({ _tag: 'CapacityExceeded' })
    // What is taken from nothing does.
    const out = { quantity: 1, lotIdOrName: b, destinationLocationIdOrPath: 'Plant/Cellar' }
    expect(
      await acts.refused('receive', { ...out, sourceLotIdOrName: a, sourceLocationIdOrPath: 'Plant/Cellar' }),
    ).toMatchObject({ _tag: 'CapacityExceeded' })
  })

  it('holds for a count, a correction and a reversal, and not for what leaves or stays', async () => {
    await cellar({ storageCapacity: 5, storageCapacityUnitSymbol: 'kg' })
    const received = await plant.receive(a, 4, 5, plant.location.cellar)
    const gone = await acts.act('scrap', { quantity: 2, lotIdOrName: a, sourceLocationIdOrPath: 'Plant/Cellar' })
    const correct = (quantity: number) =>
      plant.inventory.saveInventoryLotRecord({ id: received.id, quantity }, plant.ada)
    expect(await plant.refused(correct(7.5))).toMatchObject({ _tag: 'CapacityExceeded', held: 2, asked: 3.5 })
    await plant.done(correct(7))
    expect(await plant.refused(plant.inventory.reverseLotRecord({ id: gone.id }, plant.ada))).toMatchObject({
      _tag: 'CapacityExceeded',
    })
    await plant.done(correct(6.5))
    const count = { newQuantity: 5.5, lotIdOrName: a, sourceLocationIdOrPath: 'Plant/Cellar' }
    expect(await acts.refused('editInventoryQuantity', count)).toMatchObject({ _tag: 'CapacityExceeded' })
    // Splitting in place fills nothing; nor does what leaves a place that is full.
    await cellar({ storageCapacity: 4.5 })
    await acts.act('split', {
      quantity: 1,
      sourceLotId: a,
      sourceLocationIdOrPath: 'Plant/Cellar',
      destinationLotName: 'S',
    })
    await acts.act('scrap', { quantity: 1, lotIdOrName: a, sourceLocationIdOrPath: 'Plant/Cellar', startDate: at(23) })
    await acts.act('editInventoryQuantity', { ...count, newQuantity: 2 })
  })
})
