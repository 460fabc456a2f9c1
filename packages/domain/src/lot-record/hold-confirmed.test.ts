import { beforeEach, describe, expect, it } from 'vitest'
import { makePlant, memory, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

let plant: Plant
let lot: string

beforeEach(async () => {
  plant = await makePlant()
  lot = await plant.lot('A', { stock: 10 })
})

const reversing = ({ id }: RecordView, cascade = false) => plant.inventory.reverseLotRecord({ id, cascade }, plant.ada)
const statusOf = async () => (await plant.get(lot)).status

describe('a hold that somebody confirmed by the same status again', () => {
  it.each([
    ['AVAILABLE', 'QA_HOLD'],
    ['OPEN', 'QA_HOLD'],
    ['OPEN', 'EXPIRED'],
  ] as const)('is not taken back while the confirmation stands: %s to %s', async (before, status) => {
    lot = await plant.lot('B', { status: before, stock: 10 })
    const first = await plant.changeStatus(lot, status, { notes: 'label' })
    const second = await plant.changeStatus(lot, status, { notes: 'metal' })
    expect(await plant.refused(reversing(first))).toMatchObject({
      _tag: 'ReversalBlocked',
      blockers: [
        {
          reason: `that the lot is ${status} was confirmed since`,
          recordId: second.id,
          lotRecordType: 'STATUS_CHANGE',
        },
      ],
    })
    expect(await statusOf()).toBe(status)
    await plant.reverse(second)
    expect(await statusOf()).toBe(status)
    await plant.reverse(first)
    expect(await statusOf()).toBe(before)
  })

  it('is taken back in a cascade with all who confirmed it, the newest first', async () => {
    const holds = [
      await plant.changeStatus(lot, 'QA_HOLD'),
      await plant.changeStatus(lot, 'QA_HOLD'),
      await plant.save('STATUS_CHANGE', lot, { lotStatus: 'QA_HOLD' }),
    ]
    const undone = await plant.cascade(holds[0] as RecordView)
    expect(undone.map(({ reversalOf }) => reversalOf)).toEqual(holds.map(({ id }) => id).toReversed())
    expect(await statusOf()).toBe('AVAILABLE')
  })

  it('is released like every other', async () => {
    await plant.changeStatus(lot, 'QA_HOLD')
    await plant.changeStatus(lot, 'QA_HOLD')
    const release = await plant.changeStatus(lot, 'AVAILABLE')
    await plant.changeStatus(lot, 'AVAILABLE')
    await plant.reverse(release)
    expect(await statusOf()).toBe('QA_HOLD')
  })

  it('asks under the strict policy for the permission to release, also in a cascade', async () => {
    plant = await makePlant(memory('strict'))
    lot = await plant.lot('A', { stock: 10 })
    const ben = plant.caller('INVENTORY.WRITE.CHANGE_STATUS')
    const first = await plant.changeStatus(lot, 'QA_HOLD', { notes: 'label' }, ben)
    await plant.changeStatus(lot, 'QA_HOLD', { notes: 'metal' })
    const undo = plant.inventory.reverseLotRecord({ id: first.id, notes: 'a slip', cascade: true }, ben)
    expect(await plant.refused(undo)).toMatchObject({ permission: 'INVENTORY.WRITE.RELEASE' })
  })
})

describe('what holds nothing', () => {
  it('is taken back though somebody confirmed it: a release', async () => {
    await plant.changeStatus(lot, 'QA_HOLD')
    const release = await plant.changeStatus(lot, 'AVAILABLE')
    await plant.changeStatus(lot, 'AVAILABLE')
    await plant.reverse(release)
    expect(await statusOf()).toBe('QA_HOLD')
  })

  it('is taken back in any order: a confirmation among others', async () => {
    const holds = [await plant.changeStatus(lot, 'QA_HOLD'), await plant.changeStatus(lot, 'QA_HOLD')]
    await plant.changeStatus(lot, 'QA_HOLD')
    await plant.reverse(holds[1] as RecordView)
    expect(await statusOf()).toBe('QA_HOLD')
  })

  it('does not confirm an earlier hold: a release that was confirmed and taken back', async () => {
    const hold = await plant.changeStatus(lot, 'QA_HOLD')
    const release = await plant.changeStatus(lot, 'AVAILABLE')
    await plant.changeStatus(lot, 'AVAILABLE')
    await plant.reverse(release)
    await plant.reverse(hold)
    expect(await statusOf()).toBe('AVAILABLE')
  })
})
