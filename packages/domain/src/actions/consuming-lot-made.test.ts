import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting
let request: Fields

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
  await plant.lot('A', { stock: 10 })
  request = {
    quantity: 2,
    lotIdOrName: 'A',
    materialIdOrPath: 'Raw/Sugar',
    sourceLocationIdOrPath: 'Plant/Dock',
    consumingLotIdOrName: 'Batch 7',
    consumingMaterialIdOrPath: 'Pack/Cap',
    createIfNotExists: true,
  }
})

const consumer = () => plant.done(plant.inventory.getLotByIdOrNameAndMaterial('Batch 7', 'Pack/Cap', plant.ada))

describe('a consumption with createIfNotExists', () => {
  it('makes the lot that it goes into, once', async () => {
    const first = await acts.act('consume', request)
    expect(first).toMatchObject({ inventoryLotName: 'A', secondaryInventoryLotName: 'Batch 7', quantity: 2 })
    expect(await consumer()).toMatchObject({ id: first.secondaryInventoryLotId, status: 'AVAILABLE', totalQuantity: 0 })
    const [second] = await acts.batch({ type: 'CONSUME', ...request, lotIdOrName: null })
    expect(second).toMatchObject({ inventoryLotName: 'A', secondaryInventoryLotId: first.secondaryInventoryLotId })
    const { edges } = await plant.done(plant.inventory.traceLot(first.inventoryLotId ?? '', {}, plant.ada))
    expect(edges).toMatchObject([{ target: first.secondaryInventoryLotId, quantity: 2 }, { quantity: 2 }])
    // The second one of a list finds what the first one made.
    const next = { type: 'CONSUME', ...request, consumingLotIdOrName: 'Batch 8' }
    const both = await acts.batch(next, next)
    expect(new Set(both.map(({ secondaryInventoryLotId }) => secondaryInventoryLotId)).size).toBe(1)
  })

  it('makes it of the material that is named for it, and of no other', async () => {
    expect(await acts.violations('consume', { ...request, consumingMaterialIdOrPath: null })).toEqual({
      consumingMaterialIdOrPath: [
        'is required: no lot has this name, and one is made of the material that stands here',
      ],
    })
    expect(await acts.violations('consume', { ...request, consumingMaterialIdOrPath: 'Pack/None' })).toEqual({
      consumingMaterialIdOrPath: ['no material has this id or path'],
    })
    expect(await acts.violations('consume', { ...request, consumingMaterialIdOrPath: '' })).toEqual({
      consumingMaterialIdOrPath: [
        expect.stringMatching(/^must be a ULID or a path; a path must be names .*without "\/"/u),
      ],
    })
    // Where the lot is there already, it is found as before.
    await plant.lot('Batch 7')
    const { consumingMaterialIdOrPath: _, ...found } = request
    expect(await acts.act('consume', found)).toMatchObject({ secondaryInventoryLotName: 'Batch 7' })
  })

  it('makes none without it, for an id, or where the rest is refused', async () => {
    const missing = { consumingLotIdOrName: ['no lot has this id or name'] }
    expect(await acts.violations('consume', { ...request, createIfNotExists: false })).toEqual(missing)
    const consumingLotIdOrName = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
    expect(await acts.violations('consume', { ...request, consumingLotIdOrName })).toEqual(missing)
    expect(await acts.refused('consume', { ...request, quantity: 11 })).toMatchObject({ _tag: 'InsufficientStock' })
    const itself = {
      ...request,
      consumingLotIdOrName: 'New',
      lotIdOrName: 'New',
      consumingMaterialIdOrPath: 'Raw/Sugar',
    }
    expect(await acts.violations('consume', itself)).toEqual({
      consumingLotIdOrName: ['must be another lot than lotIdOrName'],
    })
  })
})
