import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

let plant: Plant
let consumed: RecordView
let back: RecordView

beforeEach(async () => {
  plant = await makePlant()
  const a = await plant.lot('A', { stock: 10 })
  consumed = await plant.consume(a, 4, 4)
  back = await plant.save('UNCONSUME', a, { quantity: 4, startDate: at(6), destinationLocationId: plant.location.dock })
})

const dating = ({ id }: RecordView, day: number) =>
  plant.inventory.saveInventoryLotRecord({ id, startDate: at(day) }, plant.ada)

describe('a corrected date', () => {
  it('does not put what takes back before what was consumed', async () => {
    expect(await plant.refused(dating(back, 3))).toMatchObject({
      _tag: 'ActionRefused',
      reason: `it was consumed at ${at(4)}`,
      blockers: [{ recordId: consumed.id, lotRecordType: 'CONSUME' }],
    })
    await plant.done(dating(back, 4))
  })

  it('does not put what was consumed after what takes it back', async () => {
    expect(await plant.refused(dating(consumed, 7))).toMatchObject({
      _tag: 'ActionRefused',
      reason: `it was taken back at ${at(6)}`,
      blockers: [{ recordId: back.id, lotRecordType: 'UNCONSUME' }],
    })
    await plant.done(dating(consumed, 6))
  })

  it('is free once the other half is reversed', async () => {
    await plant.reverse(back)
    await plant.done(dating(consumed, 7))
  })
})
