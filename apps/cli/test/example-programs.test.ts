import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, type Client, itemsOf, makeClient } from './client.ts'
import { type Folder, makeFolder, type Server, startServer } from './program.ts'

// The two documented example programs, call for call, against a server as `npm start` starts it.
describe('the documented example programs', () => {
  let folder: Folder
  let server: Server
  let client: Client
  beforeAll(async () => {
    folder = makeFolder()
    server = await startServer(['start', '--db', folder.file('plant.db')], { env: { LOTBOOK_ADMIN_KEY: adminKey } })
    client = makeClient(server.url)
  })
  afterAll(async () => {
    await server.kill('SIGTERM')
    folder.remove()
  })

  it('save a lot record, and save it again by its id', async () => {
    const template = (await client.get('/v1/lot-records/new')).body
    expect(Object.keys(template)).toHaveLength(22)
    const saved = await client.post('/v1/lot-records', {
      ...template,
      lotRecordType: 'CONSUME',
      inventoryLotId: '01JE6F0CE9-T94PZD8R-TH9J01TJ',
      status: 'COMPLETED',
    })
    expect(saved.status).toBe(201)
    expect(saved.body).toMatchObject({
      lotRecordType: 'CONSUME',
      inventoryLotId: '01JE6F0CE9-T94PZD8R-TH9J01TJ',
      status: 'COMPLETED',
      quantity: null,
      lotStatus: 'AVAILABLE',
      posted: false,
      version: 1,
    })
    const again = (await client.get('/v1/lot-records/new')).body
    const updated = await client.post('/v1/lot-records', {
      ...again,
      id: saved.body['id'],
      lotRecordType: 'CONSUME',
      inventoryLotId: '01JE6F0CE9-T94PZD8R-TH9J01TJ',
      status: 'COMPLETED',
      lotStatus: 'OPEN',
    })
    expect(updated.status).toBe(200)
    // The second template brought a later “now” along; the record keeps when it began.
    const { id, startDate } = saved.body
    expect(updated.body).toMatchObject({ id, startDate, lotStatus: 'OPEN', posted: false, version: 2 })
    const versions = (await client.get(`/v1/lot-records/${String(id)}/versions`)).body
    expect(versions).toMatchObject([
      { version: 1, record: { lotStatus: 'AVAILABLE' } },
      { version: 2, record: { lotStatus: 'OPEN' } },
    ])
    // The status on the record is a note: the lot itself is what it was.
    const lot = await client.get('/v1/lots/01JE6F0CE9-T94PZD8R-TH9J01TJ')
    expect(lot.body['status']).toBe('AVAILABLE')
  })

  it('move a lot to AVAILABLE', async () => {
    const request = (await client.get('/v1/inventory/change-status/new')).body
    expect(Object.keys(request)).toHaveLength(9)
    const changed = await client.post('/v1/inventory/change-status', {
      ...request,
      newStatus: 'AVAILABLE',
      lotId: '01JJCQEJYG-E31FHVTF-JB6WEJTC',
    })
    expect(changed).toMatchObject({
      status: 201,
      body: { lotRecordType: 'STATUS_CHANGE', lotStatus: 'AVAILABLE', previousStatus: 'QA_HOLD', posted: true },
    })
    expect((await client.get('/v1/lots/01JJCQEJYG-E31FHVTF-JB6WEJTC')).body['status']).toBe('AVAILABLE')
    const records = itemsOf(
      await client.get('/v1/lot-records?lot=01JJCQEJYG-E31FHVTF-JB6WEJTC&newestFirst=true&limit=1'),
    )
    expect(records).toMatchObject([{ id: changed.body['id'] }])
  })
})
