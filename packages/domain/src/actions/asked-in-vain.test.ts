import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting
let into: Readonly<Record<string, unknown>>

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
  into = { lotIdOrName: await plant.lot('A'), quantity: 1, destinationLocationIdOrPath: plant.location.dock }
})

describe('what an action cannot keep is refused', () => {
  it('a label of what is ongoing', async () => {
    expect(await acts.violations('receive', { ...into, ongoing: true, inventoryName: 'Pallet 1' })).toEqual({
      inventoryName: ['must be left out: what is ongoing moves no stock yet that could be labelled'],
    })
    await acts.act('receive', { ...into, ongoing: true })
    await acts.act('receive', { ...into, inventoryName: 'Pallet 1' })
  })

  it('a count of a production order', async () => {
    const order = { ...into, productionOrderIdOrName: 'PO-1' }
    expect(await acts.violations('produce', { ...order, incrementProductionOrderCount: true })).toEqual({
      incrementProductionOrderCount: [
        'must be false or left out: a production order is a reference to another system, which counts for itself',
      ],
    })
    await acts.act('produce', { ...order, incrementProductionOrderCount: false })
  })
})
