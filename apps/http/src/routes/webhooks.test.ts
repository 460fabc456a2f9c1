import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'

let app: Harness
let plant: TestPlant
beforeEach(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterEach(() => app.close())

const url = 'https://hooks.example/lotbook?x=1'
const create = (json: object = {}) => app.send('/v1/webhooks', { json: { url, ...json } })

describe('a webhook', () => {
  it('is created with a secret that is shown once, and begins with what is written from now on', async () => {
    const { status, body, id, headers } = await create({ description: 'ERP', lotRecordTypes: ['RECEIVE', 'Move'] })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/v1/webhooks/${id}`)
    expect(body['secret']).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/u)
    expect(body).toMatchObject({ url, enabled: true, position: 2, pending: 0, lotRecordTypes: ['RECEIVE', 'MOVE'] })
    const { secret: _secret, ...shown } = body
    expect((await app.send(`/v1/webhooks/${id}`)).body).toEqual(shown)
    expect((await app.send('/v1/webhooks')).body).toEqual({ items: [shown], next: null })
  })

  it('is created once for an Idempotency-Key; a replay answers the same without the secret', async () => {
    const send = (json: object) =>
      app.send('/v1/webhooks', { json: { url, ...json }, headers: { 'Idempotency-Key': 'once' } })
    const [first, ...others] = (await Promise.all(Array.from({ length: 4 }, () => send({})))).toSorted(
      (a, b) => Number('secret' in b.body) - Number('secret' in a.body),
    )
    const { secret, ...shown } = first?.body ?? {}
    expect(secret).toMatch(/^whsec_/u)
    for (const { status, body, headers } of others) {
      expect([status, body, headers.get('idempotency-replayed')]).toEqual([201, shown, 'true'])
      expect(headers.get('etag')).toMatch(/^"1-/u)
    }
    expect((await app.send('/v1/webhooks')).body['items']).toEqual([shown])
    const other = await send({ description: 'ERP' })
    expect([other.status, other.body['type']]).toEqual([422, '/problems/idempotency-key-reused'])
    expect((await create()).body['id']).not.toBe(shown['id'])
  })

  it('begins after a sequence, if asked to, and says how far behind it is', async () => {
    expect((await create({ after: 0 })).body).toMatchObject({ position: 0, pending: 2 })
    const { status, body } = await create({ after: 3 })
    expect([status, body['errors']]).toEqual([
      422,
      { after: ['must not lie beyond the end of the ledger, which is 2'] },
    ])
  })

  it('is changed field by field; null keeps, and an empty list means all', async () => {
    const { id, headers } = await create({ description: 'ERP', lotRecordTypes: ['RECEIVE'] })
    const patch = (json: object, tag?: string | null) =>
      app.send(`/v1/webhooks/${id}`, { method: 'PATCH', json, headers: tag ? { 'If-Match': tag } : {} })
    const changed = await patch({ enabled: false, lotRecordTypes: [], after: 1 }, headers.get('etag'))
    expect(changed.body).toMatchObject({
      description: 'ERP',
      enabled: false,
      lotRecordTypes: null,
      position: 1,
      version: 2,
    })
    expect(changed.body['secret']).toBeUndefined()
    expect((await patch({ enabled: true }, headers.get('etag'))).status).toBe(412)
  })

  it('is deleted, and then is not there', async () => {
    const { id } = await create()
    expect((await app.send(`/v1/webhooks/${id}`, { method: 'DELETE' })).body).toMatchObject({ data: id })
    expect((await app.send(`/v1/webhooks/${id}`)).status).toBe(404)
    expect((await app.send(`/v1/webhooks/${id}`, { method: 'DELETE' })).status).toBe(404)
    expect((await app.send(`/v1/webhooks/${plant.lot}`, { method: 'PATCH', json: {} })).status).toBe(404)
  })

  it.each([
    'ftp://hooks.example/',
    'hooks.example',
    'https://user:secret@hooks.example/',
    'https://hooks.example/#x',
    'https:///x',
    'https://hooks.example/\0',
    'https://hooks.example/\u001b',
    'https://hooks.example/\ud800',
    'https://hooks.example:65536/',
    'https://[::1]:99999?x',
    `https://hooks.example/${'x'.repeat(2048)}`,
    7,
  ])('does not take the address %s', async (bad) => {
    const { status, body } = await create({ url: bad, lotRecordTypes: ['EAT'], enabled: 'yes', id: plant.lot })
    expect([status, Object.keys(body['errors'] as object).sort()]).toEqual([
      422,
      ['enabled', 'id', 'lotRecordTypes', 'url'],
    ])
    expect((await app.send('/v1/webhooks')).body['items']).toEqual([])
  })

  it.each(['https://hooks.example:65535/', 'http://[::1]:8080?a=1:99999', 'https://hooks.example/a:99999'])(
    'takes the address %s',
    async (url) => {
      expect(await create({ url })).toMatchObject({ status: 201, body: { url } })
    },
  )

  it('asks for an address', async () => {
    const { body } = await app.send('/v1/webhooks', { json: {} })
    expect(body['errors']).toEqual({ url: ['is required'] })
  })

  it('is a matter of the administrator', async () => {
    const secret = await app.key('writer', ['INVENTORY.READ', 'INVENTORY.WRITE'])
    const { status, body } = await app.send('/v1/webhooks', { json: { url }, secret })
    expect([status, body['permission']]).toEqual([403, 'INVENTORY.ADMIN'])
  })
})
