import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness } from '../test/harness.ts'

let app: Harness
let count = 0

beforeAll(async () => {
  app = await makeHarness()
})
afterAll(() => app.close())

const makeUnit = (secret: string, actor?: string) => {
  count += 1
  return app.send('/v1/units', {
    json: { name: `unit ${count}`, symbol: `u${count}` },
    secret,
    ...(actor !== undefined && { headers: { 'Lotbook-Actor': actor } }),
  })
}

describe('the author of a write', () => {
  it('is the name of the key', async () => {
    const secret = await app.key('till 4', ['INVENTORY.WRITE.MASTER_DATA'])
    expect((await makeUnit(secret)).body['createdBy']).toBe('till 4')
  })

  it('is whom Lotbook-Actor names, where the key may write on behalf of others', async () => {
    const secret = await app.key('gateway', ['INVENTORY.WRITE'])
    expect((await makeUnit(secret, 'ada')).body['createdBy']).toBe('ada')
    const utf8 = Buffer.from('Zoë', 'utf8').toString('latin1')
    expect((await makeUnit(secret, utf8)).body['createdBy']).toBe('Zoë')
    expect((await makeUnit(secret, 'a/b')).status).toBe(400)
    expect((await makeUnit(secret, 'x'.repeat(256))).status).toBe(400)
  })

  it('is refused otherwise: 403 names the permission', async () => {
    const secret = await app.key('plain', ['INVENTORY.WRITE.MASTER_DATA'])
    const { status, body } = await makeUnit(secret, 'ada')
    expect([status, body['permission']]).toEqual([403, 'INVENTORY.WRITE.ON_BEHALF'])
  })
})
