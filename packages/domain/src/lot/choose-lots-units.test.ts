import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting
let old: string

const request = (quantity: number, more: Fields = {}): Fields => ({
  quantity,
  materialIdOrPath: 'Raw/Sugar',
  sourceLocationIdOrPath: 'Plant/Dock',
  ...more,
})
const conversion = (from: string, to: string, factor: number | string) =>
  plant.done(plant.inventory.saveUnitConversion({ from, to, factor }, plant.ada))

// The material was kept in kg, and is kept in g by now.
beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
  old = await plant.lot('Old', { stock: 10 })
  for (const symbol of ['g', 'lb'])
    await plant.done(plant.inventory.saveUnit({ symbol, name: `the ${symbol}` }, plant.ada))
  await plant.done(plant.inventory.saveMaterial({ id: plant.material.sugar, unitOfMeasureSymbol: 'g' }, plant.ada))
})

describe('choosing among lots that are kept in different units', () => {
  it('takes from each lot in its own unit', async () => {
    await conversion('kg', 'g', 1000)
    for (const unit of [{}, { unitOfMeasureSymbol: 'g' }])
      expect(await acts.act('consume', request(5, unit))).toMatchObject({
        inventoryLotId: old,
        quantity: 0.005,
        unitOfMeasureSymbol: 'kg',
        requestedQuantity: 5,
        requestedUnitOfMeasureSymbol: 'g',
      })
    expect(await acts.act('consume', request(1, { unitOfMeasureSymbol: 'kg' }))).toMatchObject({ quantity: 1 })
    expect(await plant.stock(old)).toEqual({ Dock: 8.99 })
  })

  it('goes on with the rest in the next lot, and says each part in its unit', async () => {
    await conversion('kg', 'g', 1000)
    const fresh = await plant.lot('New', { material: 'sugar' })
    await plant.receive(fresh, 500, 2)
    expect(await acts.refused('ship', request(10_500))).toMatchObject({
      _tag: 'InsufficientStock',
      unitOfMeasureSymbol: 'g',
      onHand: 10_500,
      wouldTake: [
        { lotName: 'Old', quantity: 10, unitOfMeasureSymbol: 'kg' },
        { lotName: 'New', quantity: 500, unitOfMeasureSymbol: 'g' },
      ],
      message:
        'no single lot at Plant/Dock covers 10500 g: in order there would be taken 10 kg of Old, 500 g of New. Ask for less, name a lot, or set allowMultiple',
    })
    expect(await acts.actMany('ship', request(10_499, { allowMultiple: true }))).toMatchObject([
      { inventoryLotId: old, quantity: 10, unitOfMeasureSymbol: 'kg' },
      { inventoryLotId: fresh, quantity: 499, unitOfMeasureSymbol: 'g' },
    ])
    expect([await plant.stock(old), await plant.stock(fresh)]).toEqual([{}, { Dock: 1 }])
  })

  it('refuses what cannot be said in the unit of the lot whose turn it is', async () => {
    expect(await acts.refused('consume', request(5))).toMatchObject({
      _tag: 'ActionRefused',
      lotName: 'Old',
      reason: 'it is next in order and kept in kg: there is no conversion from g to kg',
      clearedBy: 'Name a lot, or ask for a quantity that can be written in its unit',
    })
    await conversion('g', 'kg', '1/3')
    expect(await acts.refused('consume', request(5))).toMatchObject({
      reason: 'it is next in order and kept in kg: the quantity cannot be written in 6 places in that unit',
    })
    expect(await acts.act('consume', request(6))).toMatchObject({ quantity: 2 })
  })

  it('says exactly what is missing where a lot has no end in the other unit', async () => {
    await conversion('g', 'kg', 3)
    expect(await acts.refused('consume', request(4))).toMatchObject({ onHand: 3.333333, asked: 4 })
  })

  it('counts in the unit of the material where no lot is named', async () => {
    await conversion('kg', 'g', 1000)
    const { quantity: _, ...count } = request(0, { newQuantity: 9_000 })
    expect(await acts.act('editInventoryQuantity', count)).toMatchObject({ quantity: -1, countedQuantity: 9 })
  })

  it('scraps all of a lot in its own unit', async () => {
    const { quantity: _, ...all } = request(0)
    expect(await acts.actMany('scrapAll', all)).toMatchObject([
      { quantity: 10, requestedQuantity: 10, requestedUnitOfMeasureSymbol: 'kg' },
    ])
  })
})
