import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import type { Fields } from '../testing/fixtures.ts'
import { makePlant } from '../testing/fixtures.ts'
import type { Place } from './events.ts'

const stage = async () => {
  const plant = await makePlant()
  const { inventory, ada, done, location } = plant
  const a = await plant.lot('A', { stock: 10 })
  const b = await plant.lot('B', { material: 'milk', status: 'OPEN' })
  await plant.save('MOVE', a, { quantity: 4, sourceLocationId: location.dock, destinationLocationId: location.cellar })
  await plant.save('SCRAP', b, { secondaryInventoryLotId: a })
  await plant.save('SCRAP', b)
  const { count } = await done(plant.store.checkpoint())
  const open = (query: Fields = {}) => done(inventory.openEvents(query, ada))
  const all = async (query: Fields) => {
    const { items } = await done((await open({ after: 0, ...query })).next(0, 1000))
    return items.map(({ sequence, record }) => `${sequence} ${record.lotRecordType} ${record.inventoryLotName}`)
  }
  return { ...plant, a, b, count, open, all }
}

describe('the event feed', () => {
  it('begins now, after a sequence, or with the first version; Last-Event-ID wins', async () => {
    const { open, count } = await stage()
    expect((await open()).from).toBe(count)
    expect((await open({ after: '0' })).from).toBe(0)
    expect((await open({ after: 2 })).from).toBe(2)
    expect((await open({ after: 2, lastEventId: '3' })).from).toBe(3)
    expect((await open({ lastEventId: String(count) })).from).toBe(count)
  })

  it.each([
    [{}, ['1 RECEIVE A', '2 STATUS_CHANGE A', '3 MOVE A', '4 SCRAP B', '5 SCRAP B']],
    [{ lot: 'A', material: 'Raw/Sugar' }, ['1 RECEIVE A', '2 STATUS_CHANGE A', '3 MOVE A']],
    [{ lotRecordType: 'move' }, ['3 MOVE A']],
    [{ material: 'Raw/Milk' }, ['4 SCRAP B', '5 SCRAP B']],
    [{ location: 'Plant/Cellar' }, ['3 MOVE A']],
    [{ location: 'Plant/Dock', lotRecordType: 'RECEIVE' }, ['1 RECEIVE A']],
  ])('filtered by %j has %j', async (query, expected) => {
    expect(await (await stage()).all(query)).toEqual(expected)
  })

  it('finds a lot by id in either role', async () => {
    const { all, a } = await stage()
    expect(await all({ lot: a })).toEqual(['1 RECEIVE A', '2 STATUS_CHANGE A', '3 MOVE A', '4 SCRAP B'])
  })

  it('says up to where it was read, whatever the filter left out', async () => {
    const { open, done, count } = await stage()
    const feed = await open({ after: 0, lotRecordType: 'MOVE' })
    expect(await done(feed.next(0, 2))).toEqual({ items: [], upTo: 2 })
    expect((await done(feed.next(2, 1))).items.map(({ sequence }) => sequence)).toEqual([3])
    expect(await done(feed.next(3, 100))).toEqual({ items: [], upTo: count })
    expect(await done(feed.next(count, 100))).toEqual({ items: [], upTo: count })
    // The ledger has lost what somebody has read of it.
    expect(await done(feed.next(count + 3, 100))).toEqual({ items: [], upTo: count })
  })

  it.each([
    [{ after: '-1' }, ['after']],
    [
      { after: 'x', lastEventId: '', lotRecordType: 'EAT', spare: 1 },
      ['after', 'lastEventId', 'lotRecordType', 'spare'],
    ],
    [{ lastEventId: '6' }, ['lastEventId']],
    [{ lot: 'A' }, ['material']],
    [{ lot: 'Z', material: 'Raw/Sugar', location: 'Nowhere', after: 6 }, ['after', 'location', 'lot']],
    [{ material: 'Nothing' }, ['material']],
  ])('refuses %j for %j', async (query, fields) => {
    const { refused, inventory, ada } = await stage()
    const refusal = await refused(inventory.openEvents(query, ada))
    expect(refusal._tag).toBe('ValidationFailed')
    expect(Object.keys((refusal as { violations: object }).violations).sort()).toEqual(fields)
  })

  it('is for those who may read', async () => {
    const { refused, inventory, caller } = await stage()
    const denied = { _tag: 'PermissionDenied', permission: 'INVENTORY.READ.GET' }
    expect(await refused(inventory.openEvents({}, caller('INVENTORY.WRITE')))).toMatchObject(denied)
    expect(await refused(inventory.publishInventoryState({}, caller('INVENTORY.WRITE')))).toMatchObject(denied)
  })
})

describe('publishInventoryState', () => {
  const listening = async (query: Fields = {}) => {
    const { open, ...plant } = await stage()
    const feed = await open(query)
    const told: string[][] = []
    const places: Place[] = []
    const letGo = feed.watch({
      changed: () => undefined,
      published: (list) => {
        places.push(...list)
        told.push(list.map(({ path }) => path))
      },
    })
    const publish = (request: unknown) => plant.done(plant.inventory.publishInventoryState(request, plant.ada))
    return { ...plant, feed, told, places, publish, letGo }
  }

  it('tells the readers which locations, each once, by id or path; until they are gone', async () => {
    const { publish, told, location, letGo } = await listening()
    const given = ['Plant/Dock', location.dock.toLowerCase(), 'Plant/Cellar']
    expect(await publish({ locationIdsOrPaths: given })).toEqual({ published: 2 })
    expect(await publish({ locationIdsOrPaths: [] })).toEqual({ published: 0 })
    expect(told).toEqual([['Plant/Dock', 'Plant/Cellar'], []])
    letGo()
    await publish({})
    expect(told).toHaveLength(2)
  })

  it('takes every location where none is named', async () => {
    const { publish, told } = await listening()
    expect(await publish({})).toEqual({ published: 5 })
    expect(told[0]?.toSorted()).toEqual(['Plant', 'Plant/Cellar', 'Plant/Dock', 'Plant/Drain', 'Plant/Line'])
  })

  it('keeps within the filters of each reader, and tells the stock as it is', async () => {
    const { publish, told, feed, places, done, a } = await listening({
      location: 'Plant/Cellar',
      material: 'Raw/Sugar',
    })
    await publish({})
    expect(told).toEqual([['Plant/Cellar']])
    const { items } = await done(feed.stockAt(places[0] as Place, null, 10))
    expect(items).toMatchObject([{ lotId: a, locationPath: 'Plant/Cellar', quantity: 4 }])
  })

  it('refuses locations that are not there, and what is no list of them; nobody is told', async () => {
    const { inventory, ada, told, store } = await listening()
    const violations = async (request: unknown) =>
      Effect.runPromise(Effect.flip(inventory.publishInventoryState(request, ada)))
    expect(await violations({ locationIdsOrPaths: ['Plant/Dock', 'Nowhere', 'Else'] })).toMatchObject({
      violations: {
        locationIdsOrPaths: ['no location has the id or path Nowhere', 'no location has the id or path Else'],
      },
    })
    for (const given of ['Plant/Dock', [1], Array.from({ length: 201 }, () => 'Plant/Dock')])
      expect(await violations({ locationIdsOrPaths: given })).toMatchObject({
        violations: { locationIdsOrPaths: ['must be a list of at most 200 ULIDs or paths'] },
      })
    expect(await violations({ locations: [] })).toMatchObject({ violations: { locations: expect.anything() } })
    expect(told).toEqual([])
    expect((await Effect.runPromise(store.checkpoint())).count).toBe(5)
  })
})
