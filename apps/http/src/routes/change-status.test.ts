import { newChangeStatusRequest } from '@lotbook/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

const path = '/v1/inventory/change-status'

describe('changeStatus', () => {
  it('gives its template with the documented keys in their order', async () => {
    const { body } = await app.send(`${path}/new`)
    expect(Object.entries(body)).toEqual(Object.entries(newChangeStatusRequest()))
  })

  it('writes the record and the status together: 201', async () => {
    const { status, id, body, headers } = await app.send(path, { json: { lotId: plant.lot, newStatus: 'qa_hold' } })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/v1/lot-records/${id}`)
    expect(body).toMatchObject({ lotRecordType: 'STATUS_CHANGE', lotStatus: 'QA_HOLD', previousStatus: 'AVAILABLE' })
    expect((await app.send(`/v1/lots/${plant.lot}`)).body['status']).toBe('QA_HOLD')
    await app.send(path, { json: { lotId: plant.lot, newStatus: 'AVAILABLE' } })
  })

  it('refuses a move that is not legal, names those that are, and changes nothing', async () => {
    const before = await app.head()
    const { status, body } = await app.send(path, { json: { lotId: plant.lot, newStatus: 'OPEN' } })
    expect(status).toBe(409)
    expect(body).toMatchObject({
      type: '/problems/status-transition-refused',
      from: 'AVAILABLE',
      to: 'OPEN',
      legal: ['AVAILABLE', 'QA_HOLD', 'EXPIRED'],
    })
    expect(body['detail']).toContain('cannot go from AVAILABLE to OPEN')
    expect(await app.head()).toEqual(before)
  })

  it('validates without effect', async () => {
    expect((await app.send(`${path}/validate`, { json: { newStatus: 'GONE' } })).body).toEqual({
      lotId: ['is required'],
      newStatus: [expect.stringContaining('must be one of OPEN')],
    })
  })

  it('shows in a dry run what would be true', async () => {
    const before = await app.head()
    const { status, body } = await app.send(`${path}?dryRun=true`, { json: { lotId: plant.lot, newStatus: 'QA_HOLD' } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ record: { id: null, lotStatus: 'QA_HOLD' }, lots: [{ status: 'QA_HOLD' }] })
    expect(await app.head()).toEqual(before)
  })

  it('refuses where the lot is no longer at the version that the caller has seen', async () => {
    const seen = (await app.send(`/v1/lots/${plant.lot}`)).headers.get('etag') ?? ''
    const json = { lotId: plant.lot, newStatus: 'QA_HOLD' }
    expect((await app.send(path, { json, headers: { 'If-Match': seen } })).status).toBe(201)
    expect((await app.send(path, { json, headers: { 'If-Match': seen } })).status).toBe(412)
  })
})
