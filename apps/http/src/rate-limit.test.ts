import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, type Send } from '../test/harness.ts'
import { makeRateLimit } from './rate-limit.ts'

const perSecond = 5
const clock = { now: 1000 }
let app: Harness

beforeAll(async () => {
  app = await makeHarness({ rateLimit: { perSecond, clock: () => clock.now } })
})
beforeEach(() => {
  clock.now += 10_000
})
afterAll(() => app.close())

const statuses = async (count: number, path: string, send: Send = {}): Promise<readonly number[]> => {
  const found: number[] = []
  for (let n = 0; n < count; n++) found.push((await app.send(path, send)).status)
  return found
}
const all = (count: number, status: number): readonly number[] => Array.from({ length: count }, () => status)

describe('a key', () => {
  it('may send as many requests as the limit says at once, and not one more: 429 says when to come back', async () => {
    expect(await statuses(perSecond, '/v1/units')).toEqual(all(perSecond, 200))
    const { status, headers, body } = await app.send('/v1/units')
    expect([status, headers.get('retry-after')]).toEqual([429, '1'])
    expect(body).toMatchObject({ type: '/problems/too-many-requests', detail: expect.stringContaining('after 1 s') })
  })

  it('may go on at the pace of the limit, and begin anew after a pause', async () => {
    await statuses(perSecond + 3, '/v1/units')
    clock.now += 1000 / perSecond
    expect(await statuses(2, '/v1/units')).toEqual([200, 429])
    clock.now += 1000
    expect(await statuses(perSecond + 1, '/v1/units')).toEqual([...all(perSecond, 200), 429])
  })

  it('is refused before anything happens', async () => {
    await statuses(perSecond, '/v1/units')
    const head = await app.head()
    expect(await statuses(1, '/v1/units', { json: { name: 'kilogram', symbol: 'kg' } })).toEqual([429])
    expect(await app.head()).toEqual(head)
    clock.now += 1000
    expect((await app.send('/v1/units')).body['items']).toEqual([])
  })

  it('takes nothing away from others, nor from what needs no key', async () => {
    const secret = await app.key('other', ['INVENTORY.READ'])
    expect(await statuses(perSecond + 1, '/v1/units')).toEqual([...all(perSecond, 200), 429])
    expect(await statuses(perSecond + 1, '/v1/units', { secret })).toEqual([...all(perSecond, 200), 429])
    expect(await statuses(perSecond + 1, '/health/live', { secret: null })).toEqual(all(perSecond + 1, 200))
    expect(await statuses(perSecond + 1, '/v1/units', { secret: 'none' })).toEqual(all(perSecond + 1, 401))
  })
})

describe('the limit', () => {
  it.each([1, 3, 7, 1000, 999_999])('of %i lets through exactly that many at once', (most) => {
    const limit = makeRateLimit({ perSecond: most, clock: () => 12_345.678 })
    let taken = 0
    while (limit('key') === undefined) taken += 1
    expect(taken).toBe(most)
  })

  it('is off where none is set', () => {
    const limit = makeRateLimit({ perSecond: null, clock: () => 0 })
    for (let n = 0; n < 10_000; n++) expect(limit('key')).toBeUndefined()
  })
})
