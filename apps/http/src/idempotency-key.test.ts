import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../test/harness.ts'
import { canonicalPath } from './idempotency-key.ts'
import { limits } from './limits.ts'

let app: Harness
let plant: TestPlant

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
})
afterAll(() => app.close())

const receive = (quantity: number) => ({
  lotRecordType: 'RECEIVE',
  inventoryLotId: plant.lot,
  status: 'COMPLETED',
  quantity,
  destinationLocationId: plant.dock,
})
const post = (json: unknown, key: string, path = '/v1/lot-records', secret?: string) =>
  app.send(path, { json, headers: { 'Idempotency-Key': key }, ...(secret !== undefined && { secret }) })

describe('Idempotency-Key', () => {
  it('makes a request happen once: the same answer again, marked as replay', async () => {
    const first = await post(receive(1), 'once')
    const head = await app.head()
    const second = await post(receive(1), 'once')
    expect([second.status, second.text]).toEqual([201, first.text])
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
    expect([first, second].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
    expect(await app.head()).toEqual(head)
  })

  it('holds for requests sent at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(receive(2), 'at-once')))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1)
  })

  it('is refused with another body, query or author: 422', async () => {
    await post(receive(3), 'reused')
    const { status, body } = await post(receive(4), 'reused')
    expect([status, body['type'], body['key']]).toEqual([422, '/problems/idempotency-key-reused', 'reused'])
    const json = receive(3)
    const other = await app.send('/v1/lot-records', {
      json,
      headers: { 'Idempotency-Key': 'reused', 'Lotbook-Actor': 'ada' },
    })
    expect(other.status).toBe(422)
  })

  it('belongs to one key and one path', async () => {
    const secret = await app.key('another', ['INVENTORY'])
    await post(receive(5), 'mine')
    const other = await post(receive(5), 'mine', '/v1/lot-records', secret)
    expect([other.status, other.headers.get('idempotency-replayed')]).toEqual([201, null])
    expect((await post({ name: 'x', symbol: 'x' }, 'mine', '/v1/units')).status).toBe(201)
  })

  const encoded = [
    '/v1/lot%2Drecords',
    '/v1/%6cot-records',
    '/%761/lot-records',
    `/v1/${[...'lot-records'].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')}`,
  ]

  it.each(encoded)('is found again where the path is written otherwise: %s', async (path) => {
    const key = `as:${path}`
    const first = await post(receive(1), key)
    const head = await app.head()
    const again = await post(receive(1), key, path)
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true'])
    expect(await app.head()).toEqual(head)
    expect((await post(receive(2), key, path)).status).toBe(422)
    expect(await app.head()).toEqual(head)
  })

  it('is found again where the id in the path is written otherwise, and is another key on another id', async () => {
    const record = (await post(receive(1), 'to-reverse')).id
    const other = (await post(receive(1), 'not-to-reverse')).id
    const reverse = (id: string) => post({ notes: 'a slip' }, 'reversal', `/v1/lot-records/${id}/reverse`)
    const first = await reverse(record)
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null])
    const head = await app.head()
    const bare = record.replaceAll('-', '')
    for (const id of [
      record,
      bare,
      bare.toLowerCase(),
      `${bare.slice(0, 5)}-${bare.slice(5)}`,
      `%30${bare.slice(1)}`,
    ]) {
      const again = await reverse(id)
      expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, first.text, 'true'])
    }
    expect(await app.head()).toEqual(head)
    const another = await reverse(other)
    expect([another.status, another.headers.get('idempotency-replayed')]).toEqual([201, null])
    expect(another.text).not.toBe(first.text)
  })

  it('is found again where an earlier Lotbook kept it: under the path as it is usually written', async () => {
    const record = (await post(receive(1), 'kept-earlier')).id
    expect(canonicalPath({ path: '/v1/lot-records/{id}/reverse' }, { id: record })).toBe(
      `/v1/lot-records/${record}/reverse`,
    )
    expect(canonicalPath({ path: '/v1/lot-records' }, {})).toBe('/v1/lot-records')
    expect(canonicalPath({ path: '/v1/lots/{id}/recall/hold' }, { id: 'no id/%' })).toBe(
      '/v1/lots/no%20id%2F%25/recall/hold',
    )
  })

  it('is free again after a refusal', async () => {
    expect((await post(receive(-1), 'second-try')).status).toBe(422)
    expect((await post(receive(1), 'second-try')).status).toBe(201)
  })

  it('is kept for seven days and more, whatever the clock says', async () => {
    const first = await post(receive(1), 'week')
    for (const later of [limits.receiptMilliseconds, 1]) {
      app.clock.now += later
      expect((await post(receive(1), 'week')).text).toBe(first.text)
    }
    expect((await post(receive(2), 'week')).status).toBe(422)
  })

  it('is ignored by a dry run', async () => {
    const dry = '/v1/lot-records?dryRun=true'
    expect((await post(receive(6), 'dry', dry)).status).toBe(200)
    expect((await post(receive(7), 'dry', dry)).status).toBe(200)
    expect((await post(receive(8), 'dry')).headers.get('idempotency-replayed')).toBeNull()
  })

  it('is 1 to 255 visible ASCII characters: else 400', async () => {
    const most = limits.idempotencyKeyCharacters
    expect((await post(receive(1), 'k'.repeat(most))).status).toBe(201)
    expect((await post(receive(1), 'k'.repeat(most + 1))).status).toBe(400)
    expect((await post(receive(1), '')).status).toBe(400)
    expect((await post(receive(1), 'two words')).status).toBe(400)
  })
})
