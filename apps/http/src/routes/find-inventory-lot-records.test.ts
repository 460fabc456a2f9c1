import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

const items = async (query: string) =>
  (await app.send(`/v1/lot-records?${query}`)).body['items'] as readonly Record<string, unknown>[]

describe('findInventoryLotRecords', () => {
  it('refuses a cursor that no page gave, as every list does', async () => {
    const lists = ['lots', 'lot-records', 'inventory', 'units', 'unit-conversions', 'materials', 'locations']
    for (const list of [...lists, 'reason-codes']) {
      const { status, body } = await app.send(`/v1/${list}?cursor=e30`)
      expect([status, Object.keys(body['errors'] ?? {}), body['pointers']]).toEqual([422, ['cursor'], []])
    }
  })

  it('lists records in pages that a cursor joins', async () => {
    const first = await app.send('/v1/lot-records?limit=1')
    expect(first.body).toMatchObject({ items: [{ lotRecordType: 'STATUS_CHANGE' }], next: expect.any(String) })
    const second = await app.send(`/v1/lot-records?limit=1&cursor=${String(first.body['next'])}`)
    expect(second.body).toMatchObject({ items: [{ lotRecordType: 'RECEIVE' }], next: null })
  })

  it('filters by every documented field', async () => {
    expect(await items(`lot=${plant.lot}&lotRecordType=receive`)).toHaveLength(1)
    expect(await items('lot=S-1&material=Raw%2FSugar&posted=true')).toHaveLength(2)
    expect(await items(`location=${plant.dock}&status=COMPLETED`)).toHaveLength(1)
    expect(await items('createdBy=nobody')).toHaveLength(0)
    expect(await items('startDate=2026-11-24T00:00:00Z')).toHaveLength(0)
    expect((await items('newestFirst=true'))[0]).toMatchObject({ lotRecordType: 'RECEIVE' })
  })

  it('refuses what is no filter, what comes twice and what breaks a rule, all at once', async () => {
    const { status, body } = await app.send('/v1/lot-records?colour=red&limit=0&posted=1&lot=a&lot=b')
    expect(status).toBe(422)
    expect(body['pointers']).toEqual([])
    expect(body['errors']).toEqual({
      colour: ['is not a parameter of this request'],
      limit: ['must be a whole number from 1 to 200'],
      posted: ['must be true or false'],
      lot: ['must be given once'],
    })
  })
})

describe('getInventoryLotRecord', () => {
  it('reads one, with its version as ETag', async () => {
    const { status, headers, body } = await app.send(`/v1/lot-records/${plant.receipt}`)
    expect([status, body['quantity']]).toEqual([200, 100])
    const tag = headers.get('etag') ?? ''
    const again = await app.send(`/v1/lot-records/${plant.receipt}`, { headers: { 'If-None-Match': tag } })
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag])
  })

  it('takes the id in any form, and answers 404 for others', async () => {
    const bare = plant.receipt.replaceAll('-', '').toLowerCase()
    expect((await app.send(`/v1/lot-records/${bare}`)).body['id']).toBe(plant.receipt)
    expect((await app.send(`/v1/lot-records/${plant.lot}`)).body).toMatchObject({ status: 404, kind: 'lot record' })
    expect((await app.send('/v1/lot-records/none/versions')).status).toBe(404)
  })
})
