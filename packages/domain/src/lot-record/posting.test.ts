import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import { lotRecordTypes } from './lot-record-type.ts'

let plant: Plant
let a: string
let b: string
let dock: string
let cellar: string

beforeEach(async () => {
  plant = await makePlant()
  dock = plant.location.dock
  cellar = plant.location.cellar
  a = await plant.lot('A', { stock: 10 })
  b = await plant.lot('B', { stock: 5 })
})

const post = async (type: (typeof lotRecordTypes)[number], fields: Fields) => {
  const record = await plant.save(type, a, { startDate: at(5), ...fields })
  return { record, ...(await plant.posted(record)) }
}

describe('RECEIVE', () => {
  it('adds at the destination, and to the total', async () => {
    const posted = await post('RECEIVE', { quantity: 4, destinationLocationId: cellar })
    expect(posted).toMatchObject({ stock: ['Cellar A +4 @11-05'], lots: ['A total +4 @11-05'] })
    expect(await plant.get(a)).toMatchObject({ onHand: 14, totalQuantity: 14 })
    expect(await plant.stock(a)).toEqual({ Dock: 10, Cellar: 4 })
  })

  it('takes from the lot it comes from, where a source is given', async () => {
    const fields = { quantity: 4, sourceLocationId: dock, destinationLocationId: cellar, secondaryInventoryLotId: b }
    const posted = await post('RECEIVE', fields)
    expect(posted).toMatchObject({
      stock: ['Dock B -4 @11-05', 'Cellar A +4 @11-05'],
      lots: ['A total +4 @11-05'],
      record: { inventoryLotId: a, secondaryInventoryLotId: b, inventoryLotName: 'A', secondaryInventoryLotName: 'B' },
    })
    expect(await plant.get(b)).toMatchObject({ onHand: 1, totalQuantity: 5, status: 'AVAILABLE' })
  })

  it('into a SHIPPED lot is a customer return: the lot goes to QA_HOLD', async () => {
    await plant.save('SHIP', a, { quantity: 10, startDate: at(4), sourceLocationId: dock })
    const posted = await post('RECEIVE', { quantity: 4, destinationLocationId: cellar })
    expect(posted.lots).toEqual(['A SHIPPED>QA_HOLD total +4 @11-05'])
  })
})

describe('PRODUCE', () => {
  it('adds at the destination, and to the total; the producer is only named', async () => {
    const fields = { quantity: 2.5, sourceLocationId: dock, destinationLocationId: cellar, secondaryInventoryLotId: b }
    const posted = await post('PRODUCE', fields)
    expect(posted).toMatchObject({
      stock: ['Cellar A +2.5 @11-05'],
      lots: ['A total +2.5 @11-05'],
      record: { inventoryLotId: a, secondaryInventoryLotId: b },
    })
    expect(await plant.stock(b)).toEqual({ Dock: 5 })
  })
})

describe('CONSUME', () => {
  it('takes from the source, and leaves the total; the consumer is only named', async () => {
    const fields = { quantity: 4, sourceLocationId: dock, destinationLocationId: cellar, secondaryInventoryLotId: b }
    const posted = await post('CONSUME', fields)
    expect(posted).toMatchObject({
      stock: ['Dock A -4 @11-05'],
      lots: [],
      record: { inventoryLotId: a, secondaryInventoryLotId: b },
    })
    expect(await plant.get(a)).toMatchObject({ onHand: 6, totalQuantity: 10 })
  })

  it('of the last leaves the lot as it is', async () => {
    expect((await post('CONSUME', { quantity: 10, sourceLocationId: dock })).lots).toEqual([])
    expect(await plant.get(a)).toMatchObject({ status: 'AVAILABLE', onHand: 0 })
  })
})

describe('UNCONSUME', () => {
  it('gives back at the destination, and leaves the total', async () => {
    const consumed = await plant.consume(a, 4, 3)
    const posted = await post('UNCONSUME', { quantity: 3, destinationLocationId: cellar })
    expect(posted).toMatchObject({ stock: ['Cellar A +3 @11-05'], lots: [] })
    expect(posted.takesBack).toEqual([[consumed.id?.replaceAll('-', ''), 3]])
    expect(await plant.get(a)).toMatchObject({ onHand: 9, totalQuantity: 10 })
  })
})

describe('MOVE', () => {
  it('takes from the source and adds at the destination; the total stays', async () => {
    const posted = await post('MOVE', { quantity: 4, sourceLocationId: dock, destinationLocationId: cellar })
    expect(posted).toMatchObject({ stock: ['Dock A -4 @11-05', 'Cellar A +4 @11-05'], lots: [] })
    expect(await plant.get(a)).toMatchObject({ onHand: 10, totalQuantity: 10 })
  })
})

describe('SPLIT', () => {
  it('takes from the original and adds to the new lot, where the original lies', async () => {
    const child = await plant.lot('A-1', { status: 'OPEN' })
    const posted = await post('SPLIT', { quantity: 4, sourceLocationId: dock, secondaryInventoryLotId: child })
    expect(posted).toMatchObject({
      stock: ['Dock A -4 @11-05', 'Dock A-1 +4 @11-05'],
      lots: ['A-1 OPEN>AVAILABLE total +4 @11-05'],
      record: { inventoryLotId: a, secondaryInventoryLotId: child },
    })
    expect(await plant.get(a)).toMatchObject({ onHand: 6, totalQuantity: 10 })
  })

  it('gives the new lot the expiry of the original, not a shelf life of its own', async () => {
    const milk = await plant.lot('M', { material: 'milk', stock: 10 })
    const child = await plant.lot('M-1', { material: 'milk' })
    const fields = { quantity: 4, startDate: at(5), sourceLocationId: dock, secondaryInventoryLotId: child }
    const record = await plant.save('SPLIT', milk, fields)
    expect((await plant.posted(record)).lots).toEqual(['M-1 expires none>11-11 total +4 @11-05'])
  })
})

describe('MERGE', () => {
  it('without a quantity takes every row of the absorbed lot where it is, and closes it', async () => {
    await plant.receive(b, 7, 2, cellar)
    const posted = await post('MERGE', { secondaryInventoryLotId: b })
    expect(posted).toMatchObject({
      stock: ['Dock B -5 @11-05', 'Dock A +5 @11-05', 'Cellar B -7 @11-05', 'Cellar A +7 @11-05'],
      record: { quantity: 12, requestedQuantity: null, inventoryLotId: a, secondaryInventoryLotId: b },
    })
    expect([...posted.lots].sort()).toEqual(['A total +12 @11-05', 'B AVAILABLE>CLOSED closed none>11-05 @11-05'])
    expect(await plant.get(b)).toMatchObject({ onHand: 0, totalQuantity: 12, status: 'CLOSED', closedDate: at(5) })
  })

  it('without a quantity and with a destination brings it all there', async () => {
    await plant.receive(b, 7, 2, cellar)
    await post('MERGE', { secondaryInventoryLotId: b, destinationLocationId: plant.location.line })
    expect(await plant.stock(a)).toEqual({ Dock: 10, Line: 12 })
  })

  it('with a quantity takes that much from one place, and closes only what it leaves with nothing', async () => {
    const part = await post('MERGE', { secondaryInventoryLotId: b, quantity: 2, sourceLocationId: dock })
    expect(part).toMatchObject({ stock: ['Dock B -2 @11-05', 'Dock A +2 @11-05'], lots: ['A total +2 @11-05'] })
    const rest = await post('MERGE', {
      secondaryInventoryLotId: b,
      quantity: 3,
      sourceLocationId: dock,
      destinationLocationId: cellar,
    })
    expect(rest.stock).toEqual(['Dock B -3 @11-05', 'Cellar A +3 @11-05'])
    expect(await plant.get(b)).toMatchObject({ status: 'CLOSED', onHand: 0 })
  })

  it('of a lot with nothing in it posts no stock, and closes it', async () => {
    const empty = await plant.lot('E')
    const posted = await post('MERGE', { secondaryInventoryLotId: empty })
    expect(posted).toMatchObject({
      stock: [],
      lots: ['E AVAILABLE>CLOSED closed none>11-05 @11-05'],
      record: { posted: true, quantity: 0 },
    })
  })

  it.each([
    [at(25), at(24), at(24)],
    [at(24), at(25), at(24)],
    [undefined, at(24), at(24)],
    [at(24), undefined, at(24)],
    [undefined, undefined, null],
  ])('gives the survivor the earlier expiry: of %s and %s it is %s', async (own, other, expected) => {
    const setup = (expirationDate: string | undefined) => (expirationDate === undefined ? {} : { expirationDate })
    const survivor = await plant.lot('S', { stock: 1, ...setup(own) })
    const absorbed = await plant.lot('X', { stock: 1, ...setup(other) })
    await plant.save('MERGE', survivor, { startDate: at(5), secondaryInventoryLotId: absorbed })
    expect((await plant.get(survivor)).expirationDate).toBe(expected)
  })
})

describe.each(['SCRAP', 'RETURN', 'SHIP'] as const)('%s', (type) => {
  it('takes from the source, and leaves the total', async () => {
    const posted = await post(type, { quantity: 4, sourceLocationId: dock, secondaryInventoryLotId: b })
    expect(posted).toMatchObject({
      stock: ['Dock A -4 @11-05'],
      lots: [],
      record: { inventoryLotId: a, secondaryInventoryLotId: b },
    })
    expect(await plant.get(a)).toMatchObject({ onHand: 6, totalQuantity: 10, status: 'AVAILABLE' })
    expect(await plant.get(b)).toMatchObject({ onHand: 5, totalQuantity: 5 })
  })

  it('adds to the lot it goes into, where a destination is given', async () => {
    const fields = { quantity: 4, sourceLocationId: dock, destinationLocationId: cellar, secondaryInventoryLotId: b }
    const posted = await post(type, fields)
    expect(posted).toMatchObject({ stock: ['Dock A -4 @11-05', 'Cellar B +4 @11-05'], lots: ['B total +4 @11-05'] })
    expect(await plant.get(b)).toMatchObject({ onHand: 9, totalQuantity: 9 })
  })

  it('of the last makes the lot SHIPPED only when it is a SHIP', async () => {
    await plant.receive(a, 1, 2, cellar)
    const most = await post(type, { quantity: 10, sourceLocationId: dock })
    expect(most.lots).toEqual([])
    const last = await post(type, { quantity: 1, sourceLocationId: cellar })
    expect(last.lots).toEqual(type === 'SHIP' ? ['A AVAILABLE>SHIPPED @11-05'] : [])
  })
})

describe('EDIT', () => {
  it('upwards adds to the row and to the total, and says what was counted', async () => {
    const posted = await post('EDIT', { quantity: 3, sourceLocationId: dock })
    expect(posted).toMatchObject({
      stock: ['Dock A +3 @11-05'],
      lots: ['A total +3 @11-05'],
      record: { quantity: 3, countedQuantity: 13 },
    })
  })

  it('downwards takes from the row and leaves the total', async () => {
    const posted = await post('EDIT', { quantity: -3, sourceLocationId: dock })
    expect(posted).toMatchObject({
      stock: ['Dock A -3 @11-05'],
      lots: [],
      record: { quantity: -3, countedQuantity: 7 },
    })
    expect(await plant.get(a)).toMatchObject({ onHand: 7, totalQuantity: 10 })
  })

  it('of nothing confirms what is there', async () => {
    const posted = await post('EDIT', { quantity: 0, sourceLocationId: dock })
    expect(posted).toMatchObject({ lots: [], record: { posted: true, quantity: 0, countedQuantity: 10 } })
    expect(await plant.stock(a)).toEqual({ Dock: 10 })
  })

  it('says what the row held at the time of the count', async () => {
    await plant.consume(a, 4, 3)
    const posted = await post('EDIT', { quantity: -1, startDate: at(4), sourceLocationId: dock })
    await plant.consume(a, 2, 6)
    expect(posted.record.countedQuantity).toBe(5)
  })
})

describe('STATUS_CHANGE', () => {
  it('moves no stock, and changes the status', async () => {
    const posted = await post('STATUS_CHANGE', { lotStatus: 'QA_HOLD', sourceLocationId: dock })
    expect(posted).toMatchObject({
      stock: [],
      lots: ['A AVAILABLE>QA_HOLD @11-05'],
      record: { posted: true, quantity: null, lotStatus: 'QA_HOLD', previousStatus: 'AVAILABLE' },
    })
  })
})

describe('shelf life', () => {
  it.each([
    ['RECEIVE', { quantity: 1 }],
    ['PRODUCE', { quantity: 1 }],
    ['EDIT', { quantity: 1 }],
  ] as const)('begins with the first posting into a lot without expiry: %s', async (type, fields) => {
    const milk = await plant.lot('M', { material: 'milk' })
    const places = { sourceLocationId: dock, ...(type !== 'EDIT' && { destinationLocationId: dock }) }
    const record = await plant.save(type, milk, { ...fields, ...places, startDate: at(5), endDate: at(6) })
    expect((await plant.posted(record)).lots).toEqual(['M expires none>11-16 total +1 @11-06'])
    const again = await plant.receive(milk, 1, 7)
    expect((await plant.posted(again)).lots).toEqual(['M total +1 @11-07'])
  })

  it('begins for a lot that stock is put into by another record, and ends no later than that of where it came from', async () => {
    const waste = await plant.lot('W', { material: 'milk' })
    const milk = await plant.lot('M', { material: 'milk', stock: 10 })
    const fields = { quantity: 2, startDate: at(5), sourceLocationId: dock, destinationLocationId: cellar }
    const record = await plant.save('SCRAP', milk, { ...fields, secondaryInventoryLotId: waste })
    expect((await plant.posted(record)).lots).toEqual(['W expires none>11-11 total +2 @11-05'])
  })

  it('does not replace an expiration date that the lot has', async () => {
    const milk = await plant.lot('M', { material: 'milk', expirationDate: at(25) })
    const record = await plant.receive(milk, 1, 5)
    expect((await plant.posted(record)).lots).toEqual(['M total +1 @11-05'])
  })
})

describe('a record', () => {
  it.each(lotRecordTypes.filter((type) => type !== 'MERGE' && type !== 'STATUS_CHANGE'))(
    'of type %s that is COMPLETED without a quantity is a memo: kept, and nothing is posted',
    async (type) => {
      const { record, ...posted } = await post(type, { sourceLocationId: dock, secondaryInventoryLotId: b })
      expect(record).toMatchObject({ posted: false, quantity: null, status: 'COMPLETED', secondaryInventoryLotId: b })
      expect(posted).toEqual({ stock: [], lots: [], takesBack: [] })
      expect((await plant.done(plant.inventory.getLotHistory({ lotId: b }, plant.ada))).at(-1)).toMatchObject({
        id: record.id,
      })
    },
  )

  it('is effective at its end, else at its start', async () => {
    const ended = await post('RECEIVE', { quantity: 1, startDate: at(5), endDate: at(7), destinationLocationId: dock })
    expect(ended).toMatchObject({ stock: ['Dock A +1 @11-07'], record: { duration: 172800 } })
    const begun = await post('RECEIVE', { quantity: 1, startDate: at(6), destinationLocationId: dock })
    expect(begun).toMatchObject({ stock: ['Dock A +1 @11-06'], record: { endDate: null, duration: null } })
  })

  it('keeps what was asked beside what was posted', async () => {
    const { record } = await post('CONSUME', { quantity: '2.50', sourceLocationId: dock })
    expect(record).toMatchObject({
      quantity: 2.5,
      requestedQuantity: 2.5,
      requestedUnitOfMeasureSymbol: 'kg',
      unitOfMeasureSymbol: 'kg',
    })
  })
})
