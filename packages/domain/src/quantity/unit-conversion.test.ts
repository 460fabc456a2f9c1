import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting
let sugar: string

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
  sugar = await plant.lot('A', { stock: 1000 })
  for (const symbol of ['t', 'g', 'lb', 'bag', 'pallet'])
    await plant.done(plant.inventory.saveUnit({ symbol, name: `the ${symbol}` }, plant.ada))
})

const conversion = (from: string, to: string, factor: number | string, materialPath: string | null = null) =>
  plant.done(plant.inventory.saveUnitConversion({ from, to, factor, materialPath }, plant.ada))
const request = (quantity: number | string, unitOfMeasureSymbol: string, lotIdOrName = sugar) => ({
  quantity,
  unitOfMeasureSymbol,
  lotIdOrName,
  sourceLocationIdOrPath: 'Plant/Dock',
})
const why = (sentence: string) => ({ unitOfMeasureSymbol: [sentence] })

describe('a quantity in another unit', () => {
  it('is converted exactly, and stays readable as it was asked', async () => {
    await conversion('t', 'kg', 1000)
    expect(await acts.act('consume', request('0.000001', 't'))).toMatchObject({
      quantity: 0.001,
      unitOfMeasureSymbol: 'kg',
      requestedQuantity: 0.000001,
      requestedUnitOfMeasureSymbol: 't',
    })
    expect(await acts.act('consume', request(0.5, 'the t'))).toMatchObject({
      quantity: 500,
      requestedQuantity: 0.5,
      requestedUnitOfMeasureSymbol: 't',
    })
    expect(await plant.stock(sugar)).toEqual({ Dock: 499.999 })
  })

  it('is converted back the way of the same conversion', async () => {
    await conversion('kg', 'g', 1000)
    expect(await acts.act('consume', request(1, 'g'))).toMatchObject({ quantity: 0.001 })
  })

  it('is converted by a fraction, exactly', async () => {
    await conversion('lb', 'kg', '45359237/100000000')
    expect(await acts.act('consume', request(100, 'lb'))).toMatchObject({ quantity: 45.359237 })
  })

  it('is not converted by a factor with more than 6 decimals: a fraction says it exactly', async () => {
    const saving = (factor: string) =>
      plant.inventory.saveUnitConversion({ from: 'lb', to: 'kg', factor, materialPath: null }, plant.ada)
    expect(await plant.refused(saving('0.45359237'))).toMatchObject({
      violations: {
        factor: [
          'must be a positive decimal number with at most 6 decimals such as 0.453592, else a fraction of whole numbers such as "45359237/100000000"',
        ],
      },
    })
    expect(await acts.violations('consume', request(1, 'lb'))).toEqual(why('there is no conversion from lb to kg'))
    await plant.done(saving('45359237/100000000'))
  })

  it('that cannot be written in 6 places is refused, never rounded', async () => {
    await conversion('lb', 'kg', '45359237/100000000')
    await conversion('bag', 'kg', '1/3')
    const message = (from: string) => `the quantity cannot be written in 6 places when converted from ${from} to kg`
    expect(await acts.violations('consume', request(1, 'lb'))).toEqual(why(message('lb')))
    expect(await acts.violations('consume', request(1, 'bag'))).toEqual(why(message('bag')))
    expect(await acts.act('consume', request(3, 'bag'))).toMatchObject({ quantity: 1 })
  })

  it('that is out of range is refused', async () => {
    await conversion('t', 'kg', 1000)
    const sentence = 'the quantity is out of range when converted from t to kg'
    expect(await acts.violations('consume', request(1_000_000, 't'))).toEqual(why(sentence))
  })

  it('goes through one unit in between, and no more', async () => {
    await conversion('pallet', 'bag', 40)
    await conversion('bag', 'kg', 25)
    await conversion('kg', 'g', 1000)
    expect(await acts.act('consume', request(0.5, 'pallet'))).toMatchObject({ quantity: 500 })
    const grams = await plant.done(
      plant.inventory.saveMaterial({ path: 'Raw/Spice', unitOfMeasureSymbol: 'g' }, plant.ada),
    )
    const spice = await plant.lot('S', { materialId: grams.id ?? '', stock: 5 })
    expect(await acts.act('scrap', request(0.0001, 'bag', spice))).toMatchObject({ quantity: 2.5 })
    expect(await acts.violations('scrap', request(1, 'pallet', spice))).toEqual(
      why('there is no conversion from pallet to g'),
    )
  })

  it('holds for its material only, where it says so', async () => {
    await conversion('bag', 'kg', 25, 'Raw/Sugar')
    await conversion('bag', 'l', 10, 'Raw/Milk')
    const milk = await plant.lot('M', { material: 'milk', stock: 100, expirationDate: '2026-12-24T00:00:00Z' })
    expect(await acts.act('consume', request(2, 'bag'))).toMatchObject({ quantity: 50 })
    expect(await acts.act('consume', request(2, 'bag', milk))).toMatchObject({ quantity: 20 })
    const caps = await plant.lot('C', { material: 'cap', stock: 100 })
    expect(await acts.violations('consume', request(2, 'bag', caps))).toEqual(
      why('there is no conversion from bag to pcs'),
    )
  })

  it('goes by a conversion of the material together with a general one', async () => {
    await conversion('bag', 'kg', 25, 'Raw/Sugar')
    await conversion('pallet', 'bag', 40)
    expect(await acts.act('consume', request(1, 'pallet'))).toMatchObject({ quantity: 1000 })
  })

  it('that two ways convert differently is refused, and converted where they agree', async () => {
    await conversion('pallet', 'kg', 1000)
    await conversion('pallet', 'bag', 40)
    const agreeing = await conversion('bag', 'kg', 25)
    expect(await acts.act('consume', request(0.1, 'pallet'))).toMatchObject({ quantity: 100 })
    await plant.done(plant.inventory.saveUnitConversion({ id: agreeing.id, factor: 24 }, plant.ada))
    expect(await acts.violations('consume', request(0.1, 'pallet'))).toEqual(
      why('two ways of converting from pallet to kg give different factors'),
    )
    await plant.done(plant.inventory.saveUnitConversion({ id: agreeing.id, enabled: false }, plant.ada))
    expect(await acts.act('consume', request(0.1, 'pallet'))).toMatchObject({ quantity: 100 })
  })

  it('is judged with all else that is wrong, also where no lot was found', async () => {
    expect(await acts.violations('consume', request(1, 't'))).toEqual(why('there is no conversion from t to kg'))
    expect(await acts.violations('consume', request(1, 'furlong'))).toEqual(why('no unit has this symbol'))
    const chosen = { ...request(1, 't'), lotIdOrName: null, materialIdOrPath: 'Raw/Sugar' }
    expect(await acts.violations('consume', chosen)).toEqual(why('there is no conversion from t to kg'))
  })

  it('counts, splits and merges in the unit that is given', async () => {
    await conversion('t', 'kg', 1000)
    const count = {
      newQuantity: 0.9,
      unitOfMeasureSymbol: 't',
      lotIdOrName: sugar,
      sourceLocationIdOrPath: 'Plant/Dock',
    }
    expect(await acts.act('editInventoryQuantity', count)).toMatchObject({
      quantity: -100,
      countedQuantity: 900,
      requestedQuantity: 0.9,
      requestedUnitOfMeasureSymbol: 't',
    })
    const { lotIdOrName: sourceLotId, ...rest } = request(0.2, 't')
    const { secondaryInventoryLotId: child } = await acts.act('split', {
      ...rest,
      sourceLotId,
      destinationLotName: 'B',
    })
    expect(await plant.stock(child ?? '')).toEqual({ Dock: 200 })
    const merge = { quantity: 0.05, unitOfMeasureSymbol: 't', sourceLotId: child, destinationLotId: sugar }
    const merged = await acts.act('merge', { ...merge, locationId: plant.location.dock })
    expect(merged).toMatchObject({ quantity: 50, requestedQuantity: 0.05, requestedUnitOfMeasureSymbol: 't' })
    expect([await plant.stock(sugar), await plant.stock(child ?? '')]).toEqual([{ Dock: 750 }, { Dock: 150 }])
    await plant.reverse(merged)
    expect([await plant.stock(sugar), await plant.stock(child ?? '')]).toEqual([{ Dock: 700 }, { Dock: 200 }])
  })
})
