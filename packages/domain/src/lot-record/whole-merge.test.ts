import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting
let [absorbed, survivor] = ['', '']

// 3 at the dock, and 3 too few at the drain.
beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
  absorbed = await plant.lot('A', { stock: 3 })
  survivor = await plant.lot('B', { stock: 5 })
  await plant.consume(absorbed, 3, 4, plant.location.drain)
})

describe('a MERGE of all of a lot that lies below zero somewhere', () => {
  it('is refused, and says where and what to do', async () => {
    const merge = { sourceLotId: absorbed, destinationLotId: survivor }
    for (const request of [merge, { ...merge, locationId: plant.location.cellar }])
      expect(await acts.refused('merge', request)).toMatchObject({
        _tag: 'ActionRefused',
        lotName: 'A',
        reason: 'lot A is below zero: -3 kg at Plant/Drain',
        clearedBy: 'Count it there first, or merge a quantity from one location',
      })
  })

  it('is refused where there is nothing else of it', async () => {
    await plant.consume(absorbed, 3, 5)
    expect(await acts.refused('merge', { sourceLotId: absorbed, destinationLotId: survivor })).toMatchObject({
      reason: 'lot A is below zero: -3 kg at Plant/Drain',
    })
  })

  it('goes through once it is counted, and a recall finds where it went', async () => {
    await acts.act('editInventoryQuantity', {
      newQuantity: 0,
      lotIdOrName: absorbed,
      sourceLocationIdOrPath: 'Plant/Drain',
    })
    await acts.act('merge', { sourceLotId: absorbed, destinationLotId: survivor })
    const { lots } = await plant.done(plant.inventory.recallLot(absorbed, {}, plant.ada))
    expect(lots.map(({ lotName }) => lotName)).toEqual(['A', 'B'])
  })

  it('does not keep a quantity at one location from being merged', async () => {
    const { dock: locationId } = plant.location
    const merge = { quantity: 2, sourceLotId: absorbed, destinationLotId: survivor, locationId }
    expect(await acts.act('merge', merge)).toMatchObject({ quantity: 2 })
    expect(await plant.stock(absorbed)).toEqual({ Dock: 1, Drain: -3 })
  })

  it('does not keep it from being merged at another time: what counts is what is there when it is written', async () => {
    await plant.receive(absorbed, 3, 20, plant.location.drain)
    await acts.act('merge', { sourceLotId: absorbed, destinationLotId: survivor })
    expect([await plant.stock(absorbed), await plant.stock(survivor, at(24))]).toEqual([{}, { Dock: 8 }])
  })
})

describe('a MERGE of everything that was posted', () => {
  it('is given no source later, which would say that all of it lay there', async () => {
    const [from, to] = [await plant.lot('C', { stock: 3 }), await plant.lot('D', { stock: 1 })]
    await plant.receive(from, 2, 3, plant.location.cellar)
    const [merged] = await acts.batch({ type: 'MERGE', sourceLotId: from, destinationLotId: to })
    const updating = (request: object) =>
      plant.inventory.saveInventoryLotRecord({ id: merged?.id, ...request }, plant.ada)
    for (const sourceLocationId of [plant.location.line, plant.location.dock])
      expect(await plant.refused(updating({ sourceLocationId }))).toMatchObject({
        violations: { sourceLocationId: [expect.stringContaining('must be left out without a quantity')] },
      })
    expect(await plant.done(updating({ notes: 'all of it' }))).toMatchObject({ sourceLocationId: null, version: 2 })
    expect(await plant.stock(to)).toEqual({ Dock: 4, Cellar: 2 })
  })
})
