import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

const remove = (id: string, headers = {}) => app.send(`/v1/lots/${id}`, { method: 'DELETE', headers })

describe('deleteLot', () => {
  it('deletes a lot that nothing refers to, and answers as documented', async () => {
    const { body } = await app.send('/v1/lots', { json: { name: 'gone', materialId: plant.material } })
    const id = String(body['id'])
    expect((await remove(id, { 'If-Match': '"9"' })).status).toBe(412)
    expect(await remove(id, { 'If-Match': '"1"' })).toMatchObject({
      status: 200,
      body: { success: true, message: `lot ${id} is deleted`, data: id, error: null },
    })
    expect((await remove(id)).status).toBe(404)
    expect((await remove('gone')).status).toBe(404)
  })

  it('refuses one that something refers to, and lists what: 409', async () => {
    const { status, body } = await remove(plant.lot)
    expect(status).toBe(409)
    expect(body).toMatchObject({ type: '/problems/in-use', kind: 'lot', name: 'S-1' })
    expect(body['references']).toEqual((await app.send(`/v1/lots/${plant.lot}/references`)).body)
  })
})
