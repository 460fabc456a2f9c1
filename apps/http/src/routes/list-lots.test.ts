import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

const count = async (query: string) =>
  ((await app.send(`/v1/lots?${query}`)).body['items'] as readonly unknown[]).length

describe('listLots', () => {
  it('lists lots, filtered', async () => {
    expect(await count('')).toBe(1)
    expect(await count('material=Raw/Sugar&status=available')).toBe(1)
    expect(await count('location=Plant&subtree=true&onHand=true')).toBe(1)
    expect(await count('location=Plant')).toBe(0)
    expect(await count('nameContains=X')).toBe(0)
  })
})

describe('getLot', () => {
  it('reads a lot by id, or by name with its material', async () => {
    expect((await app.send(`/v1/lots/${plant.lot}`)).body['name']).toBe('S-1')
    expect((await app.send('/v1/lots/S-1?material=Raw%2FSugar')).body['id']).toBe(plant.lot)
    const alone = await app.send('/v1/lots/S-1')
    expect(alone.status).toBe(404)
    expect(alone.body['detail']).toContain('a name needs its material')
  })

  it('finds a name in whichever form of Unicode it is asked for', async () => {
    const made = await app.send('/v1/lots', { json: { name: 'Crème', materialId: plant.material } })
    const path = `/v1/lots/${encodeURIComponent('Crème'.normalize('NFD'))}?material=${plant.material}`
    expect((await app.send(path)).body['id']).toBe(made.body['id'])
  })

  it('changes its ETag when the stock changes, though the version does not', async () => {
    const before = (await app.send(`/v1/lots/${plant.lot}`)).headers.get('etag') ?? ''
    const json = {
      lotRecordType: 'CONSUME',
      inventoryLotId: plant.lot,
      status: 'COMPLETED',
      quantity: 1,
      sourceLocationId: plant.dock,
    }
    expect((await app.send('/v1/lot-records', { json })).status).toBe(201)
    const after = await app.send(`/v1/lots/${plant.lot}`, { headers: { 'If-None-Match': before } })
    expect([after.status, after.body['onHand']]).toEqual([200, 99])
    expect(after.headers.get('etag')?.split('-')[0]).toBe(before.split('-')[0])
  })
})

describe('getInventoryLotReferences', () => {
  it('says what refers to a lot, by table', async () => {
    const { status, body } = await app.send(`/v1/lots/${plant.lot}/references`)
    expect(status).toBe(200)
    expect(body).toContainEqual(expect.objectContaining({ references: expect.any(Array) }))
  })
})
