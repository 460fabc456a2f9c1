import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'
import type { LotRecordType } from './lot-record-type.ts'

let plant: Plant
let a: string
let b: string
let child: string
let milk: string
let dock: string
let cellar: string

beforeEach(async () => {
  plant = await makePlant()
  ;({ dock, cellar } = plant.location)
  a = await plant.lot('A', { stock: 10 })
  b = await plant.lot('B', { stock: 10, expirationDate: at(25) })
  child = await plant.lot('A-1', { status: 'OPEN' })
  milk = await plant.lot('M', { material: 'milk' })
  await plant.consume(a, 2, 2)
})

/** What a reversal must restore: stock now and at every moment, and the lots themselves but for their version. */
const state = async () => {
  const lots = await Promise.all([a, b, child, milk].map((lot) => plant.get(lot)))
  const days = [1, 2, 4, 5, 6, 23]
  const stock = await Promise.all([a, b, child, milk].flatMap((lot) => days.map((day) => plant.stock(lot, at(day)))))
  return { lots: lots.map((lot) => ({ ...lot, version: null })), stock }
}

const postings: readonly (readonly [string, LotRecordType, () => readonly [string, Fields]])[] = [
  ['of stock that came in', 'RECEIVE', () => [milk, { quantity: 4, destinationLocationId: cellar }]],
  [
    'of stock that came from another lot',
    'RECEIVE',
    () => [a, { quantity: 4, sourceLocationId: dock, destinationLocationId: cellar, secondaryInventoryLotId: b }],
  ],
  ['of stock that was made', 'PRODUCE', () => [milk, { quantity: 4, destinationLocationId: cellar }]],
  ['of some', 'CONSUME', () => [a, { quantity: 4, sourceLocationId: dock, secondaryInventoryLotId: b }]],
  ['of some', 'UNCONSUME', () => [a, { quantity: 1, destinationLocationId: cellar }]],
  ['of some', 'MOVE', () => [a, { quantity: 4, sourceLocationId: dock, destinationLocationId: cellar }]],
  ['into a new lot', 'SPLIT', () => [a, { quantity: 4, sourceLocationId: dock, secondaryInventoryLotId: child }]],
  ['of everything', 'MERGE', () => [a, { secondaryInventoryLotId: b }]],
  ['of some', 'MERGE', () => [a, { quantity: 3, sourceLocationId: dock, secondaryInventoryLotId: b }]],
  ['of some', 'SCRAP', () => [a, { quantity: 4, sourceLocationId: dock }]],
  [
    'into another lot',
    'SCRAP',
    () => [a, { quantity: 4, sourceLocationId: dock, destinationLocationId: cellar, secondaryInventoryLotId: b }],
  ],
  ['of everything', 'RETURN', () => [a, { quantity: 8, sourceLocationId: dock }]],
  ['of some', 'SHIP', () => [a, { quantity: 4, sourceLocationId: dock }]],
  ['of the last', 'SHIP', () => [a, { quantity: 8, sourceLocationId: dock }]],
  ['upwards', 'EDIT', () => [a, { quantity: 4, sourceLocationId: dock }]],
  ['downwards', 'EDIT', () => [a, { quantity: -4, sourceLocationId: dock }]],
  ['that finds what is there', 'EDIT', () => [a, { quantity: 0, sourceLocationId: dock }]],
  ['to QA_HOLD', 'STATUS_CHANGE', () => [a, { lotStatus: 'QA_HOLD' }]],
  ['to EXPIRED', 'STATUS_CHANGE', () => [child, { lotStatus: 'EXPIRED' }]],
  ['to QA_HOLD of an OPEN lot', 'STATUS_CHANGE', () => [child, { lotStatus: 'QA_HOLD' }]],
  ['to AVAILABLE of an OPEN lot', 'STATUS_CHANGE', () => [child, { lotStatus: 'AVAILABLE' }]],
  ['to the same', 'STATUS_CHANGE', () => [a, { lotStatus: 'AVAILABLE' }]],
]

describe('reverseLotRecord', () => {
  it.each(postings)('%s: %s, restores stock, status, totals, expiry and dates', async (_how, type, make) => {
    const before = await state()
    const [lot, fields] = make()
    const record = await plant.save(type, lot, { ...fields, startDate: at(4), endDate: at(5) })
    const { stock } = await plant.posted(record)
    plant.clock.forward(60_000)
    const reversal = await plant.reverse(record)
    expect(await state()).toEqual(before)
    expect(reversal).toMatchObject({
      lotRecordType: type,
      status: 'COMPLETED',
      inventoryLotId: lot,
      secondaryInventoryLotId: record.secondaryInventoryLotId,
      quantity: record.quantity,
      startDate: at(4),
      endDate: at(5),
      posted: true,
      reversalOf: record.id,
      reversedBy: null,
      version: 1,
      createdDate: '2026-11-23T08:01:00.000Z',
    })
    const opposite = (text: string) => text.replace(/ [+-]/u, (sign) => (sign === ' +' ? ' -' : ' +'))
    expect([...(await plant.posted(reversal)).stock].sort()).toEqual(
      stock
        .filter((text) => !text.includes(' +0 '))
        .map(opposite)
        .sort(),
    )
    expect(await plant.done(plant.inventory.getInventoryLotRecord(record.id ?? '', plant.ada))).toMatchObject({
      reversedBy: reversal.id,
      version: 1,
    })
    await plant.refused(plant.inventory.reverseLotRecord({ id: record.id }, plant.ada))
    // The same may be done again, as if nothing had happened.
    await plant.save(type, lot, { ...fields, startDate: at(4), endDate: at(5) })
  })

  it('says why, and carries none of the words of the original', async () => {
    const record = await plant.save('SCRAP', a, { quantity: 1, sourceLocationId: dock, notes: 'wet', spare1: 'kept' })
    const fields = { lotRecordType: 'SCRAP', reasonCode: 'SLIP' }
    const { id } = await plant.done(plant.inventory.saveReasonCode(fields, plant.ada))
    expect(await plant.reverse(record, { notes: 'dry after all', materialReasonCodeId: id })).toMatchObject({
      notes: 'dry after all',
      materialReasonCodeName: 'SLIP',
    })
  })

  it('reverses a record as it was corrected', async () => {
    const before = await state()
    const record = await plant.receive(a, 4, 4)
    const fields = { id: record.id, quantity: 6, destinationLocationId: cellar, endDate: at(5) }
    await plant.done(plant.inventory.saveInventoryLotRecord(fields, plant.ada))
    const reversal = await plant.reverse(record)
    expect(await plant.posted(reversal)).toMatchObject({ stock: ['Cellar A -6 @11-05'], lots: ['A total -6 @11-05'] })
    expect(await state()).toEqual(before)
  })

  it('of a change to CLOSED or SHIPPED goes back the way that the table allows', async () => {
    const empty = await plant.lot('E')
    const shipped = await plant.changeStatus(empty, 'SHIPPED')
    await plant.reverse(shipped)
    expect(await plant.get(empty)).toMatchObject({ status: 'AVAILABLE' })
    const closed = await plant.changeStatus(empty, 'CLOSED')
    expect(await plant.refused(plant.inventory.reverseLotRecord({ id: closed.id }, plant.ada))).toMatchObject({
      _tag: 'StatusTransitionRefused',
      from: 'CLOSED',
      to: 'AVAILABLE',
      legal: ['QA_HOLD', 'CLOSED'],
    })
    const held = await plant.changeStatus(empty, 'QA_HOLD')
    expect(await plant.reverse(held)).toMatchObject({ lotStatus: 'CLOSED', previousStatus: 'QA_HOLD' })
    expect(await plant.get(empty)).toMatchObject({ status: 'CLOSED', closedDate: closed.endDate })
  })

  it('of a re-test takes the new expiration date back', async () => {
    await plant.changeStatus(b, 'EXPIRED')
    const record = await plant.changeStatus(b, 'AVAILABLE', { expirationDate: at(30) })
    const reversal = await plant.reverse(record)
    expect(await plant.posted(reversal)).toMatchObject({ lots: ['B AVAILABLE>EXPIRED expires 11-30>11-25 @11-23'] })
  })

  it('of a mere confirmation moves nothing back, even if the status has changed since', async () => {
    const empty = await plant.lot('E')
    const record = await plant.changeStatus(empty, 'AVAILABLE')
    // From here no change leads to AVAILABLE, and none is made.
    await plant.changeStatus(empty, 'CLOSED')
    const reversal = await plant.reverse(record)
    expect(await plant.posted(reversal)).toEqual({ stock: [], lots: [], takesBack: [] })
    expect(await plant.get(empty)).toMatchObject({ status: 'CLOSED' })
  })

  it('of a customer return makes the lot SHIPPED again', async () => {
    await plant.save('SHIP', a, { quantity: 8, startDate: at(4), sourceLocationId: dock })
    const back = await plant.receive(a, 3, 5)
    await plant.reverse(back)
    expect(await plant.get(a)).toMatchObject({ status: 'SHIPPED', onHand: 0, totalQuantity: 10 })
  })

  it('that gives stock back to a SHIPPED lot makes it AVAILABLE again', async () => {
    const first = await plant.save('SHIP', a, { quantity: 3, startDate: at(4), sourceLocationId: dock })
    const last = await plant.save('SHIP', a, { quantity: 5, startDate: at(5), sourceLocationId: dock })
    const reversal = await plant.reverse(first)
    expect((await plant.posted(reversal)).lots).toEqual(['A SHIPPED>AVAILABLE @11-04'])
    await plant.reverse(last)
    expect(await plant.get(a)).toMatchObject({ status: 'AVAILABLE', onHand: 8 })
  })

  it('of an UNCONSUME lets what was consumed be taken back again', async () => {
    const fields = { quantity: 2, startDate: at(5), destinationLocationId: dock }
    const back = await plant.save('UNCONSUME', a, fields)
    await plant.refused(plant.saving('UNCONSUME', a, { ...fields, quantity: 1 }))
    await plant.reverse(back)
    await plant.save('UNCONSUME', a, fields)
  })

  it('ends where it began when a chain of records is reversed, the last one first', async () => {
    const before = await state()
    const records: RecordView[] = [
      await plant.receive(a, 6, 4),
      await plant.save('MOVE', a, {
        quantity: 3,
        startDate: at(4),
        sourceLocationId: dock,
        destinationLocationId: cellar,
      }),
      await plant.save('SPLIT', a, {
        quantity: 2,
        startDate: at(5),
        sourceLocationId: cellar,
        secondaryInventoryLotId: child,
      }),
      await plant.save('STATUS_CHANGE', child, { lotStatus: 'QA_HOLD', startDate: at(5) }),
      await plant.save('STATUS_CHANGE', a, { lotStatus: 'QA_HOLD', startDate: at(5) }),
      await plant.save('MERGE', a, { startDate: at(6), secondaryInventoryLotId: child }),
      await plant.save('STATUS_CHANGE', a, { lotStatus: 'AVAILABLE', startDate: at(6) }),
      await plant.consume(a, 5, 6),
      await plant.save('UNCONSUME', a, { quantity: 1, startDate: at(6), destinationLocationId: cellar }),
      await plant.save('SCRAP', a, { quantity: 1, startDate: at(6), sourceLocationId: cellar }),
      await plant.save('EDIT', a, { quantity: -1, startDate: at(6), sourceLocationId: dock }),
      await plant.save('SHIP', a, { quantity: 5, startDate: at(7), sourceLocationId: dock }),
      await plant.save('SHIP', a, { quantity: 3, startDate: at(7), sourceLocationId: cellar }),
      await plant.receive(a, 1, 8),
      await plant.receive(milk, 7, 8),
    ]
    expect(await plant.get(a)).toMatchObject({ status: 'QA_HOLD', onHand: 1 })
    for (const record of records.toReversed()) await plant.reverse(record)
    expect(await state()).toEqual(before)
  })
})
