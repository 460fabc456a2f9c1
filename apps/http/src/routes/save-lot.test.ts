import { newLot } from '@lotbook/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

describe('saveLot', () => {
  it('gives its template with the documented keys in their order', async () => {
    const { body } = await app.send('/v1/lots/new')
    expect(Object.entries(body)).toEqual(Object.entries(newLot()))
  })

  it('creates a lot from the template: 201', async () => {
    const template = (await app.send('/v1/lots/new')).body
    const { status, id, body, headers } = await app.send('/v1/lots', {
      json: { ...template, name: 'S-2', materialId: plant.material, supplierId: 'Acme' },
    })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/v1/lots/${id}`)
    expect(body).toMatchObject({
      name: 'S-2',
      status: 'OPEN',
      supplierId: 'Acme',
      onHand: 0,
      materialPath: 'Raw/Sugar',
    })
  })

  it('updates the lot that the id names: 200', async () => {
    const made = await app.send('/v1/lots', { json: { name: 'S-3', materialId: plant.material } })
    const headers = { 'If-Match': made.headers.get('etag') ?? '' }
    const json = { id: made.body['id'], notes: 'in the corner' }
    const { status, body } = await app.send('/v1/lots', { json, headers })
    expect([status, body['notes'], body['version']]).toEqual([200, 'in the corner', 2])
    expect((await app.send('/v1/lots', { json, headers })).status).toBe(412)
  })

  it('refuses a name that is taken within the material: 409', async () => {
    const { status, body } = await app.send('/v1/lots', { json: { name: 'S-1', materialId: plant.material } })
    expect(status).toBe(409)
    expect(body).toMatchObject({ type: '/problems/duplicate-name', name: 'S-1', existingId: plant.lot })
  })

  it('validates without effect', async () => {
    const { body } = await app.send('/v1/lots/validate', { json: { name: 'a/b', totalQuantity: 5 } })
    expect(Object.keys(body).sort()).toEqual(['materialId', 'name', 'totalQuantity'])
  })

  it('shows in a dry run the lot that would be made', async () => {
    const json = { name: 'S-9', materialId: plant.material }
    const { status, body } = await app.send('/v1/lots?dryRun=true', { json })
    expect(status).toBe(200)
    expect(body).toMatchObject({ record: null, lots: [{ id: null, name: 'S-9' }] })
    expect((await app.send('/v1/lots?name=S-9')).body['items']).toEqual([])
  })

  it('refuses a status in the first save without the permission to change it', async () => {
    const secret = await app.key('saver', ['INVENTORY.WRITE.SAVE'])
    const json = { name: 'S-4', materialId: plant.material, status: 'AVAILABLE' }
    const { status, body } = await app.send('/v1/lots', { json, secret })
    expect([status, body['permission']]).toEqual([403, 'INVENTORY.WRITE.CHANGE_STATUS'])
  })
})
