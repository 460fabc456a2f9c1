import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

const scrap = async (quantity: number): Promise<string> => {
  const json = {
    lotRecordType: 'SCRAP',
    inventoryLotId: plant.lot,
    status: 'COMPLETED',
    quantity,
    sourceLocationId: plant.dock,
  }
  return String((await app.send('/v1/lot-records', { json })).body['id'])
}
const onHand = async () => (await app.send(`/v1/lots/${plant.lot}`)).body['onHand']

describe('reverseLotRecord', () => {
  it('takes a record back by a new one, without any body', async () => {
    const id = await scrap(5)
    const before = Number(await onHand())
    const { status, body } = await app.send(`/v1/lot-records/${id}/reverse`, { method: 'POST' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ reversalOf: id, lotRecordType: 'SCRAP' })
    expect(await onHand()).toBe(before + 5)
    expect((await app.send(`/v1/lot-records/${id}`)).body['reversedBy']).toBe(body['id'])
  })

  it('keeps the reason, and takes no id in the body', async () => {
    const id = await scrap(1)
    const refused = await app.send(`/v1/lot-records/${id}/reverse`, { json: { id, colour: 'red' } })
    expect(refused.status).toBe(422)
    expect(Object.keys(refused.body['errors'] as object).sort()).toEqual(['colour', 'id'])
    const { body } = await app.send(`/v1/lot-records/${id}/reverse`, { json: { notes: 'a mistake' } })
    expect(body['notes']).toBe('a mistake')
  })

  it('is refused a second time: 409', async () => {
    const id = await scrap(1)
    await app.send(`/v1/lot-records/${id}/reverse`, { method: 'POST' })
    const { status } = await app.send(`/v1/lot-records/${id}/reverse`, { method: 'POST' })
    expect(status).toBe(409)
  })

  it('shows in a dry run what would be true', async () => {
    const id = await scrap(1)
    const before = await app.head()
    const { status, body } = await app.send(`/v1/lot-records/${id}/reverse?dryRun=true`, { method: 'POST' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ record: { id: null, reversalOf: id } })
    expect(await app.head()).toEqual(before)
  })

  it('answers 404 for what is no record, 412 for another version, 403 without the permission of the type', async () => {
    const id = await scrap(1)
    const path = `/v1/lot-records/${id}/reverse`
    expect((await app.send('/v1/lot-records/none/reverse', { method: 'POST' })).status).toBe(404)
    expect((await app.send(`/v1/lot-records/${plant.lot}/reverse`, { method: 'POST' })).status).toBe(404)
    expect((await app.send(path, { method: 'POST', headers: { 'If-Match': '"7"' } })).status).toBe(412)
    const secret = await app.key('mover', ['INVENTORY.WRITE.MOVE', 'INVENTORY.READ'])
    const { status, body } = await app.send(path, { method: 'POST', secret })
    expect([status, body['permission']]).toEqual([403, 'INVENTORY.WRITE.SCRAP'])
  })

  it('with cascade takes back what stands in the way, once for a key, and a dry run lists it', async () => {
    const row = { inventoryLotId: plant.lot, status: 'COMPLETED', sourceLocationId: plant.dock }
    const scrapped = await scrap(1)
    const counted = await app.send('/v1/lot-records', { json: { ...row, lotRecordType: 'EDIT', quantity: 1 } })
    const count = String(counted.body['id'])
    const path = `/v1/lot-records/${scrapped}/reverse`
    const send = (query: string, headers: Record<string, string> = {}) =>
      app.send(`${path}?${query}`, { method: 'POST', headers })
    expect((await send('')).status).toBe(409)
    expect((await send('cascade=true', { 'If-Match': '"7"' })).status).toBe(412)
    expect((await send('cascade=perhaps')).status).toBe(422)
    const head = await app.head()
    const shown = await send('cascade=true&dryRun=true')
    const reversed = (items: unknown) => (items as { reversalOf: string }[]).map(({ reversalOf }) => reversalOf)
    expect([shown.status, reversed(shown.body['records'])]).toEqual([200, [count, scrapped]])
    expect(await app.head()).toEqual(head)
    const key = { 'Idempotency-Key': 'cascade-1', 'If-Match': '"1"' }
    const done = await send('cascade=true', key)
    expect([done.status, reversed(done.body['items'])]).toEqual([201, [count, scrapped]])
    const again = await send('cascade=true', key)
    expect(again.body).toEqual(done.body)
    expect((await send('cascade=true')).status).toBe(409)
  })
})
