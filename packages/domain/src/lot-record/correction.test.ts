import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

let plant: Plant
let a: string
let b: string
let dock: string
let cellar: string
let line: string

beforeEach(async () => {
  plant = await makePlant()
  ;({ dock, cellar, line } = plant.location)
  a = await plant.lot('A', { stock: 10 })
  b = await plant.lot('B', { stock: 10 })
})

/** Corrects a record, and tells what that posted beyond what it had posted before. */
const correct = async (record: RecordView, fields: Fields) => {
  const before = await plant.posted(record)
  const saved = await plant.done(plant.inventory.saveInventoryLotRecord({ id: record.id, ...fields }, plant.ada))
  const after = await plant.posted(record)
  return {
    saved,
    stock: after.stock.slice(before.stock.length),
    lots: after.lots.slice(before.lots.length),
    takesBack: after.takesBack.slice(before.takesBack.length),
  }
}

const move = (fields: Fields = {}) =>
  plant.save('MOVE', a, {
    quantity: 4,
    startDate: at(5),
    sourceLocationId: dock,
    destinationLocationId: cellar,
    ...fields,
  })

describe('correcting the quantity', () => {
  it('posts the difference, at the time of the record', async () => {
    const record = await plant.consume(a, 4, 5)
    expect(await correct(record, { quantity: 6 })).toMatchObject({
      stock: ['Dock A -2 @11-05'],
      lots: [],
      saved: { quantity: 6, requestedQuantity: 6, version: 2, posted: true, lotStatus: 'AVAILABLE' },
    })
    expect(await correct(record, { quantity: 1.5 })).toMatchObject({ stock: ['Dock A +4.5 @11-05'], lots: [] })
    expect(await plant.stock(a)).toEqual({ Dock: 8.5 })
  })

  it('of a record that adds changes the total by the difference', async () => {
    const record = await plant.receive(a, 4, 5)
    expect(await correct(record, { quantity: 6 })).toMatchObject({
      stock: ['Dock A +2 @11-05'],
      lots: ['A total +2 @11-05'],
    })
    expect(await correct(record, { quantity: 1 })).toMatchObject({
      stock: ['Dock A -5 @11-05'],
      lots: ['A total -5 @11-05'],
    })
    expect(await plant.get(a)).toMatchObject({ onHand: 11, totalQuantity: 11 })
  })

  it('of both legs posts both differences', async () => {
    expect((await correct(await move(), { quantity: 7 })).stock).toEqual(['Dock A -3 @11-05', 'Cellar A +3 @11-05'])
  })

  it('of a count posts the difference, and says what the count is now', async () => {
    const record = await plant.save('EDIT', a, { quantity: 2, startDate: at(5), sourceLocationId: dock })
    expect(await correct(record, { quantity: -3 })).toMatchObject({
      stock: ['Dock A -5 @11-05'],
      lots: ['A total -2 @11-05'],
      saved: { quantity: -3, countedQuantity: 7 },
    })
    expect(await correct(record, { quantity: 1 })).toMatchObject({
      lots: ['A total +1 @11-05'],
      saved: { countedQuantity: 11 },
    })
  })

  it('of a split changes the original, the new lot and its total', async () => {
    const child = await plant.lot('A-1')
    const fields = { quantity: 4, startDate: at(5), sourceLocationId: dock, secondaryInventoryLotId: child }
    const record = await plant.save('SPLIT', a, fields)
    expect(await correct(record, { quantity: 1 })).toMatchObject({
      stock: ['Dock A +3 @11-05', 'Dock A-1 -3 @11-05'],
      lots: ['A-1 total -3 @11-05'],
    })
  })

  it('of a merge of everything turns it into a merge of so much, and opens the lot it had closed', async () => {
    const record = await plant.save('MERGE', a, { startDate: at(5), secondaryInventoryLotId: b })
    const corrected = await correct(record, { quantity: 4, sourceLocationId: dock })
    expect(corrected.stock).toEqual(['Dock B +6 @11-05', 'Dock A -6 @11-05'])
    expect([...corrected.lots].sort()).toEqual(['A total -6 @11-05', 'B CLOSED>AVAILABLE closed 11-05>none @11-05'])
    expect(await plant.get(b)).toMatchObject({ status: 'AVAILABLE', closedDate: null, onHand: 6 })
    const again = await correct(record, { quantity: 10 })
    expect([...again.lots].sort()).toEqual(['A total +6 @11-05', 'B AVAILABLE>CLOSED closed none>11-05 @11-05'])
  })

  it('of a shipment makes the lot SHIPPED when it takes the last, and AVAILABLE when it leaves some', async () => {
    const record = await plant.save('SHIP', a, { quantity: 4, startDate: at(5), sourceLocationId: dock })
    expect((await correct(record, { quantity: 10 })).lots).toEqual(['A AVAILABLE>SHIPPED @11-05'])
    expect((await correct(record, { quantity: 9 })).lots).toEqual(['A SHIPPED>AVAILABLE @11-05'])
    expect((await correct(record, { quantity: 10 })).lots).toEqual(['A AVAILABLE>SHIPPED @11-05'])
  })

  it('of a shipment makes the lot SHIPPED when it takes the last, though its status went to and fro since', async () => {
    const record = await plant.save('SHIP', a, { quantity: 4, startDate: at(5), sourceLocationId: dock })
    await plant.changeStatus(a, 'QA_HOLD')
    await plant.changeStatus(a, 'AVAILABLE')
    await correct(record, { quantity: 10 })
    expect(await plant.get(a)).toMatchObject({ onHand: 0, status: 'SHIPPED' })
  })

  it('of a shipment leaves the status alone where another record took the last', async () => {
    const record = await plant.save('SHIP', a, { quantity: 4, startDate: at(5), sourceLocationId: dock })
    await plant.consume(a, 6, 6)
    expect((await correct(record, { endDate: at(6) })).lots).toEqual([])
    expect(await plant.get(a)).toMatchObject({ onHand: 0, status: 'AVAILABLE' })
  })

  it('of a merge leaves the status alone where another record took the last', async () => {
    const fields = { quantity: 4, startDate: at(5), sourceLocationId: dock, secondaryInventoryLotId: b }
    const record = await plant.save('MERGE', a, fields)
    await plant.consume(b, 6, 6)
    await correct(record, { endDate: at(6) })
    expect(await plant.get(b)).toMatchObject({ onHand: 0, status: 'AVAILABLE', closedDate: null })
  })

  it('of a receipt that gives a shipped lot stock again makes it a customer return', async () => {
    const record = await plant.receive(a, 5, 3)
    await plant.save('SHIP', a, { quantity: 15, startDate: at(5), sourceLocationId: dock })
    expect((await correct(record, { quantity: 6 })).lots).toEqual(['A SHIPPED>QA_HOLD total +1 @11-03'])
    expect(await plant.get(a)).toMatchObject({ onHand: 1, status: 'QA_HOLD' })
  })

  it('of a customer return keeps the lot in QA_HOLD', async () => {
    await plant.save('SHIP', a, { quantity: 10, startDate: at(4), sourceLocationId: dock })
    const record = await plant.receive(a, 3, 5)
    expect(await correct(record, { quantity: 2 })).toMatchObject({ lots: ['A total -1 @11-05'] })
    expect(await plant.get(a)).toMatchObject({ status: 'QA_HOLD', onHand: 2, totalQuantity: 12 })
  })

  it('of what was consumed is not below what was taken back', async () => {
    const record = await plant.consume(a, 4, 5)
    const back = await plant.save('UNCONSUME', a, { quantity: 3, startDate: at(6), destinationLocationId: dock })
    const refusal = await plant.refused(
      plant.inventory.saveInventoryLotRecord({ id: record.id, quantity: 2 }, plant.ada),
    )
    expect(refusal).toMatchObject({
      _tag: 'ActionRefused',
      blockers: [{ recordId: back.id, lotRecordType: 'UNCONSUME' }],
    })
    expect((await correct(record, { quantity: 3 })).stock).toEqual(['Dock A +1 @11-05'])
  })

  it('of an UNCONSUME takes back more or less of what was consumed', async () => {
    const consumed = await plant.consume(a, 4, 5)
    const id = consumed.id?.replaceAll('-', '')
    const back = await plant.save('UNCONSUME', a, { quantity: 3, startDate: at(6), destinationLocationId: cellar })
    expect(await correct(back, { quantity: 1 })).toMatchObject({ stock: ['Cellar A -2 @11-06'], takesBack: [[id, -2]] })
    expect(await correct(back, { quantity: 4 })).toMatchObject({ stock: ['Cellar A +3 @11-06'], takesBack: [[id, 3]] })
    const tooMuch = plant.inventory.saveInventoryLotRecord({ id: back.id, quantity: 5 }, plant.ada)
    expect(await plant.refused(tooMuch)).toMatchObject({ _tag: 'ActionRefused' })
  })
})

describe('correcting the location', () => {
  it('posts the quantity back at the old place and at the new one', async () => {
    const received = await plant.receive(a, 4, 5)
    expect(await correct(received, { destinationLocationId: cellar })).toMatchObject({
      stock: ['Dock A -4 @11-05', 'Cellar A +4 @11-05'],
      lots: [],
      saved: { destinationLocationPath: 'Plant/Cellar' },
    })
    expect(await plant.stock(a)).toEqual({ Dock: 10, Cellar: 4 })
  })

  it('of one leg leaves the other alone', async () => {
    const record = await move()
    expect((await correct(record, { destinationLocationId: line })).stock).toEqual([
      'Cellar A -4 @11-05',
      'Line A +4 @11-05',
    ])
  })

  it('together with the quantity posts both differences', async () => {
    const record = await move()
    expect((await correct(record, { destinationLocationId: line, quantity: 5 })).stock).toEqual([
      'Dock A -1 @11-05',
      'Cellar A -4 @11-05',
      'Line A +5 @11-05',
    ])
  })
})

describe('correcting the date', () => {
  it('posts everything back at the old time and again at the new one', async () => {
    const record = await plant.consume(a, 4, 5)
    expect(await correct(record, { endDate: at(7) })).toMatchObject({
      stock: ['Dock A +4 @11-05', 'Dock A -4 @11-07'],
      lots: [],
      saved: { startDate: at(5), endDate: at(7) },
    })
    expect(await correct(record, { startDate: at(2), endDate: at(3) })).toMatchObject({
      stock: ['Dock A +4 @11-07', 'Dock A -4 @11-03'],
    })
    expect(await plant.stock(a, at(4))).toEqual({ Dock: 6 })
    expect(await plant.stock(a, at(2))).toEqual({ Dock: 10 })
  })

  it('posts nothing when the effective time stays', async () => {
    const record = await plant.consume(a, 4, 5)
    await correct(record, { endDate: at(7) })
    expect(await correct(record, { startDate: at(3) })).toMatchObject({ stock: [], saved: { startDate: at(3) } })
  })

  it('moves totals and a shelf life that began with it', async () => {
    const milk = await plant.lot('M', { material: 'milk' })
    const record = await plant.receive(milk, 4, 5)
    expect(await plant.get(milk)).toMatchObject({ expirationDate: at(15) })
    const { lots } = await correct(record, { endDate: at(7) })
    expect(lots).toEqual(['M expires 11-15>none total -4 @11-05', 'M expires none>11-17 total +4 @11-07'])
    expect(await plant.get(milk)).toMatchObject({ expirationDate: at(17), totalQuantity: 4 })
  })

  it('leaves an expiration date that was changed since', async () => {
    const milk = await plant.lot('M', { material: 'milk' })
    const record = await plant.receive(milk, 4, 5)
    await plant.done(plant.inventory.saveLot({ id: milk, expirationDate: at(12) }, plant.ada))
    await correct(record, { endDate: at(7) })
    expect(await plant.get(milk)).toMatchObject({ expirationDate: at(12), totalQuantity: 4 })
  })

  it('of a split moves neither the expiry nor the status of the new lot', async () => {
    const milk = await plant.lot('M', { material: 'milk', stock: 10 })
    const child = await plant.lot('M-1', { material: 'milk', status: 'OPEN' })
    const fields = { quantity: 4, startDate: at(5), sourceLocationId: dock, secondaryInventoryLotId: child }
    const record = await plant.save('SPLIT', milk, fields)
    await correct(record, { endDate: at(7) })
    expect(await plant.get(child)).toMatchObject({
      expirationDate: at(11),
      status: 'AVAILABLE',
      onHand: 4,
      totalQuantity: 4,
    })
  })

  it('of a change of status moves when it closed the lot', async () => {
    const lot = await plant.lot('C')
    const record = await plant.save('STATUS_CHANGE', lot, { lotStatus: 'CLOSED', startDate: at(5) })
    const { lots } = await correct(record, { endDate: at(7) })
    expect(lots).toEqual(['C CLOSED>AVAILABLE closed 11-05>none @11-05', 'C AVAILABLE>CLOSED closed none>11-07 @11-07'])
    expect(await plant.get(lot)).toMatchObject({ status: 'CLOSED', closedDate: at(7) })
  })

  it('of a merge moves when it closed the absorbed lot', async () => {
    const record = await plant.save('MERGE', a, { startDate: at(5), secondaryInventoryLotId: b })
    await correct(record, { endDate: at(7) })
    expect(await plant.get(b)).toMatchObject({ status: 'CLOSED', closedDate: at(7), onHand: 0 })
    expect(await plant.get(a)).toMatchObject({ onHand: 20, totalQuantity: 20, status: 'AVAILABLE' })
    expect(await plant.stock(b, at(6))).toEqual({ Dock: 10 })
  })

  it('together with the quantity of a shipment leaves no trace of a status that did not change', async () => {
    const record = await plant.save('SHIP', a, { quantity: 10, startDate: at(5), sourceLocationId: dock })
    expect((await correct(record, { endDate: at(7), quantity: 9 })).lots).toEqual(['A SHIPPED>AVAILABLE @11-05'])
  })

  it('of a confirmation confirms at the new time', async () => {
    const record = await plant.save('STATUS_CHANGE', a, { lotStatus: 'AVAILABLE', startDate: at(5) })
    expect((await correct(record, { endDate: at(7) })).lots).toEqual(['A AVAILABLE>AVAILABLE @11-07'])
  })

  it('of a merge of everything moves what it took then, and not what came since', async () => {
    const record = await plant.save('MERGE', a, { startDate: at(5), secondaryInventoryLotId: b })
    await plant.changeStatus(b, 'QA_HOLD')
    await plant.receive(b, 3, 6)
    const { stock, saved } = await correct(record, { endDate: at(7) })
    expect([...stock].sort()).toEqual([
      'Dock A +10 @11-07',
      'Dock A -10 @11-05',
      'Dock B +10 @11-05',
      'Dock B -10 @11-07',
    ])
    expect(saved.quantity).toBe(10)
    expect(await plant.get(b)).toMatchObject({ onHand: 3, status: 'QA_HOLD' })
  })

  it('of a merge of nothing keeps it one', async () => {
    const record = await plant.save('MERGE', a, { startDate: at(5), secondaryInventoryLotId: await plant.lot('E') })
    expect(await correct(record, { endDate: at(7), notes: 'late' })).toMatchObject({
      stock: [],
      saved: { quantity: 0, notes: 'late' },
    })
  })

  it('of a shipment of everything keeps the lot SHIPPED', async () => {
    const record = await plant.save('SHIP', a, { quantity: 10, startDate: at(5), sourceLocationId: dock })
    await correct(record, { endDate: at(7) })
    expect(await plant.get(a)).toMatchObject({ status: 'SHIPPED', onHand: 0 })
  })
})

describe('a correction', () => {
  it('keeps the earlier version, with what it posted', async () => {
    const record = await plant.consume(a, 4, 5)
    await correct(record, { quantity: 6, sourceLocationId: dock, endDate: at(6) })
    const versions = await plant.done(plant.inventory.getInventoryLotRecordVersions(record.id ?? '', plant.ada))
    expect(versions.map(({ version, record: { quantity, endDate } }) => [version, quantity, endDate])).toEqual([
      [1, 4, null],
      [2, 6, at(6)],
    ])
    expect((await plant.posted(record)).stock).toEqual(['Dock A -4 @11-05', 'Dock A +4 @11-05', 'Dock A -6 @11-06'])
  })

  it('and back again ends where it began', async () => {
    const before = [await plant.stock(a), await plant.stock(a, at(5)), (await plant.get(a)).totalQuantity]
    const record = await plant.receive(a, 4, 5)
    const after = [await plant.stock(a), await plant.stock(a, at(5)), (await plant.get(a)).totalQuantity]
    await correct(record, { quantity: 7, destinationLocationId: cellar, endDate: at(9) })
    await correct(record, { quantity: 4, destinationLocationId: dock, endDate: at(5) })
    expect([await plant.stock(a), await plant.stock(a, at(5)), (await plant.get(a)).totalQuantity]).toEqual(after)
    await plant.reverse(record)
    expect([await plant.stock(a), await plant.stock(a, at(5)), (await plant.get(a)).totalQuantity]).toEqual(before)
  })
})
