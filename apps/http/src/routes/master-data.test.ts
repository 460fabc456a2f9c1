import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

/** One kind each: how one is made, how it is named for people, what is changed, and what breaks a rule. */
const kinds = [
  {
    folder: '/v1/units',
    make: { name: 'litre', symbol: 'l' },
    named: 'l',
    change: { name: 'liter' },
    bad: { symbol: 'a/b', colour: 'red' },
    errors: ['colour', 'id', 'name', 'symbol'],
  },
  {
    folder: '/v1/materials',
    make: { path: 'Raw/Milk', unitOfMeasureSymbol: 'kg', shelfLifeDays: 10 },
    named: 'Raw%2FMilk',
    change: { shelfLifeDays: 12 },
    bad: { path: 'a//b', unitOfMeasureSymbol: 'ell' },
    errors: ['id', 'path', 'unitOfMeasureSymbol'],
  },
  {
    folder: '/v1/locations',
    make: { path: 'Plant/Hall/Line 1', type: 'line' },
    named: 'Plant%2FHall%2FLine%201',
    change: { allowNegativeInventory: true },
    bad: { path: '', lotUseStrategy: 'RANDOM' },
    errors: ['id', 'lotUseStrategy', 'path'],
  },
  {
    folder: '/v1/reason-codes',
    make: { lotRecordType: 'SCRAP', reasonCode: 'DAMAGED' },
    named: undefined,
    change: { requireComments: true },
    bad: { lotRecordType: 'EAT' },
    errors: ['id', 'lotRecordType', 'reasonCode'],
  },
] as const

describe.each(kinds)('$folder', ({ folder, make, named, change, bad, errors }) => {
  it('creates, reads, changes and lists', async () => {
    const made = await app.send(folder, { json: make })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ ...make, version: 1, createdBy: 'admin', modifiedBy: null })
    const path = `${folder}/${made.id}`
    expect(made.headers.get('location')).toBe(path)

    const read = await app.send(path)
    expect([read.status, read.body]).toEqual([200, made.body])
    expect(read.headers.get('etag')).toBe(made.headers.get('etag'))
    if (named !== undefined) expect((await app.send(`${folder}/${named}`)).body).toEqual(made.body)

    const headers = { 'If-Match': read.headers.get('etag') ?? '' }
    const changed = await app.send(path, { method: 'PATCH', json: change, headers })
    expect([changed.status, changed.body]).toMatchObject([200, { ...make, ...change, version: 2, modifiedBy: 'admin' }])
    expect((await app.send(path, { method: 'PATCH', json: change, headers })).status).toBe(412)

    const list = await app.send(`${folder}?limit=200`)
    expect(list.body['items']).toContainEqual(changed.body)
  })

  it('refuses the same again: 409', async () => {
    const { status, body } = await app.send(folder, { json: { ...make, ...change } })
    expect([status, body['type']]).toEqual([409, '/problems/duplicate-name'])
  })

  it('refuses every broken rule at once, an id in the body among them', async () => {
    const { status, body } = await app.send(folder, { json: { ...bad, id: plant.lot } })
    expect(status).toBe(422)
    expect(Object.keys(body['errors'] as object).sort()).toEqual(errors)
    expect((body['errors'] as Record<string, unknown>)['id']).toEqual(['is not a field of this request'])
    const list = (await app.send(`${folder}?limit=200`)).text
    expect(list).not.toContain(plant.lot)
  })

  it('refuses an id in the body of a change too, and writes nothing', async () => {
    const [item] = (await app.send(folder)).body['items'] as readonly {
      readonly id: string
      readonly version: number
    }[]
    const path = `${folder}/${item?.id}`
    const { status, body } = await app.send(path, { method: 'PATCH', json: { id: item?.id, notes: 'x' } })
    expect([status, Object.keys(body['errors'] as object)]).toEqual([422, ['id']])
    expect((await app.send(path)).body['version']).toBe(item?.version)
  })

  it('answers 404 for what is not there', async () => {
    expect((await app.send(`${folder}/nothing`)).status).toBe(404)
    expect((await app.send(`${folder}/${plant.lot}`)).status).toBe(404)
    expect((await app.send(`${folder}/${plant.lot}`, { method: 'PATCH', json: {} })).status).toBe(404)
    expect((await app.send(`${folder}/nothing`, { method: 'PATCH', json: {} })).status).toBe(404)
  })
})

describe('/v1/reason-codes', () => {
  it('lists those of one type', async () => {
    await app.send('/v1/reason-codes', { json: { lotRecordType: 'SHIP', reasonCode: 'ORDER' } })
    expect((await app.send('/v1/reason-codes?lotRecordType=ship')).body['items']).toMatchObject([
      { reasonCode: 'ORDER' },
    ])
    const { body } = await app.send('/v1/reason-codes?lotRecordType=EAT&limit=x')
    expect(Object.keys(body['errors'] as object).sort()).toEqual(['limit', 'lotRecordType'])
  })
})

describe('/v1/locations', () => {
  it('makes the parents of a path that are missing', async () => {
    await app.send('/v1/locations', { json: { path: 'North/Yard/Bay 4' } })
    expect((await app.send('/v1/locations/North%2FYard')).body).toMatchObject({ path: 'North/Yard', name: 'Yard' })
  })
})

describe('a location where stock lies', () => {
  it('is not changed so that the stock would break its rules: 409, and nothing is changed', async () => {
    const path = `/v1/locations/${plant.dock}`
    const before = (await app.send(path)).body
    const patch = (json: unknown) => app.send(path, { method: 'PATCH', json })
    const closed = await patch({ lotStorageStrategy: 'NO_STORAGE' })
    expect([closed.status, closed.body]).toMatchObject([
      409,
      {
        type: '/problems/lot-storage-refused',
        locationPath: 'Plant/Dock',
        reason: 'it would store nothing, and there is stock of S-1: move it out first',
      },
    ])
    const small = await patch({ storageCapacity: 99, storageCapacityUnitSymbol: 'kg' })
    expect([small.status, small.body]).toMatchObject([
      409,
      { type: '/problems/capacity-exceeded', capacity: 99, held: 100, asked: 0 },
    ])
    expect((await app.send(path)).body).toEqual(before)
    expect((await patch({ storageCapacity: 100, storageCapacityUnitSymbol: 'kg' })).status).toBe(200)
  })
})
