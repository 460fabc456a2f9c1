import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

let plant: Plant
let dock: string
let cellar: string

beforeEach(async () => {
  plant = await makePlant()
  ;({ dock, cellar } = plant.location)
})

const reversing = ({ id }: RecordView) => plant.inventory.reverseLotRecord({ id }, plant.ada)
const places = () => ({ sourceLocationId: dock, destinationLocationId: cellar })
const statusOf = async (lot: string) => (await plant.get(lot)).status

describe('a reversal', () => {
  const givers = ['SCRAP', 'SPLIT', 'RECEIVE'] as const

  it.each(givers)('gives nothing that is held since back to a lot that is SHIPPED: %s', async (type) => {
    const lot = await plant.lot('A', { stock: 10 })
    const other = await plant.lot('B')
    const fields = { quantity: 5, startDate: at(3), sourceLocationId: dock }
    const into = { ...fields, ...(type !== 'SPLIT' && { destinationLocationId: cellar }) }
    const record =
      type === 'RECEIVE'
        ? await plant.save(type, other, { ...into, secondaryInventoryLotId: lot })
        : await plant.save(type, lot, { ...into, secondaryInventoryLotId: other })
    await plant.save('SHIP', lot, { ...fields, startDate: at(4) })
    const hold = await plant.changeStatus(other, 'QA_HOLD')
    expect(await plant.refused(reversing(record))).toMatchObject({
      _tag: 'ReversalBlocked',
      blockers: [{ reason: expect.stringContaining('lot B is QA_HOLD'), recordId: hold.id }],
    })
    const undone = await plant.cascade(record)
    expect(undone.map(({ reversalOf }) => reversalOf)).toEqual([hold.id, record.id])
    expect([await statusOf(lot), await plant.stock(lot)]).toEqual(['AVAILABLE', { Dock: 5 }])
  })

  it.each(['RECEIVE', 'UNCONSUME'] as const)(
    'of the first customer return holds what came back since by %s',
    async (type) => {
      const lot = await plant.lot('A', { stock: 10 })
      await plant.consume(lot, 4, 3)
      await plant.save('SHIP', lot, { quantity: 6, startDate: at(4), sourceLocationId: dock })
      const back = { destinationLocationId: dock, startDate: at(5) }
      const first = await plant.save('RECEIVE', lot, { quantity: 2, ...back })
      const second = await plant.save(type, lot, { quantity: 3, ...back })
      await plant.setPolicy('strict')
      const ben = plant.caller('INVENTORY.WRITE.RECEIVE', 'INVENTORY.WRITE.SHIP')
      await plant.done(plant.inventory.reverseLotRecord({ id: first.id, notes: 'counted twice' }, ben))
      expect(await plant.get(lot)).toMatchObject({ status: 'QA_HOLD', onHand: 3 })
      const ship = { quantity: 3, lotIdOrName: lot, sourceLocationIdOrPath: dock }
      expect(await plant.refused(plant.inventory.ship(ship, ben))).toMatchObject({ lotStatus: 'QA_HOLD' })
      await plant.reverse(second)
      expect(await plant.get(lot)).toMatchObject({ status: 'QA_HOLD', onHand: 0 })
    },
  )

  it('takes nothing out of a lot that is held again because its release was taken back', async () => {
    const lot = await plant.lot('A', { status: 'QA_HOLD', stock: 5 })
    const other = await plant.lot('C', { stock: 5 })
    const release = await plant.changeStatus(lot, 'AVAILABLE')
    const merge = await plant.save('MERGE', lot, { secondaryInventoryLotId: other })
    const back = await plant.reverse(release)
    expect(await statusOf(lot)).toBe('QA_HOLD')
    for (const cascade of [false, true])
      expect(await plant.refused(plant.inventory.reverseLotRecord({ id: merge.id, cascade }, plant.ada))).toMatchObject(
        {
          _tag: 'ReversalBlocked',
          blockers: [{ reason: expect.stringContaining(cascade ? '' : 'lot A is QA_HOLD'), recordId: back.id }],
        },
      )
    await plant.changeStatus(lot, 'AVAILABLE')
    await plant.reverse(merge)
    expect([await plant.stock(other), await statusOf(other)]).toEqual([{ Dock: 5 }, 'AVAILABLE'])
  })

  it('takes nothing out of a held child whose original is usable because its hold was taken back', async () => {
    const lot = await plant.lot('A', { stock: 10 })
    const hold = await plant.changeStatus(lot, 'QA_HOLD')
    const child = await plant.lot('Kid')
    const split = await plant.save('SPLIT', lot, {
      quantity: 4,
      sourceLocationId: dock,
      secondaryInventoryLotId: child,
    })
    const back = await plant.reverse(hold)
    expect(await plant.refused(reversing(split))).toMatchObject({
      _tag: 'ReversalBlocked',
      blockers: [{ reason: expect.stringContaining('lot Kid is QA_HOLD'), recordId: back.id }],
    })
    await plant.changeStatus(lot, 'QA_HOLD')
    await plant.reverse(split)
    expect([await statusOf(lot), await plant.stock(lot)]).toEqual(['QA_HOLD', { Dock: 10 }])
  })

  it('takes nothing out of a child that is past its expiration date', async () => {
    const lot = await plant.lot('A', { stock: 10 })
    const child = await plant.lot('B')
    const split = await plant.save('SPLIT', lot, {
      quantity: 5,
      sourceLocationId: dock,
      secondaryInventoryLotId: child,
    })
    await plant.done(plant.inventory.saveLot({ id: child, expirationDate: at(20) }, plant.ada))
    expect(await plant.refused(reversing(split))).toMatchObject({
      _tag: 'ReversalBlocked',
      blockers: [{ reason: expect.stringContaining('lot B is EXPIRED'), recordId: null }],
    })
    await plant.done(plant.inventory.saveLot({ id: lot, expirationDate: at(20) }, plant.ada))
    await plant.reverse(split)
  })

  it('is possible of what was put into a lot that was held then as it is now', async () => {
    const lot = await plant.lot('A', { stock: 10 })
    for (const status of ['QA_HOLD', 'OPEN', 'EXPIRED'] as const) {
      const bin = await plant.lot(`bin ${status}`, { status })
      const scrap = await plant.save('SCRAP', lot, { quantity: 4, secondaryInventoryLotId: bin, ...places() })
      await plant.reverse(scrap)
      expect([await plant.stock(lot), await plant.stock(bin)]).toEqual([{ Dock: 10 }, {}])
    }
  })

  it('is refused once that lot was released and is held again', async () => {
    const lot = await plant.lot('A', { stock: 10 })
    const bin = await plant.lot('bin', { status: 'QA_HOLD' })
    const scrap = await plant.save('SCRAP', lot, { quantity: 4, secondaryInventoryLotId: bin, ...places() })
    const release = await plant.changeStatus(bin, 'AVAILABLE')
    const hold = await plant.changeStatus(bin, 'QA_HOLD')
    expect(await plant.refused(reversing(scrap))).toMatchObject({
      blockers: [{ recordId: release.id }, { recordId: hold.id }],
    })
  })
})
