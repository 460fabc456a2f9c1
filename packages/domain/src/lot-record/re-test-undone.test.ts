import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

const december = (day: number) => `2026-12-${day}T08:00:00.000Z`

let plant: Plant
/** Milk that was received on the first and is past its date on the eleventh; today is the 23rd. */
let lot: string

beforeEach(async () => {
  plant = await makePlant()
  lot = await plant.lot('A', { material: 'milk', stock: 10 })
})

const reTest = (day: number, fields: Fields = {}) =>
  plant.changeStatus(lot, 'AVAILABLE', { expirationDate: december(day), ...fields })
const reversing = ({ id }: RecordView, cascade = false) => plant.inventory.reverseLotRecord({ id, cascade }, plant.ada)
const setDate = (day: string) => plant.done(plant.inventory.saveLot({ id: lot, expirationDate: day }, plant.ada))
const dateOf = async (id = lot) => (await plant.get(id)).expirationDate
const merging = async (day: number) => {
  const other = await plant.lot(`B ${day}`, { material: 'milk', stock: 10, expirationDate: december(day) })
  return { other, merge: await plant.save('MERGE', lot, { secondaryInventoryLotId: other }) }
}
const blockedBy = ({ id, lotRecordType }: RecordView) => ({
  _tag: 'ReversalBlocked',
  blockers: [{ reason: 'the expiration date that it gave the lot was set again', recordId: id, lotRecordType }],
})

describe('a re-test that is taken back', () => {
  it('gives the lot the date that it had', async () => {
    const test = await reTest(20)
    expect(await plant.get(lot)).toMatchObject({ effectiveStatus: 'AVAILABLE' })
    await plant.reverse(test)
    expect(await plant.get(lot)).toMatchObject({ expirationDate: at(11), effectiveStatus: 'EXPIRED' })
  })

  it('goes after a later one, and with it in a cascade', async () => {
    const [first, second] = [await reTest(20), await reTest(25)]
    expect(await plant.refused(reversing(first))).toMatchObject(blockedBy(second))
    expect(await dateOf()).toBe(december(25))
    expect((await plant.cascade(first)).map(({ reversalOf }) => reversalOf)).toEqual([second.id, first.id])
    expect(await plant.get(lot)).toMatchObject({ expirationDate: at(11), effectiveStatus: 'EXPIRED' })
  })

  it('goes newest first by hand too', async () => {
    const [first, second] = [await reTest(20), await reTest(25)]
    await plant.reverse(second)
    expect(await dateOf()).toBe(december(20))
    await plant.reverse(first)
    expect(await dateOf()).toBe(at(11))
  })

  it('goes after a later change that brought the date forward', async () => {
    const [first, second] = [await reTest(25), await reTest(20)]
    expect(await plant.refused(reversing(first))).toMatchObject(blockedBy(second))
    await plant.cascade(first)
    expect(await dateOf()).toBe(at(11))
  })

  it.each(['AVAILABLE', 'EXPIRED'] as const)(
    'of a lot that was %s goes after a MERGE that set its date',
    async (status) => {
      if (status === 'EXPIRED') await plant.changeStatus(lot, status)
      const test = await reTest(20)
      const { other, merge } = await merging(10)
      expect(await dateOf()).toBe(december(10))
      expect(await plant.refused(reversing(test))).toMatchObject(blockedBy(merge))
      expect((await plant.cascade(test)).map(({ reversalOf }) => reversalOf)).toEqual([merge.id, test.id])
      expect(await plant.get(lot)).toMatchObject({ status, expirationDate: at(11), onHand: 10 })
      expect(await plant.get(other)).toMatchObject({ status: 'AVAILABLE', expirationDate: december(10), onHand: 10 })
    },
  )

  it('takes no heed of a MERGE that left its date as it was', async () => {
    const test = await reTest(20)
    await merging(28)
    await plant.reverse(test)
    expect(await plant.get(lot)).toMatchObject({ expirationDate: at(11), onHand: 20 })
  })

  it('leaves the earlier date where somebody has set one by hand since', async () => {
    const test = await reTest(20)
    await setDate(december(15))
    await plant.reverse(test)
    expect(await plant.get(lot)).toMatchObject({ expirationDate: at(11), effectiveStatus: 'EXPIRED' })
    const ship = { quantity: 1, lotIdOrName: lot, sourceLocationIdOrPath: plant.location.dock }
    expect(await plant.refused(plant.inventory.ship(ship, plant.ada))).toMatchObject({ lotStatus: 'EXPIRED' })
  })

  it('leaves the date set by hand where that is the earlier one', async () => {
    await reTest(10)
    const second = await reTest(20)
    await setDate('2026-12-01T08:00:00Z')
    await plant.reverse(second)
    expect(await dateOf()).toBe('2026-12-01T08:00:00.000Z')
  })

  it('gives an earlier date than needed, never a later one, where another change went before it', async () => {
    const first = await reTest(20)
    const { merge } = await merging(10)
    const second = await reTest(28)
    await plant.reverse(merge)
    expect(await dateOf()).toBe(december(28))
    await plant.reverse(second)
    expect(await dateOf()).toBe(december(10))
    await plant.reverse(first)
    expect(await dateOf()).toBe(at(11))
  })

  it('of a lot without a date leaves the date that was given since', async () => {
    lot = await plant.lot('S', { stock: 10 })
    const first = await reTest(20)
    await reTest(25)
    await plant.reverse(first)
    expect(await dateOf()).toBe(december(25))
  })
})

describe('a re-test that is corrected', () => {
  it('does not put back the date that somebody brought forward since', async () => {
    const test = await reTest(20)
    await setDate(december(15))
    await plant.done(
      plant.inventory.saveInventoryLotRecord({ id: test.id, endDate: '2026-11-23T09:00:00Z' }, plant.ada),
    )
    expect(await dateOf()).toBe(december(15))
  })
})

it('a change that only brought the date forward is taken back as far as the lot still has its date', async () => {
  await reTest(25)
  const forward = await reTest(20)
  const again = await reTest(28)
  await plant.reverse(forward)
  expect(await dateOf()).toBe(december(28))
  await plant.reverse(again)
  expect(await dateOf()).toBe(december(20))
})
