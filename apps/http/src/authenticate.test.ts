import { Effect } from 'effect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, testNow } from '../test/harness.ts'
import { limits } from './limits.ts'

let app: Harness

beforeAll(async () => {
  app = await makeHarness()
})
afterAll(() => app.close())

const authorized = (value: string) => app.send('/v1/units', { secret: null, headers: { Authorization: value } })

describe('a key', () => {
  it('is needed: 401 says how to send one', async () => {
    const { status, headers, body } = await app.send('/v1/units', { secret: null })
    expect([status, body['type']]).toEqual([401, '/problems/key-missing'])
    expect(headers.get('www-authenticate')).toBe('Bearer realm="lotbook"')
  })

  it('is taken as a bearer token, and the word Bearer in any case', async () => {
    const secret = await app.key('reader', ['INVENTORY.READ'])
    expect((await authorized(`bearer ${secret}`)).status).toBe(200)
    expect((await authorized(`Basic ${secret}`)).status).toBe(401)
    expect((await authorized(secret)).status).toBe(401)
    expect((await authorized('Bearer ')).status).toBe(401)
    expect((await authorized(`Bearer ${'x'.repeat(513)}`)).status).toBe(401)
  })

  it('has a secret of at most 512 characters', async () => {
    const key = { name: 'long', grants: ['INVENTORY.READ'], expires: null, createdBy: 'test', now: testNow } as const
    const secret = 's'.repeat(limits.secretCharacters)
    await Effect.runPromise(app.keys.createWithSecret({ ...key, secret }))
    expect((await authorized(`Bearer ${secret}`)).status).toBe(200)
    await Effect.runPromise(app.keys.createWithSecret({ ...key, name: 'longer', secret: `${secret}s` }))
    expect((await authorized(`Bearer ${secret}s`)).status).toBe(401)
  })

  it('that is wrong, of another case, expired or revoked gets one and the same answer', async () => {
    const expiring = await app.key('expiring', ['INVENTORY'], testNow + 1000)
    const revoked = await app.key('revoked', ['INVENTORY'])
    const good = await app.key('good', ['INVENTORY'])
    expect((await app.send('/v1/units', { secret: expiring })).status).toBe(200)
    app.clock.now += 1000
    await Effect.runPromise(app.keys.revoke('revoked', { actor: 'test', now: app.clock.now }))
    app.logged.length = 0
    const answers = []
    for (const secret of ['wrong', good.toUpperCase(), expiring, revoked]) {
      const { status, headers, body } = await app.send('/v1/units', { secret, headers: { 'X-Request-Id': 'same' } })
      expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
      answers.push({ status, body })
    }
    expect(answers[0]?.status).toBe(401)
    for (const answer of answers) expect(answer).toEqual(answers[0])
    // Only the log tells them apart.
    expect(app.logged.map(({ cause }) => cause)).toEqual(['unknown', 'unknown', 'expired', 'revoked'])
  })
})
