import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting
let a: string
let b: string
let cellar: string

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
  a = await plant.lot('A')
  b = await plant.lot('B')
  cellar = plant.location.cellar
})

const merging = (lotStorageStrategy: string) =>
  plant.done(plant.inventory.saveLocation({ id: cellar, lotStorageStrategy }, plant.ada))
const correct = (fields: Fields) => plant.inventory.saveInventoryLotRecord(fields, plant.ada)
const stock = async () => [await plant.stock(a), await plant.stock(b)]
const lastOf = async (lot: string) => {
  const { items } = await plant.done(plant.inventory.findInventoryLotRecords({ lot, limit: 50 }, plant.ada))
  return items.at(-1) ?? expect.fail('there is no record')
}
const because = (names: string) => ({
  _tag: 'LotStorageRefused',
  locationPath: 'Plant/Cellar',
  reason: `it merges what arrives, and there is stock of ${names}: a correction does not merge, so write a record for the difference`,
})

describe.each(['MERGE_INTO_PREVIOUS', 'MERGE_INTO_NEW'])('where stock merges by %s', (strategy) => {
  beforeEach(() => merging(strategy))

  it('a correction brings nothing beside another lot, in quantity or by its destination', async () => {
    await plant.receive(a, 4, 5, cellar)
    const elsewhere = await plant.receive(b, 3, 6)
    expect(await plant.refused(correct({ id: elsewhere.id, destinationLocationId: cellar }))).toMatchObject(
      because('A'),
    )
    const consumed = await plant.consume(b, 2, 7)
    await plant.done(correct({ id: consumed.id, quantity: 1 }))
    expect(await stock()).toEqual([{ Cellar: 4 }, { Dock: 2 }])
  })

  it('a correction of what lies there alone, downwards, or of dates goes through', async () => {
    const received = await plant.receive(a, 4, 5, cellar)
    await plant.done(correct({ id: received.id, quantity: 6 }))
    await plant.done(correct({ id: received.id, quantity: 5, startDate: at(4), endDate: at(4) }))
    expect(await stock()).toEqual([{ Cellar: 5 }, {}])
  })

  it('a reversal restores what was, and what arrives next waits until the lots are merged', async () => {
    await plant.receive(a, 4, 5, cellar)
    const consumed = await plant.consume(a, 4, 6, cellar)
    await plant.receive(b, 3, 7, cellar)
    await plant.reverse(consumed)
    expect(await stock()).toEqual([{ Cellar: 4 }, { Cellar: 3 }])
    const next = { lotRecordType: 'RECEIVE', quantity: 1, destinationLocationId: cellar }
    const c = await plant.lot('C')
    expect(await plant.refused(plant.saving('RECEIVE', c, next))).toMatchObject({
      _tag: 'LotStorageRefused',
      reason: expect.stringContaining('more than one lot lies there'),
    })
    // Of the lots that lie there neither is brought more of, but of either some may be taken.
    const [less, more] = [await plant.consume(a, 2, 9, cellar), { quantity: 1 }]
    expect(await plant.refused(correct({ id: less.id, ...more }))).toMatchObject(because('B'))
    await plant.done(correct({ id: less.id, quantity: 3 }))
    await acts.act('merge', { sourceLotId: a, destinationLotId: b })
    await plant.save('RECEIVE', c, next)
    expect(await plant.stock(strategy === 'MERGE_INTO_NEW' ? c : b)).toEqual({ Cellar: 5 })
  })
})

describe('the merge that an arrival made', () => {
  it('is taken back like any other, and then what arrived may be corrected downwards', async () => {
    await merging('MERGE_INTO_PREVIOUS')
    await plant.receive(a, 4, 5, cellar)
    await plant.receive(b, 1, 5)
    const received = await plant.receive(b, 3, 6, cellar)
    expect(await stock()).toEqual([{ Cellar: 7 }, { Dock: 1 }])
    expect(await plant.refused(correct({ id: received.id, quantity: 4 }))).toMatchObject(because('A'))
    expect(await plant.refused(correct({ id: received.id, quantity: 2 }))).toMatchObject({ _tag: 'InsufficientStock' })
    const merge = await lastOf(b)
    expect(merge).toMatchObject({ lotRecordType: 'MERGE', quantity: 3 })
    await plant.reverse(merge)
    expect(await stock()).toEqual([{ Cellar: 4 }, { Dock: 1, Cellar: 3 }])
    await plant.done(correct({ id: received.id, quantity: 2 }))
    expect(await stock()).toEqual([{ Cellar: 4 }, { Dock: 1, Cellar: 2 }])
  })

  it('may be corrected itself', async () => {
    await merging('MERGE_INTO_PREVIOUS')
    await plant.receive(a, 4, 5, cellar)
    await plant.receive(b, 3, 6, cellar)
    await plant.done(correct({ id: (await lastOf(b)).id, quantity: 1 }))
    expect(await stock()).toEqual([{ Cellar: 5 }, { Cellar: 2 }])
  })
})
