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
})
