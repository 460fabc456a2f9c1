import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant
let other: string
let shipment: string

const nasty = `<script>alert("x")</script> & 'y'`

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
  other = (await app.send('/v1/lots', { json: { name: '=1+1', materialId: plant.material, status: 'AVAILABLE' } })).id
  const record = async (lotRecordType: string, inventoryLotId: string, fields: object) => {
    const json = { lotRecordType, inventoryLotId, status: 'COMPLETED', ...fields }
    return (await app.send('/v1/lot-records', { json })).id
  }
  await record('CONSUME', plant.lot, { secondaryInventoryLotId: other, quantity: 25, sourceLocationId: plant.dock })
  await record('PRODUCE', other, { quantity: 20, destinationLocationId: plant.cellar })
  shipment = await record('SHIP', other, { quantity: 12.5, sourceLocationId: plant.cellar, notes: nasty })
})
afterAll(() => app.close())

const path = (rest = '') => `/v1/lots/${plant.lot}/recall${rest}`

describe('recallLot', () => {
  it('answers as JSON, by id or by name', async () => {
    const { status, body, headers } = await app.send(path())
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(body).toMatchObject({
      ...{ lotId: plant.lot, lotName: 'S-1', asOf: null, complete: true, truncated: false, balanced: true },
      warnings: ['2 lots with stock not on QA_HOLD'],
      totals: [{ unitOfMeasureSymbol: 'kg', lots: 2, onHand: 82.5, held: 0, shipped: 12.5, unexplained: 0 }],
      lots: [
        { lotId: plant.lot, depth: 0, share: 1, onHand: 75, shipments: [] },
        {
          ...{ lotId: other, depth: 1, shareExact: '1', onHand: 7.5, unexplained: 0, entriesUnexplained: 0 },
          stock: [{ locationId: plant.cellar, locationPath: 'Plant/Cellar', quantity: 7.5 }],
          shipments: [{ recordId: shipment, quantity: 12.5, to: nasty, notes: nasty }],
        },
      ],
    })
    const byName = await app.send('/v1/lots/S-1/recall?material=Raw/Sugar&limit=1')
    expect(byName.body).toMatchObject({ lotId: plant.lot, complete: false, truncated: true })
    expect((await app.send(path('?asOf=2026-11-22T00:00:00Z'))).body).toMatchObject({ lots: [{ onHand: 0 }] })
  })

  it('answers as CSV, with a line for each lot, place and shipment', async () => {
    const { headers, text } = await app.send(path('?format=csv'))
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const lines = text.trimEnd().split('\r\n')
    expect(lines.map((line) => line.split(',')[0])).toEqual([
      ...['row', 'RECALL', 'WARNING', 'TOTAL', 'LOT', 'STOCK', 'LOT', 'STOCK', 'SHIPMENT'],
    ])
    expect(lines[1]).toMatch(/^RECALL,true,/u)
    expect(lines[6]).toContain(",'=1+1,Raw/Sugar,AVAILABLE,")
    expect(lines[8]).toContain(`,"<script>alert(""x"")</script> & 'y'",`)
    expect((await app.send(path('?format=csv&limit=1'))).text.split('\r\n')[1]).toMatch(/^RECALL,false,/u)
  })

  it.each([
    ['text/csv', 'text/csv; charset=utf-8'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html; charset=utf-8'],
    ['application/json, text/plain, */*', 'application/json'],
    ['image/svg+xml', 'application/json'],
  ])('answers who accepts %s as %s, unless a format is named', async (accept, type) => {
    const headers = { Accept: accept }
    const got = await app.send(path(), { headers })
    expect([got.status, got.headers.get('content-type'), got.headers.get('vary')]).toEqual([200, type, 'Accept'])
    expect((await app.send(path('?format=json'), { headers })).headers.get('content-type')).toBe('application/json')
    expect((await app.send(path('?format=csv'), { headers })).headers.get('content-type')).toContain('text/csv')
  })

  it('answers as a report that prints, escapes what people typed, and loads nothing', async () => {
    const { headers, text } = await app.send(path('?format=html'))
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'unsafe-inline'")
    expect(text).toContain('<td class="t">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;</td>')
    expect(text).not.toMatch(/<script|<img|<link|<iframe|https?:|url\(|@import|\son\w+=/iu)
    expect(text).toContain('@page { size: A4')
    expect(text).toContain('Complete: every affected lot is listed, and all of it adds up.')
    const cut = (await app.send(path('?format=html&limit=1'))).text
    expect(cut).not.toContain('Complete:')
    expect(cut).toContain('<li>INCOMPLETE: more lots are affected than the 1 that are listed.')
  })

  it('refuses what makes no sense, a lot that is not there, and who may not read', async () => {
    const wrong = await app.send(path('?asOf=soon&limit=0&format=pdf'))
    expect(wrong.status).toBe(422)
    expect(Object.keys(wrong.body['errors'] as object)).toEqual(['asOf', 'limit', 'format'])
    expect((await app.send(`/v1/lots/${shipment}/recall`)).status).toBe(404)
    expect((await app.send('/v1/lots/S-1/recall')).status).toBe(404)
    const secret = await app.key('writer', ['INVENTORY.WRITE'])
    expect((await app.send(path(), { secret })).body).toMatchObject({ status: 403, permission: 'INVENTORY.READ.GET' })
  })
})

describe('holdRecalledLots', () => {
  const hold = path.bind(null, '/hold')

  it('is refused whole, and then nothing has changed', async () => {
    const before = await app.head()
    const post = async (rest: string, json: unknown = {}, secret?: string) =>
      app.send(hold() + rest, { json, ...(secret !== undefined && { secret }) })
    expect((await post('', { limit: 1 })).body).toMatchObject({
      ...{ status: 409, type: '/problems/action-refused', lotName: 'S-1' },
    })
    expect((await post('', { newStatus: 'OPEN', notes: 1 })).body).toMatchObject({
      ...{ status: 422, errors: { newStatus: ['is not a field of this request'], notes: [expect.any(String)] } },
    })
    const secret = await app.key('reader', ['INVENTORY.READ'])
    expect((await post('', {}, secret)).body).toMatchObject({
      status: 403,
      permission: 'INVENTORY.WRITE.CHANGE_STATUS',
    })
    expect((await app.send(`/v1/lots/${shipment}/recall/hold`, { json: {} })).status).toBe(404)
    expect((await post('?dryRun=perhaps')).status).toBe(422)
    expect(await app.head()).toEqual(before)
  })

  it('shows what it would do, does it once, and says then why there is nothing left to do', async () => {
    const before = await app.head()
    const lots = [
      { lotName: 'S-1', previousStatus: 'AVAILABLE', onHand: 75, recordId: null },
      { lotName: '=1+1', previousStatus: 'AVAILABLE', onHand: 7.5, recordId: null },
    ]
    const shown = await app.send(`${hold()}?dryRun=true`, { json: { notes: 'glass' } })
    expect(shown).toMatchObject({ status: 200, body: { lotId: plant.lot, held: lots, notHeld: [] } })
    expect(await app.head()).toEqual(before)
    const send = () => app.send(hold(), { json: { notes: 'glass' }, headers: { 'Idempotency-Key': 'recall-1' } })
    const done = await send()
    expect(done).toMatchObject({
      status: 201,
      body: { held: lots.map((lot) => ({ ...lot, recordId: expect.any(String) })) },
    })
    const again = await send()
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(again.body).toEqual(done.body)
    expect((await app.head()).count).toBe(before.count + 2)
    // Without a body too: there is nothing that must be said.
    expect((await app.send(hold(), { method: 'POST' })).body).toMatchObject({
      held: [],
      notHeld: [
        { lotName: 'S-1', reason: 'ALREADY_HELD' },
        { lotName: '=1+1', status: 'QA_HOLD' },
      ],
    })
    expect((await app.send(path())).body).toMatchObject({ totals: [{ onHand: 82.5, held: 82.5 }], warnings: [] })
  })
})
