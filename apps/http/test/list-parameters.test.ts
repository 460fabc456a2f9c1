import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documented } from './contract.ts'
import { type Harness, makeHarness, makeTestPlant, type TestPlant, testNow } from './harness.ts'

let app: Harness
let plant: TestPlant

const before = new Date(testNow - 60_000).toISOString()
const at = new Date(testNow).toISOString()
const after = new Date(testNow + 60_000).toISOString()
const expiry = '2027-01-01T00:00:00.000Z'
const someId = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
const otherId = '01JE6F0CE9-T94PZD8R-TH9J01TK'

/** A record, a lot and a row of stock of which every field that is asked for has a value. */
beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
  const { lot, dock, cellar, material } = plant
  const more = { supplierId: 'SUP', expirationDate: expiry }
  const child = await app.send('/v1/lots', { json: { name: 'S-2', materialId: material, ...more } })
  const reason = await app.send('/v1/reason-codes', { json: { lotRecordType: 'SCRAP', reasonCode: 'WET' } })
  const scrapped = await app.send('/v1/lot-records', {
    json: {
      lotRecordType: 'SCRAP',
      inventoryLotId: lot,
      secondaryInventoryLotId: child.id,
      status: 'COMPLETED',
      quantity: 5,
      sourceLocationId: dock,
      destinationLocationId: cellar,
      operationId: someId,
      operationRecordId: someId,
      inventoryOperationId: someId,
      productionOrderName: 'PO',
      shiftRecordId: someId,
      materialReasonCodeId: reason.id,
    },
  })
  reasonId = reason.id
  const words = { notes: 'wet bags', spare1: 'x', spare2: 'y', spare3: 'z' }
  await app.send('/v1/lot-records', { json: { id: scrapped.id, ...words } })
  const row = await app.send(`/v1/inventory?lot=S-2`)
  const [{ id: inventoryId }] = row.body['items'] as [{ id: string }]
  const label = { inventoryId, name: 'LPN', ...words, productionOrderIdOrName: 'PO' }
  await app.send('/v1/inventory/set-inventory-metadata', { json: label })
})
let reasonId = ''
afterAll(() => app.close())

type Cases = () => Readonly<Record<string, readonly [finds: string, findsNothing: string]>>

const words = { notesContains: ['wet', 'dry'], spare1: ['x', 'y'], spare2: ['y', 'x'], spare3: ['z', 'x'] } as const
const moments = { asOf: [after, '2026-01-01T00:00:00Z'], asKnownAt: [at, before] } as const

/** For every parameter a value with which the one that is looked for is found, and one with which nothing of it is. */
const lists: readonly (readonly [path: string, looksFor: string, cases: Cases])[] = [
  [
    '/v1/lot-records',
    'lotRecordType=SCRAP',
    () => ({
      lot: [plant.lot, thirdLot],
      primaryLot: [plant.lot, otherLot],
      secondaryLot: [otherLot, plant.lot],
      material: ['Raw/Sugar', 'Raw/Salt'],
      location: ['Plant/Cellar', 'Plant/Line'],
      source: ['Plant/Dock', 'Plant/Cellar'],
      destination: ['Plant/Cellar', 'Plant/Dock'],
      status: ['RUNNING,COMPLETED', 'RUNNING,IDLE'],
      posted: ['true', 'false'],
      reversed: ['false', 'true'],
      isReversal: ['false', 'true'],
      operationId: [someId, otherId],
      operationRecordId: [someId, otherId],
      inventoryOperationId: [someId, otherId],
      productionOrderIdOrName: ['PO', 'OP'],
      shiftRecordId: [someId, otherId],
      materialReasonCodeId: [reasonId, otherId],
      lotStatus: ['AVAILABLE', 'OPEN'],
      createdBy: ['admin', 'nobody'],
      modifiedBy: ['admin', 'nobody'],
      enabled: ['true', 'false'],
      quantityMin: ['5', '5.000001'],
      quantityMax: ['5', '4.999999'],
      startDate: [before, after],
      endDate: [after, before],
      createdFrom: [at, after],
      createdTo: [at, before],
      modifiedFrom: [at, after],
      modifiedTo: [at, before],
      ...words,
      ...moments,
    }),
  ],
  [
    '/v1/inventory',
    'lot=S-2',
    () => ({
      location: ['Plant/Cellar', 'Plant/Dock'],
      material: ['Raw/Sugar', 'Raw/Salt'],
      name: ['LPN', 'PAL'],
      lotStatus: ['OPEN', 'AVAILABLE'],
      effectiveStatus: ['OPEN', 'EXPIRED'],
      productionOrderIdOrName: ['PO', 'OP'],
      quantityMin: ['5', '6'],
      quantityMax: ['5', '4'],
      negative: ['false', 'true'],
      ...words,
      ...moments,
    }),
  ],
  [
    '/v1/lots',
    'name=S-2',
    () => ({
      material: ['Raw/Sugar', 'Raw/Salt'],
      nameContains: ['-2', '-1'],
      status: ['OPEN', 'AVAILABLE'],
      effectiveStatus: ['OPEN', 'EXPIRED'],
      location: ['Plant/Cellar', 'Plant/Dock'],
      onHand: ['true', 'false'],
      enabled: ['true', 'false'],
      supplierId: ['SUP', 'PUS'],
      expirationFrom: [expiry, '2027-01-01T00:00:00.001Z'],
      expirationTo: [expiry, '2026-12-31T23:59:59Z'],
      totalQuantityMin: ['5', '6'],
      totalQuantityMax: ['5', '4'],
      onHandMin: ['5', '6'],
      onHandMax: ['5', '4'],
      createdFrom: [at, after],
      createdTo: [at, before],
      ...moments,
    }),
  ],
]
let otherLot = ''
let thirdLot = ''
beforeAll(async () => {
  const { body } = await app.send('/v1/lots?name=S-2')
  const [found] = body['items'] as [{ id: string }]
  otherLot = found.id
  thirdLot = (await app.send('/v1/lots', { json: { name: 'S-3', materialId: plant.material } })).id
  await app.send('/v1/materials', { json: { path: 'Raw/Salt', unitOfMeasureSymbol: 'kg' } })
  await app.send('/v1/locations', { json: { path: 'Plant/Line' } })
})

// What is no condition of its own, or what every case here has.
const others = ['limit', 'cursor', 'newestFirst', 'subtree', 'includeZero', 'includeDisabled']

describe('every parameter of a list', () => {
  it.each(lists)('of %s finds, finds not, and stands in the document', async (path, looksFor, cases) => {
    const all = Object.entries(cases())
    const entry = documented.find((one) => one.path === path && one.method === 'GET')
    const named = entry?.operation.parameters.map(({ name }) => name).filter((name) => !others.includes(name))
    expect(new Set([...all.map(([name]) => name), looksFor.split('=')[0]])).toEqual(new Set(named))
    for (const [name, values] of all)
      for (const [index, value] of values.entries()) {
        const { status, body } = await app.send(`${path}?${looksFor}&${name}=${encodeURIComponent(value)}`)
        const count = (body['items'] as readonly unknown[] | undefined)?.length
        expect([name, value, status, count]).toEqual([name, value, 200, 1 - index])
      }
    const finding = all.map(([name, [value]]) => `${name}=${encodeURIComponent(value)}`).join('&')
    expect((await app.send(`${path}?${looksFor}&${finding}`)).body['items']).toHaveLength(1)
  })

  it.each(lists)('of %s is refused together with all others that are wrong', async (path, _, cases) => {
    const free = /^(material|location|source|destination|name|createdBy|modifiedBy|supplierId|productionOrder)/u
    const text = /^(nameContains|notesContains|spare\d|lot|primaryLot|secondaryLot)$/u
    const strict = Object.keys(cases()).filter(
      (name) => name === 'materialReasonCodeId' || !(free.test(name) || text.test(name)),
    )
    const { status, body } = await app.send(`${path}?${strict.map((name) => `${name}=~`).join('&')}`)
    expect([status, Object.keys(body['errors'] ?? {}).toSorted()]).toEqual([422, strict.toSorted()])
  })
})

describe('a lot at a moment', () => {
  it('is read as it was and as it was believed to be, or is not there yet', async () => {
    const path = `/v1/lots/${plant.lot}`
    expect((await app.send(path)).body).toMatchObject({ status: 'AVAILABLE', onHand: 95 })
    expect((await app.send(`${path}?asOf=${after}`)).body).toMatchObject({ status: 'AVAILABLE', onHand: 95 })
    expect((await app.send(`/v1/lots/S-1?material=Raw/Sugar&asKnownAt=${at}`)).body).toMatchObject({ onHand: 95 })
    for (const moment of [`asOf=${before}`, `asKnownAt=${before}`])
      expect((await app.send(`${path}?${moment}`)).body).toMatchObject({ status: 404, kind: 'lot' })
    const wrong = await app.send(`${path}?asOf=soon&asKnownAt=then&colour=red`)
    expect([wrong.status, Object.keys(wrong.body['errors'] ?? {}).toSorted()]).toEqual([
      422,
      ['asKnownAt', 'asOf', 'colour'],
    ])
    expect(Object.keys((await app.send(`${path}?asOf=soon&asKnownAt=then`)).body['errors'] ?? {})).toHaveLength(2)
  })
})

describe('a record that is dated back', () => {
  it('is refused where it makes a later moment negative, and the moment is named', async () => {
    const { lot, cellar } = plant
    const post = (lotRecordType: string, quantity: number, startDate: string, place: object) =>
      app.send('/v1/lot-records', {
        json: { lotRecordType, inventoryLotId: lot, status: 'COMPLETED', quantity, startDate, ...place },
      })
    const [first, second, third] = ['2026-11-10T08:00:00.000Z', '2026-11-12T08:00:00.000Z', '2026-11-14T08:00:00.000Z']
    expect((await post('RECEIVE', 10, first, { destinationLocationId: cellar })).status).toBe(201)
    expect((await post('SCRAP', 8, third, { sourceLocationId: cellar })).status).toBe(201)
    const head = await app.head()
    const refused = await post('SCRAP', 3, second, { sourceLocationId: cellar })
    expect(refused.body).toMatchObject({ status: 409, moment: third, locationPath: 'Plant/Cellar' })
    expect(await app.head()).toEqual(head)
    expect((await post('SCRAP', 2, second, { sourceLocationId: cellar })).status).toBe(201)
  })
})
