import { newInventoryLotRecord } from '@lotbook/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant, testNow } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

const consume = (fields: object = {}) => ({
  lotRecordType: 'CONSUME',
  inventoryLotId: plant.lot,
  status: 'COMPLETED',
  quantity: 1,
  sourceLocationId: plant.dock,
  ...fields,
})

describe('saveInventoryLotRecord', () => {
  it('gives its template with the documented keys in their order', async () => {
    const { status, body } = await app.send('/v1/lot-records/new')
    expect(status).toBe(200)
    expect(Object.entries(body)).toEqual(Object.entries(newInventoryLotRecord(testNow)))
    expect(Object.keys(body)).toHaveLength(22)
  })

  it('creates a record: 201, where to find it, and its version', async () => {
    const { status, id, body, headers } = await app.send('/v1/lot-records', { json: consume() })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/v1/lot-records/${id}`)
    expect(headers.get('etag')).toMatch(/^"1-[0-9a-f]{8}"$/)
    expect(body).toMatchObject({
      posted: true,
      quantity: 1,
      version: 1,
      createdBy: 'admin',
      sourceLocationName: 'Dock',
    })
  })

  it('updates the record that the id names: 200', async () => {
    const { id } = await app.send('/v1/lot-records', { json: consume() })
    const { status, body, headers } = await app.send('/v1/lot-records', { json: { id, notes: 'counted twice' } })
    expect(status).toBe(200)
    expect(headers.get('location')).toBeNull()
    expect(body).toMatchObject({ id, version: 2, notes: 'counted twice', quantity: 1 })
    const { body: versions } = await app.send(`/v1/lot-records/${id}/versions`)
    expect(versions).toMatchObject([{ version: 1 }, { version: 2, record: { notes: 'counted twice' } }])
  })

  it('refuses with every violation at once, by field, with pointers', async () => {
    const json = { lotRecordType: 'EAT', inventoryLotId: 'x', quantity: 'much', colour: 'red', startDate: 'today' }
    const { status, body } = await app.send('/v1/lot-records', { json })
    expect(status).toBe(422)
    expect(body).toMatchObject({ type: '/problems/validation-failed', status: 422, instance: '/v1/lot-records' })
    expect(Object.keys(body['errors'] as object).sort()).toEqual([
      'colour',
      'inventoryLotId',
      'lotRecordType',
      'quantity',
      'startDate',
      'status',
    ])
    expect(body['pointers']).toContainEqual({ pointer: '#/status', detail: 'is required' })
  })

  it('validates without effect: the same violations as a map, 200', async () => {
    const before = await app.head()
    const good = await app.send('/v1/lot-records/validate', { json: consume() })
    expect(good).toMatchObject({ status: 200, body: {} })
    const bad = await app.send('/v1/lot-records/validate', { json: consume({ quantity: -1, id: plant.material }) })
    expect(bad).toMatchObject({ status: 200, body: { id: ['no lot record has this id'] } })
    expect(await app.head()).toEqual(before)
  })

  it('refuses what the stock does not allow, and says what is there', async () => {
    const { status, body } = await app.send('/v1/lot-records', { json: consume({ quantity: 1000 }) })
    expect(status).toBe(409)
    expect(body).toMatchObject({
      type: '/problems/insufficient-stock',
      locationPath: 'Plant/Dock',
      lotName: 'S-1',
      asked: 1000,
    })
  })

  it('shows in a dry run what would be true, and writes nothing', async () => {
    const before = await app.send(`/v1/lots/${plant.lot}`)
    const { status, body } = await app.send('/v1/lot-records?dryRun=true', { json: consume({ quantity: 2 }) })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      record: { id: null, sequence: null, quantity: 2 },
      balances: [{ locationPath: 'Plant/Dock', quantity: Number(before.body['onHand']) - 2 }],
      lots: [{ id: plant.lot }],
    })
    expect((await app.send(`/v1/lots/${plant.lot}`)).body).toEqual(before.body)
    expect((await app.send('/v1/lot-records?dryRun=maybe', { json: consume() })).body['errors']).toEqual({
      dryRun: ['must be true or false'],
    })
  })

  it('asks for the permission of the type too', async () => {
    const secret = await app.key('saver', ['INVENTORY.READ', 'INVENTORY.WRITE.SAVE'])
    const { status, body } = await app.send('/v1/lot-records', { json: consume(), secret })
    expect([status, body['permission']]).toEqual([403, 'INVENTORY.WRITE.CONSUME'])
    const change = {
      lotRecordType: 'STATUS_CHANGE',
      inventoryLotId: plant.lot,
      status: 'COMPLETED',
      lotStatus: 'QA_HOLD',
    }
    const changed = await app.send('/v1/lot-records', { json: change, secret })
    expect([changed.status, changed.body['permission']]).toEqual([403, 'INVENTORY.WRITE.CHANGE_STATUS'])
  })

  it('refuses an update of a record that somebody changed in between', async () => {
    const made = await app.send('/v1/lot-records', { json: consume() })
    const json = { id: made.body['id'], notes: 'mine' }
    const headers = { 'If-Match': String(made.headers.get('etag')) }
    expect((await app.send('/v1/lot-records', { json, headers })).status).toBe(200)
    const second = await app.send('/v1/lot-records', { json, headers })
    expect(second).toMatchObject({ status: 412, body: { type: '/problems/version-conflict', expected: 1, actual: 2 } })
    expect((await app.send('/v1/lot-records', { json: consume(), headers })).body['type']).toBe(
      '/problems/nothing-to-match',
    )
    expect((await app.send('/v1/lot-records', { json, headers: { 'If-Match': '"2"' } })).status).toBe(200)
    expect((await app.send('/v1/lot-records', { json, headers: { 'If-Match': '*' } })).status).toBe(200)
    expect((await app.send('/v1/lot-records', { json, headers: { 'If-Match': 'two' } })).status).toBe(400)
  })
})
