import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { componentSchema } from './contract.ts'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from './harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

const recordFields = Object.keys(componentSchema('InventoryLotRecord')['properties'] as object)

// The programs of the documented pages, line by line: the template is filled in, sent, and its answer used.

describe('the documented program of saveInventoryLotRecord', () => {
  it('saves a record, and updates it by its id', async () => {
    const newLotRecord = (await app.send('/v1/lot-records/new')).body
    newLotRecord['lotRecordType'] = 'CONSUME'
    newLotRecord['inventoryLotId'] = plant.lot
    newLotRecord['status'] = 'COMPLETED'
    const saved = await app.send('/v1/lot-records', { json: newLotRecord })
    expect(saved.status).toBe(201)
    expect(Object.keys(saved.body)).toEqual(recordFields)
    expect(saved.body).toMatchObject({
      lotRecordType: 'CONSUME',
      status: 'COMPLETED',
      lotStatus: 'AVAILABLE',
      quantity: null,
      inventoryLotId: plant.lot,
      inventoryLotName: 'S-1',
      startDate: newLotRecord['startDate'],
      endDate: null,
      enabled: true,
      posted: false,
      version: 1,
    })

    const lotRecordData = (await app.send('/v1/lot-records/new')).body
    lotRecordData['id'] = saved.body['id']
    lotRecordData['lotRecordType'] = 'CONSUME'
    lotRecordData['inventoryLotId'] = plant.lot
    lotRecordData['status'] = 'COMPLETED'
    lotRecordData['lotStatus'] = 'OPEN'
    const updated = await app.send('/v1/lot-records', { json: lotRecordData })
    expect(updated.status).toBe(200)
    expect(updated.body).toEqual({
      ...saved.body,
      lotStatus: 'OPEN',
      version: 2,
      sequence: Number(saved.body['sequence']) + 1,
      modifiedDate: expect.any(String),
      modifiedBy: 'admin',
    })

    const versions = (await app.send(`/v1/lot-records/${saved.id}/versions`)).body
    expect(versions).toMatchObject([
      { version: 1, record: { lotStatus: 'AVAILABLE' } },
      { version: 2, record: { lotStatus: 'OPEN' } },
    ])
    // What is noted on a record of another type changes no lot.
    expect((await app.send(`/v1/lots/${plant.lot}`)).body['status']).toBe('AVAILABLE')
  })

  it('loses nothing when the template is sent later', async () => {
    const made = (await app.send('/v1/lot-records/new')).body
    const json = { ...made, lotRecordType: 'CONSUME', inventoryLotId: plant.lot, status: 'COMPLETED', notes: 'keep' }
    const saved = await app.send('/v1/lot-records', { json })
    app.clock.now += 60_000
    const template = (await app.send('/v1/lot-records/new')).body
    const updated = await app.send('/v1/lot-records', { json: { ...template, id: saved.body['id'] } })
    expect(updated.body).toMatchObject({ startDate: saved.body['startDate'], notes: 'keep', version: 2 })
  })
})

describe('the documented program of changeStatus', () => {
  it('puts a lot into another status', async () => {
    const lot = await app.send('/v1/lots', { json: { name: 'S-2', materialId: plant.material } })
    const newRequest = (await app.send('/v1/inventory/change-status/new')).body
    newRequest['newStatus'] = 'AVAILABLE'
    newRequest['lotId'] = lot.id
    const changed = await app.send('/v1/inventory/change-status', { json: newRequest })
    expect(changed.status).toBe(201)
    expect(Object.keys(changed.body)).toEqual(recordFields)
    expect(changed.body).toMatchObject({
      lotRecordType: 'STATUS_CHANGE',
      status: 'COMPLETED',
      lotStatus: 'AVAILABLE',
      previousStatus: 'OPEN',
      quantity: null,
      inventoryLotId: lot.id,
      posted: true,
    })
    expect((await app.send(`/v1/lots/${lot.id}`)).body['status']).toBe('AVAILABLE')
    expect((await app.send(`/v1/lots/${lot.id}/history`)).body).toMatchObject([{ id: changed.body['id'] }])
  })
})
