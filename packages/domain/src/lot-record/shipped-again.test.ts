import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let dock: string

beforeEach(async () => {
  plant = await makePlant()
  dock = plant.location.dock
})

const ship = (lot: string, quantity: number, day = 4) =>
  plant.save('SHIP', lot, { quantity, startDate: at(day), sourceLocationId: dock })

describe('stock that comes back to a lot that is SHIPPED', () => {
  it('is AVAILABLE again where it was so before', async () => {
    const lot = await plant.lot('A', { stock: 10 })
    const consumed = await plant.consume(lot, 4, 3)
    await ship(lot, 6)
    await plant.reverse(consumed)
    expect(await plant.get(lot)).toMatchObject({ status: 'AVAILABLE', onHand: 4 })
  })

  it('is OPEN where it was shipped as OPEN under the permissive policy, and waits under another one', async () => {
    await plant.setPolicy('permissive')
    const lot = await plant.lot('A', { status: 'OPEN', stock: 10 })
    const consumed = await plant.consume(lot, 4, 3)
    await ship(lot, 6)
    await plant.setPolicy('strict')
    await plant.reverse(consumed)
    expect(await plant.get(lot)).toMatchObject({ status: 'OPEN', onHand: 4 })
    const request = { quantity: 1, lotIdOrName: lot, sourceLocationIdOrPath: dock }
    expect(await plant.refused(plant.inventory.ship(request, plant.ada))).toMatchObject({ lotStatus: 'OPEN' })
  })

  it('is what the lot was before the shipment that stands, also in a cascade', async () => {
    await plant.setPolicy('permissive')
    const lot = await plant.lot('A', { status: 'OPEN', stock: 10 })
    const consumed = await plant.consume(lot, 4, 3)
    await ship(lot, 6)
    const returned = await plant.save('RECEIVE', lot, { quantity: 2, startDate: at(5), destinationLocationId: dock })
    const released = await plant.changeStatus(lot, 'AVAILABLE')
    await ship(lot, 2, 22)
    const undone = await plant.cascade(returned)
    expect(undone.map(({ reversalOf }) => reversalOf)).toContain(released.id)
    expect(await plant.get(lot)).toMatchObject({ status: 'SHIPPED', onHand: 0 })
    await plant.reverse(consumed)
    expect(await plant.get(lot)).toMatchObject({ status: 'OPEN', onHand: 4 })
  })

  it('stays on hold where the lot was said to be SHIPPED while it was held', async () => {
    await plant.setPolicy('permissive')
    const lot = await plant.lot('A', { stock: 10 })
    const scrapped = await plant.save('SCRAP', lot, { quantity: 10, startDate: at(3), sourceLocationId: dock })
    await plant.changeStatus(lot, 'QA_HOLD')
    await plant.changeStatus(lot, 'SHIPPED')
    await plant.reverse(scrapped)
    expect(await plant.get(lot)).toMatchObject({ status: 'QA_HOLD', onHand: 10 })
  })

  it('is on hold where the lot was CLOSED before, as one that is reopened', async () => {
    await plant.setPolicy('permissive')
    const lot = await plant.lot('A', { stock: 10 })
    const scrapped = await plant.save('SCRAP', lot, { quantity: 10, startDate: at(3), sourceLocationId: dock })
    await plant.changeStatus(lot, 'CLOSED')
    await plant.changeStatus(lot, 'SHIPPED')
    await plant.reverse(scrapped)
    expect(await plant.get(lot)).toMatchObject({ status: 'QA_HOLD', onHand: 10, closedDate: null })
  })
})
