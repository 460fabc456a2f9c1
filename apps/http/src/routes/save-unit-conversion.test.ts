import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
  await app.send('/v1/units', { json: { name: 'gram', symbol: 'g' } })
})
afterAll(() => app.close())

const folder = '/v1/unit-conversions'

describe('/v1/unit-conversions', () => {
  it('creates, reads, changes and lists', async () => {
    const made = await app.send(folder, { json: { from: 'kg', to: 'g', factor: '999' } })
    expect([made.status, made.headers.get('location')]).toEqual([201, `${folder}/${made.id}`])
    const { numerator, denominator } = made.body as { numerator: number; denominator: number }
    expect(made.body).toMatchObject({ from: 'kg', to: 'g', materialPath: null, version: 1, createdBy: 'admin' })
    expect(numerator / denominator).toBe(999)
    const path = `${folder}/${made.id}`
    const read = await app.send(path)
    expect([read.status, read.body]).toEqual([200, made.body])

    const headers = { 'If-Match': read.headers.get('etag') ?? '' }
    const changed = await app.send(path, { method: 'PATCH', json: { factor: '1000/1' }, headers })
    expect([changed.status, changed.body]).toMatchObject([200, { numerator: 1000, denominator: 1, version: 2 }])
    expect((await app.send(path, { method: 'PATCH', json: { factor: 2 }, headers })).status).toBe(412)
    expect((await app.send(folder)).body).toEqual({ items: [changed.body], next: null })
  })

  it('lets an action be asked for in another unit, exactly', async () => {
    const json = { quantity: 500, unitOfMeasureSymbol: 'g', lotIdOrName: plant.lot, sourceLocationIdOrPath: plant.dock }
    const { status, body } = await app.send('/v1/inventory/consume', { json })
    expect(status).toBe(201)
    expect(body).toMatchObject({ quantity: 0.5, requestedQuantity: 500, requestedUnitOfMeasureSymbol: 'g' })
  })

  it('holds for one material besides the general one', async () => {
    const json = { from: 'g', to: 'kg', factor: '1/999', materialPath: 'Raw/Sugar' }
    expect((await app.send(folder, { json })).body).toMatchObject({ materialPath: 'Raw/Sugar' })
  })

  it('refuses the same again, in either direction: 409', async () => {
    const { status, body } = await app.send(folder, { json: { from: 'g', to: 'kg', factor: 0.001 } })
    expect([status, body['type']]).toEqual([409, '/problems/duplicate-name'])
  })

  it('refuses every broken rule at once', async () => {
    const json = { id: plant.lot, from: 'kg', to: 'ell', factor: -1, colour: 'red' }
    const { status, body } = await app.send(folder, { json })
    expect([status, Object.keys(body['errors'] as object).sort()]).toEqual([422, ['colour', 'factor', 'id', 'to']])
  })

  it('answers 404 for what is not there', async () => {
    for (const id of ['nothing', plant.lot]) {
      expect((await app.send(`${folder}/${id}`)).status).toBe(404)
      expect((await app.send(`${folder}/${id}`, { method: 'PATCH', json: {} })).status).toBe(404)
    }
  })
})
