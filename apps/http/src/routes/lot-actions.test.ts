import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

describe('getLotActions', () => {
  it('says of every action and status whether it is allowed, and why not', async () => {
    const before = await app.head()
    const { status, body } = await app.send(`/v1/lots/${plant.lot}/actions`)
    expect(status).toBe(200)
    expect(body['statuses']).toHaveLength(6)
    expect(body['actions']).toContainEqual({ action: 'consume', allowed: true })
    expect(body['statuses']).toContainEqual({
      status: 'CLOSED',
      allowed: false,
      reason: expect.stringContaining('cannot go from'),
      clears: expect.stringContaining('only when nothing of it is on hand'),
    })
    expect(await app.head()).toEqual(before)
  })

  it('answers 404 for what is no lot', async () => {
    expect((await app.send('/v1/lots/01JE6F0CE9-T94PZD8R-TH9J01TJ/actions')).status).toBe(404)
    expect((await app.send('/v1/lots/nothing/actions')).status).toBe(404)
  })
})
