import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting
let a: string

const enable = (enabled: boolean) =>
  plant.done(plant.inventory.saveLocation({ id: plant.location.dock, enabled }, plant.ada))
const because = { _tag: 'ActionRefused', reason: 'location Plant/Dock is disabled' }

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
  a = await plant.lot('A', { stock: 10 })
})

describe('a disabled location', () => {
  it('takes no postings, neither in nor out, until it is enabled again', async () => {
    const { dock, cellar } = plant.location
    const consumed = await plant.consume(a, 2, 4)
    await enable(false)
    const out = { lotIdOrName: a, quantity: 1, sourceLocationIdOrPath: dock }
    expect(await acts.refused('consume', out)).toMatchObject(because)
    expect(await acts.refused('move', { ...out, destinationLocationIdOrPath: cellar })).toMatchObject(because)
    const into = { lotIdOrName: a, quantity: 1, destinationLocationIdOrPath: dock }
    expect(await acts.refused('receive', into)).toMatchObject(because)
    const { inventory, ada } = plant
    expect(await plant.refused(inventory.reverseLotRecord({ id: consumed.id }, ada))).toMatchObject(because)
    const correction = { id: consumed.id, quantity: 1 }
    expect(await plant.refused(inventory.saveInventoryLotRecord(correction, ada))).toMatchObject(because)
    await enable(true)
    await acts.act('consume', out)
    expect(await plant.stock(a)).toEqual({ Dock: 7 })
  })

  it('may still be named where nothing moves', async () => {
    await enable(false)
    const memo = await plant.save('CONSUME', a, { sourceLocationId: plant.location.dock, startDate: at(4) })
    expect(memo.posted).toBe(false)
  })
})

describe('scrapAll', () => {
  it('puts disabled lots aside: they stay where they lie', async () => {
    const b = await plant.lot('B', { stock: 3 })
    await plant.done(plant.inventory.saveLot({ id: b, enabled: false }, plant.ada))
    const records = await acts.actMany('scrapAll', { sourceLocationIdOrPath: plant.location.dock })
    expect(records.map(({ inventoryLotId }) => inventoryLotId)).toEqual([a])
    expect([await plant.stock(a), await plant.stock(b)]).toEqual([{}, { Dock: 3 }])
  })
})
