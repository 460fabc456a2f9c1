import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant } from '../../test/harness.ts'

let app: Harness
let inventoryId: unknown

beforeAll(async () => {
  app = await makeHarness()
  const { lot } = await makeTestPlant(app)
  const row = await app.send(
    `/v1/inventory/get-inventory-by-lot-and-location?lotIdOrName=${lot}&locationIdOrPath=Plant/Dock`,
  )
  inventoryId = row.body['id']
})
afterAll(() => app.close())

const set = (json: object, headers: Readonly<Record<string, string>> = {}) =>
  app.send('/v1/inventory/set-inventory-metadata', { json, headers })

describe('setInventoryMetadata', () => {
  it('writes, keeps and clears, and moves nothing', async () => {
    const head = await app.head()
    const written = await set({ inventoryId, name: 'LPN-1', notes: 'fragile', productionOrderIdOrName: 'PO-7' })
    expect([written.status, written.body]).toMatchObject([
      200,
      { name: 'LPN-1', notes: 'fragile', productionOrderName: 'PO-7', quantity: 100 },
    ])
    expect((await set({ inventoryId, name: '', notes: null })).body).toMatchObject({ name: null, notes: 'fragile' })
    expect(await app.head()).toEqual(head)
  })

  it('answers the same request with the same key once more', async () => {
    const headers = { 'Idempotency-Key': 'label-1' }
    const first = await set({ inventoryId, name: 'A' }, headers)
    await set({ inventoryId, name: 'B' })
    const again = await set({ inventoryId, name: 'A' }, headers)
    expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([first.text, 'true'])
    expect((await set({ inventoryId })).body['name']).toBe('B')
    expect((await set({ inventoryId, name: 'C' }, headers)).status).toBe(422)
  })

  it('refuses what is not right or not there', async () => {
    const { status, body } = await set({ name: 1, quantity: 5 })
    expect([status, Object.keys(body['errors'] ?? {}).sort()]).toEqual([422, ['inventoryId', 'name', 'quantity']])
    expect((await set({ inventoryId: '01JE6F0CE9-T94PZD8R-TH9J01TJ', name: 'x' })).status).toBe(404)
  })
})
