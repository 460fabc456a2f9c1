import { describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import { eventsIn, tellEvents } from '../testing/tell-events.ts'

const stage = async () => {
  const plant = await makePlant()
  const lot = await plant.lot('A', { stock: 20 })
  // A second between any two things that are written.
  const later = async <A>(what: () => Promise<A>): Promise<A> => {
    plant.clock.forward(1000)
    return what()
  }
  return { plant, lot, later, dock: plant.location.dock, cellar: plant.location.cellar }
}
const second = (n: number): string => at(23).replace('00.000Z', `${String(n).padStart(2, '0')}.000Z`)

/** The events about one record: what quantity they tell, when it was known, and what is said of their error. */
const about = async (plant: Plant, { id }: { readonly id: string | null }): Promise<readonly Fields[]> =>
  eventsIn(await tellEvents(plant)).filter((event) => event['lotbook:recordId'] === id)
const quantities = (events: readonly Fields[]): readonly unknown[] =>
  events.map((event) => {
    const [element] = (event['quantityList'] ?? event['inputQuantityList']) as readonly Fields[]
    return element?.['quantity']
  })

describe('a correction', () => {
  it('declares the event an error and names the one that takes its place', async () => {
    const { plant, lot, later, dock } = await stage()
    const record = await later(() =>
      plant.save('SCRAP', lot, { quantity: 2, startDate: at(3), sourceLocationId: dock }),
    )
    const [before] = await about(plant, record)
    expect(before).not.toHaveProperty('errorDeclaration')
    const { inventory, ada, done } = plant
    await later(() => done(inventory.saveInventoryLotRecord({ id: record.id, quantity: 3 }, ada)))
    const [wrong, right] = await about(plant, record)
    expect(wrong).toEqual({
      ...before,
      errorDeclaration: {
        ...{ declarationTime: second(2), reason: 'incorrect_data' },
        correctiveEventIDs: [right?.['eventID']],
      },
    })
    expect(right).not.toHaveProperty('errorDeclaration')
    expect([right?.['recordTime'], right?.['eventTime'], quantities([right ?? {}])]).toEqual([second(2), at(3), [3]])
  })

  it('is told once for each time that something else was said, and not for a save that says the same', async () => {
    const { plant, lot, later, dock } = await stage()
    const record = await later(() =>
      plant.save('SCRAP', lot, { quantity: 2, startDate: at(3), sourceLocationId: dock }),
    )
    const { inventory, ada, done } = plant
    const saved = (fields: object) =>
      later(() => done(inventory.saveInventoryLotRecord({ id: record.id, ...fields }, ada)))
    await saved({ quantity: 3 })
    await saved({ quantity: 3 })
    await saved({ quantity: 2 })
    const events = await about(plant, record)
    expect(quantities(events)).toEqual([2, 3, 2])
    expect(new Set(events.map(({ eventID }) => eventID)).size).toBe(3)
    expect(events.map((event) => (event['errorDeclaration'] as Fields | undefined)?.['correctiveEventIDs'])).toEqual([
      [events[1]?.['eventID']],
      [events[2]?.['eventID']],
      undefined,
    ])
  })

  it('begins when a running record is completed', async () => {
    const { plant, lot, later, dock } = await stage()
    const running = { quantity: 2, startDate: at(3), sourceLocationId: dock, status: 'RUNNING' }
    const record = await later(() => plant.save('CONSUME', lot, running))
    expect(await about(plant, record)).toEqual([])
    const { inventory, ada, done } = plant
    await later(() => done(inventory.saveInventoryLotRecord({ id: record.id, status: 'COMPLETED' }, ada)))
    expect((await about(plant, record)).map((event) => [event['recordTime'], event['errorDeclaration']])).toEqual([
      [second(2), undefined],
    ])
  })
})

describe('a reversal', () => {
  it('declares that the event did not occur, and is no event of its own', async () => {
    const { plant, lot, later, dock } = await stage()
    const record = await later(() =>
      plant.save('SCRAP', lot, { quantity: 2, startDate: at(3), sourceLocationId: dock }),
    )
    const count = eventsIn(await tellEvents(plant)).length
    await later(() => plant.reverse(record))
    expect(await about(plant, record)).toMatchObject([
      { errorDeclaration: { declarationTime: second(2), reason: 'did_not_occur' } },
    ])
    expect(eventsIn(await tellEvents(plant))).toHaveLength(count)
  })

  it('of a shipment is void_shipping, and the shipment stays', async () => {
    const { plant, lot, later, dock } = await stage()
    const record = await later(() => plant.save('SHIP', lot, { quantity: 2, startDate: at(3), sourceLocationId: dock }))
    const reversal = await later(() => plant.reverse(record, { notes: 'wrong truck' }))
    const [shipped] = await about(plant, record)
    expect(shipped).not.toHaveProperty('errorDeclaration')
    expect(await about(plant, reversal)).toMatchObject([
      {
        ...{ bizStep: 'void_shipping', action: 'OBSERVE', disposition: 'in_progress', eventTime: second(2) },
        ...{ quantityList: shipped?.['quantityList'], readPoint: shipped?.['readPoint'] },
        ...{ 'lotbook:reversalOf': record.id, 'lotbook:notes': 'wrong truck' },
      },
    ])
  })
})

describe('what was given back', () => {
  const consumed = async () => {
    const { plant, lot, later, dock, cellar } = await stage()
    const record = await later(() => plant.consume(lot, 5, 3))
    const back = (quantity: number, destinationLocationId = dock) =>
      later(() =>
        plant.save('UNCONSUME', lot, { quantity, startDate: at(4), destinationLocationId, consumeRecordId: record.id }),
      )
    return { plant, record, later, back, cellar }
  }

  it('all of it: the consumption did not occur', async () => {
    const { plant, record, back } = await consumed()
    const unconsume = await back(5)
    expect(await about(plant, record)).toMatchObject([
      { errorDeclaration: { declarationTime: second(2), reason: 'did_not_occur' } },
    ])
    expect(await about(plant, unconsume)).toEqual([])
  })

  it('some of it: an event with what was used takes the place of the first', async () => {
    const { plant, record, back } = await consumed()
    await back(2)
    await back(0.5)
    const events = await about(plant, record)
    expect(quantities(events)).toEqual([5, 3, 2.5])
    expect(events.map((event) => event['recordTime'])).toEqual([second(1), second(2), second(3)])
    expect(events[1]).toMatchObject({
      errorDeclaration: { reason: 'incorrect_data', correctiveEventIDs: [events[2]?.['eventID']] },
    })
  })

  it('and taken back again: the first quantity holds once more, by an event of its own', async () => {
    const { plant, record, back, later } = await consumed()
    const unconsume = await back(2)
    await later(() => plant.reverse(unconsume))
    const events = await about(plant, record)
    expect(quantities(events)).toEqual([5, 3, 5])
    expect(events[2]).not.toHaveProperty('errorDeclaration')
  })

  it('to another place is stock that came back: an event of its own, and the consumption stays', async () => {
    const { plant, record, back, cellar } = await consumed()
    const unconsume = await back(2, cellar)
    expect(quantities(await about(plant, record))).toEqual([5])
    expect(await about(plant, unconsume)).toMatchObject([
      {
        ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'creating_class_instance', disposition: 'available' },
        ...{ quantityList: [{ quantity: 2 }], bizLocation: { id: 'urn:lotbook:location/Plant/Cellar' } },
        'lotbook:consumeRecordId': record.id,
      },
    ])
  })
})

describe('what was told, read where it was told', () => {
  it('is all there, also where some was given back to its place and some to another', async () => {
    const { plant, lot, later, dock, cellar } = await stage()
    const { epcis, ada, done, result } = plant
    await later(() => plant.save('CONSUME', lot, { quantity: 5, sourceLocationId: dock, startDate: at(3) }))
    const back = (quantity: number, destinationLocationId: string) =>
      later(() => plant.save('UNCONSUME', lot, { quantity, destinationLocationId, startDate: at(4) }))
    await back(1, dock)
    await back(2, cellar)
    const text = await tellEvents(plant)
    const before = await plant.dump()
    expect(await done(epcis.importDocument(JSON.parse(text), ada))).toMatchObject({ saved: 0 })
    // What was consumed is 5, of which 4 is told: neither more nor less than was left and was taken.
    const consumed = (quantity: number) => JSON.parse(text.replace('"quantity":4,', `"quantity":${quantity},`))
    for (const quantity of [1.9, 5.1])
      expect(await result(epcis.importDocument(consumed(quantity), ada))).toMatchObject({
        failure: { message: expect.stringContaining('says something else') },
      })
    expect(await plant.dump()).toEqual(before)
  })
})

describe('ids of events', () => {
  it('are UUIDs, and the same in every export', async () => {
    const { plant, lot } = await stage()
    await plant.consume(lot, 5, 3)
    const [first, again] = [await tellEvents(plant), await tellEvents(plant)]
    expect(again).toBe(first)
    for (const { eventID } of eventsIn(first))
      expect(eventID).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u)
    const { creationDate } = JSON.parse(first) as { creationDate: string }
    expect(creationDate).toBe(at(23))
  })
})
