import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting
let dock: string

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
  dock = plant.location.dock
})

describe('a count', () => {
  // 10 since the 1st, 8 counted on the 10th, 3 consumed on the 12th.
  it('that is dated anew keeps what was counted', async () => {
    const lot = await plant.lot('A', { stock: 10 })
    const count = await plant.save('EDIT', lot, { quantity: -2, sourceLocationId: dock, startDate: at(10) })
    await plant.consume(lot, 3, 12)
    const dated = (fields: Fields) =>
      plant.done(plant.inventory.saveInventoryLotRecord({ id: count.id, ...fields }, plant.ada))
    expect(await dated({ startDate: at(13) })).toMatchObject({ countedQuantity: 8, quantity: 1 })
    expect([await plant.stock(lot, at(12)), await plant.stock(lot, at(13))]).toEqual([{ Dock: 7 }, { Dock: 8 }])
    expect(await plant.get(lot)).toMatchObject({ onHand: 8, totalQuantity: 11 })
    expect(await dated({ startDate: at(11) })).toMatchObject({ countedQuantity: 8, quantity: -2 })
    expect(await plant.get(lot)).toMatchObject({ onHand: 5, totalQuantity: 10 })
    // A given difference is that difference.
    expect(await dated({ startDate: at(14), quantity: 0.5 })).toMatchObject({ countedQuantity: 7.5, quantity: 0.5 })
  })

  it('merges nothing, though its place does, and is corrected there', async () => {
    const [lot, other] = [await plant.lot('A', { stock: 5 }), await plant.lot('B', { stock: 5 })]
    for (const lotStorageStrategy of ['MERGE_INTO_PREVIOUS', 'MERGE_INTO_NEW']) {
      await plant.done(plant.inventory.saveLocation({ id: dock, lotStorageStrategy }, plant.ada))
      const count = { newQuantity: 7, lotIdOrName: lot, sourceLocationIdOrPath: dock }
      const counted = await acts.act('editInventoryQuantity', count)
      expect(counted).toMatchObject({ countedQuantity: 7 })
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: counted.id, quantity: 3 }, plant.ada))
      expect([await plant.stock(lot), await plant.stock(other)]).toEqual([{ Dock: 8 }, { Dock: 5 }])
      await acts.act('editInventoryQuantity', { ...count, newQuantity: 5 })
    }
  })
})

describe('a lot that becomes CLOSED', () => {
  const closing = (lot: string, day: number) =>
    plant.saving('STATUS_CHANGE', lot, { lotStatus: 'CLOSED', startDate: at(day) })

  it('does so from when nothing of it lies anywhere, and says where and until when there was', async () => {
    const lot = await plant.lot('A', { stock: 3 })
    await plant.consume(lot, 3, 20)
    expect(await plant.refused(closing(lot, 10))).toMatchObject({
      _tag: 'StatusTransitionRefused',
      clearedBy: expect.stringContaining(`there is 3 kg at Plant/Dock until ${at(20)}`),
    })
    const closed = await plant.done(closing(lot, 20))
    const dated = plant.inventory.saveInventoryLotRecord({ id: closed.id, startDate: at(19) }, plant.ada)
    expect(await plant.refused(dated)).toMatchObject({
      _tag: 'ActionRefused',
      reason: `there is 3 kg at Plant/Dock until ${at(20)}, and it is CLOSED from then on`,
    })
    await plant.done(plant.inventory.saveInventoryLotRecord({ id: closed.id, startDate: at(21) }, plant.ada))
    expect(await plant.get(lot)).toMatchObject({ status: 'CLOSED', closedDate: at(21) })
  })

  it('is refused by rows, also where they add up to nothing', async () => {
    const lot = await plant.lot('A', { stock: 5 })
    await plant.consume(lot, 5, 4, plant.location.drain)
    expect(await plant.refused(closing(lot, 23))).toMatchObject({
      clearedBy:
        'a lot becomes CLOSED only when nothing of it is on hand, from that time on: there is 5 kg at Plant/Dock, -5 kg at Plant/Drain. Move out, ship or scrap what is there, count what is below zero, or date the change later',
    })
    const { statuses } = await plant.done(plant.inventory.getLotActions(lot, plant.ada))
    expect(statuses.find(({ status }) => status === 'CLOSED')).toMatchObject({ allowed: false })
  })
})
