import { Effect } from 'effect'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Grant } from '../permissions.ts'
import { type Acting, acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
})

const lot = { lotIdOrName: 'New', materialIdOrPath: 'Raw/Sugar' }
const receive: Fields = {
  type: 'RECEIVE',
  quantity: 10,
  ...lot,
  destinationLocationIdOrPath: 'Plant/Dock',
  createIfNotExists: true,
}
const consume: Fields = { type: 'CONSUME', quantity: 4, ...lot, sourceLocationIdOrPath: 'Plant/Dock' }
const unconsume: Fields = { type: 'UNCONSUME', quantity: 1, ...lot, destinationLocationIdOrPath: 'Plant/Dock' }
const edit: Fields = { type: 'EDIT', newQuantity: 3, ...lot, sourceLocationIdOrPath: 'Plant/Dock' }
const newLot = () => plant.done(plant.inventory.getLotByIdOrNameAndMaterial('New', 'Raw/Sugar', plant.ada))

describe('executeInventoryActions', () => {
  it('does them in their order, and each sees what the ones before it did', async () => {
    const move = { ...consume, type: 'move', quantity: 2, destinationLocationIdOrPath: 'Plant/Cellar' }
    const scrapAll = { type: 'SCRAP_ALL', sourceLocationIdOrPath: 'Plant/Cellar' }
    const done = await acts.batch(receive, consume, move, edit, scrapAll)
    expect(done.map(({ lotRecordType, quantity }) => [lotRecordType, quantity])).toEqual([
      ['RECEIVE', 10],
      ['CONSUME', 4],
      ['MOVE', 2],
      ['EDIT', -1],
      ['SCRAP', 2],
    ])
    const [first = 0] = done.map(({ sequence }) => sequence ?? 0)
    expect(done.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4].map((n) => first + n))
    expect(await newLot()).toMatchObject({ onHand: 3, totalQuantity: 10 })
  })

  it('takes back what was consumed in the same list, the newest first', async () => {
    await acts.batch(receive, { ...consume, startDate: at(23) })
    const done = await acts.batch({ ...consume, quantity: 2 }, { ...unconsume, quantity: 3 })
    const earlier = (await plant.done(plant.inventory.findInventoryLotRecords({ lotRecordType: 'CONSUME' }, plant.ada)))
      .items
    const plain = (id: string | null | undefined) => (id ?? '').replaceAll('-', '')
    const back = done[1]
    expect(back && (await plant.posted(back)).takesBack).toEqual([
      [plain(done[0]?.id), 2],
      [plain(earlier[0]?.id), 1],
    ])
    expect(await newLot()).toMatchObject({ onHand: 7 })
    expect(await acts.batchRefused({ ...consume, quantity: 1 }, { ...unconsume, quantity: 4.5 })).toMatchObject({
      index: 1,
      refusal: { reason: '4 may be taken back by then, and 4.5 are asked for' },
    })
  })

  it('takes back in one list what it received and consumed there, and no more than that', async () => {
    await acts.batch(receive, consume, unconsume, { ...unconsume, quantity: 3 })
    expect(await newLot()).toMatchObject({ onHand: 10 })
    expect(
      await acts.batchRefused(consume, { ...unconsume, quantity: 3 }, { ...unconsume, quantity: 2 }),
    ).toMatchObject({
      index: 2,
      refusal: { _tag: 'ActionRefused' },
    })
  })

  it('keeps a count of the same list: nothing is posted before it afterwards', async () => {
    await acts.batch({ ...receive, startDate: at(3) })
    const refusal = await acts.batchRefused(edit, { ...consume, quantity: 1, startDate: at(5) })
    expect(refusal).toMatchObject({
      index: 1,
      refusal: { _tag: 'ActionRefused', blockers: [{ reason: 'counted later' }] },
    })
    await acts.batch(edit, { ...consume, quantity: 1 })
    expect(await newLot()).toMatchObject({ onHand: 2 })
  })

  it('changes no status before a change that the same list made: it is dated with that', async () => {
    await acts.batch(receive)
    const { id } = await newLot()
    const ship = { ...consume, type: 'SHIP', quantity: 10, startDate: '2026-11-23T20:00:00Z' }
    const [, held] = await acts.batch(ship, { type: 'STATUS_CHANGE', lotId: id, newStatus: 'QA_HOLD' })
    expect(held).toMatchObject({ previousStatus: 'SHIPPED', startDate: at(23), endDate: '2026-11-23T20:00:00.000Z' })
  })

  it('numbers the lots that it makes, for each material by itself', async () => {
    const unnamed = { ...receive, lotIdOrName: null }
    const namesake = { ...receive, lotIdOrName: 'Sugar-2026-11-23-1', materialIdOrPath: 'Raw/Milk' }
    const done = await acts.batch(namesake, unnamed, unnamed, receive, unnamed)
    expect(done.slice(1).map(({ inventoryLotName }) => inventoryLotName)).toEqual([
      'Sugar-2026-11-23-1',
      'Sugar-2026-11-23-2',
      'New',
      'Sugar-2026-11-23-3',
    ])
  })

  it('is all or nothing, and names the one that was refused', async () => {
    const refusal = await acts.batchRefused(receive, consume, { ...consume, quantity: 7 }, consume)
    expect(refusal).toMatchObject({
      _tag: 'BatchItemRefused',
      index: 2,
      refusal: { _tag: 'InsufficientStock', onHand: 6, asked: 7 },
    })
    expect(await acts.batchRefused(receive, { ...consume, colour: 'red' })).toMatchObject({
      index: 1,
      refusal: { _tag: 'ValidationFailed', violations: { 'requests[1].colour': ['is not a field of this request'] } },
    })
  })

  it('tells the violations of every action, each by its place, and changes nothing', async () => {
    const before = await plant.dump()
    const refusal = await acts.batchRefused(
      receive,
      { ...consume, quantity: -1, colour: 'red' },
      consume,
      { type: 'EAT' },
      { ...consume, quantity: 'x', sourceLocationIdOrPath: 'Mars' },
    )
    expect(refusal).toMatchObject({ _tag: 'BatchItemRefused', index: 1 })
    expect('refusal' in refusal && 'violations' in refusal.refusal && refusal.refusal.violations).toEqual({
      'requests[1].quantity': ['must be greater than 0'],
      'requests[1].colour': ['is not a field of this request'],
      'requests[3].type': [expect.stringContaining('must be one of CONSUME')],
      'requests[4].quantity': [expect.stringContaining('must be')],
      'requests[4].sourceLocationIdOrPath': ['no location has this id or path'],
    })
    expect(refusal.message).toContain('requests[1].quantity must be greater than 0')
    expect(await plant.dump()).toEqual(before)
  })

  it('does not miss a lot that only an action of the list was to make', async () => {
    const fields = async (...requests: readonly Fields[]) => {
      const refusal = await acts.batchRefused(...requests)
      return 'refusal' in refusal && 'violations' in refusal.refusal && Object.keys(refusal.refusal.violations)
    }
    const bad = { ...receive, quantity: -1 }
    const other = { ...consume, lotIdOrName: 'Nowhere' }
    expect(await fields(bad, consume, other, { ...consume, colour: 'red' }, bad)).toEqual([
      'requests[0].quantity',
      'requests[2].lotIdOrName',
      'requests[3].colour',
      'requests[4].quantity',
    ])
    expect(await fields({ ...bad, lotIdOrName: null }, other)).toEqual(['requests[0].quantity'])
    expect(await fields(consume, other, other)).toEqual([0, 1, 2].map((place) => `requests[${place}].lotIdOrName`))
  })

  it('says nothing of actions that the caller may not do', async () => {
    await acts.batch(receive)
    const requests = [
      { ...receive, quantity: -1 },
      { ...consume, quantity: -1 },
    ]
    const receiver = plant.caller('INVENTORY.WRITE.RECEIVE')
    expect(await plant.refused(plant.inventory.executeInventoryActions({ requests }, receiver))).toMatchObject({
      index: 0,
      refusal: { message: 'requests[0].quantity must be greater than 0' },
    })
  })

  it('asks for the permission of each item', async () => {
    const requests = [receive, consume]
    const as = (...grants: readonly Grant[]) =>
      plant.inventory.executeInventoryActions({ requests }, plant.caller(...grants))
    expect(await plant.refused(as('INVENTORY.WRITE.RECEIVE'))).toMatchObject({
      _tag: 'BatchItemRefused',
      index: 1,
      refusal: { _tag: 'PermissionDenied', permission: 'INVENTORY.WRITE.CONSUME' },
    })
    await plant.done(as('INVENTORY.WRITE.RECEIVE', 'INVENTORY.WRITE.CONSUME'))
  })

  it('needs a list of known types and takes no other field', async () => {
    const wrong = (request: unknown) => plant.refused(plant.inventory.executeInventoryActions(request, plant.ada))
    const size = { violations: { requests: ['must be a list of 1 to 10000 actions'] } }
    expect(await wrong({})).toMatchObject(size)
    expect(await wrong({ requests: [] })).toMatchObject(size)
    expect(await wrong({ requests: Array.from({ length: 10_001 }, () => receive) })).toMatchObject(size)
    expect(await wrong({ requests: [receive, {}, 7, { type: 'EAT' }], dry: true })).toMatchObject({
      index: 1,
      refusal: {
        violations: {
          dry: ['is not a field of this request'],
          'requests[1].type': [expect.stringContaining('must be one of CONSUME')],
          'requests[2].type': [expect.stringContaining('SCRAP_ALL')],
          'requests[3].type': [expect.any(String)],
        },
      },
    })
    expect(await wrong({ requests: [receive], dry: true })).toMatchObject({
      violations: { dry: ['is not a field of this request'] },
    })
  })

  it('changes nothing in a dry run', async () => {
    const before = await plant.dump()
    const requests = [receive, consume, unconsume]
    const { lots } = await plant.done(plant.inventory.dryRun.executeInventoryActions({ requests }, plant.ada))
    expect(lots).toMatchObject([{ id: null, name: 'New', onHand: 7 }])
    expect(await plant.dump()).toEqual(before)
  })

  it('changes a status between two actions, and leaves a store that verifies', async () => {
    const a = await plant.lot('A', { stock: 5, status: 'QA_HOLD' })
    const take = { type: 'CONSUME', quantity: 1, lotIdOrName: a, sourceLocationIdOrPath: 'Plant/Dock' }
    expect(await acts.batchRefused(take)).toMatchObject({ index: 0, refusal: { _tag: 'ActionRefused' } })
    const status = (newStatus: string) => ({ type: 'STATUS_CHANGE', lotId: a, newStatus })
    await acts.batch(status('AVAILABLE'), take, status('QA_HOLD'))
    expect(await plant.get(a)).toMatchObject({ status: 'QA_HOLD', onHand: 4 })
    expect((await Effect.runPromise(plant.store.verify())).mismatches).toEqual([])
  })
})
