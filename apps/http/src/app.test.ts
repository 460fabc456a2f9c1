import { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness } from '../test/harness.ts'
import { limits } from './limits.ts'

let app: Harness

beforeAll(async () => {
  app = await makeHarness()
})
afterAll(() => app.close())

const unavailable = () => Effect.fail(new StorageUnavailable({ reason: 'disk I/O error in /var/lib/lotbook.db' }))

describe('every answer', () => {
  it('carries a request id: the one that was sent, where it is short and visible', async () => {
    const sent = await app.send('/health/live', { headers: { 'X-Request-Id': 'abc-1' } })
    expect(sent.headers.get('x-request-id')).toBe('abc-1')
    for (const bad of ['with space', 'x'.repeat(limits.requestIdCharacters + 1)]) {
      const made = await app.send('/health/live', { headers: { 'X-Request-Id': bad } })
      expect(made.headers.get('x-request-id')).toMatch(/^[0-9A-Z]{26}$/)
    }
  })

  it('carries security headers, and nothing of CORS', async () => {
    const { headers } = await app.send('/v1/units', { headers: { Origin: 'https://example.org' } })
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('is a line in the log that holds no secret and no query', async () => {
    app.logged.length = 0
    await app.send('/v1/lots?nameContains=hush', { secret: 'not-a-key', headers: { 'X-Request-Id': 'seen' } })
    expect(app.logged).toMatchObject([
      { level: 'info', requestId: 'seen', method: 'GET', path: '/v1/lots', status: 401, operation: 'listLots' },
    ])
    expect(JSON.stringify(app.logged)).not.toMatch(/hush|not-a-key/)
  })
})

describe('problems', () => {
  it('answer a path that does not exist: 404', async () => {
    const { status, body } = await app.send('/v2/lots')
    expect([status, body]).toMatchObject([404, { type: '/problems/no-such-route', instance: '/v2/lots' }])
  })

  it('answer a method that a path does not take: 405, with those that it takes', async () => {
    const { status, headers } = await app.send('/v1/lots/new', { method: 'DELETE' })
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect((await app.send('/v1/lots', { method: 'PUT' })).headers.get('allow')).toBe('POST, GET, HEAD')
  })

  it('answer HEAD as GET, without a body', async () => {
    const { status, text } = await app.send('/v1/units', { method: 'HEAD' })
    expect([status, text]).toEqual([200, ''])
    expect((await app.send('/v1/units/none', { method: 'HEAD' })).status).toBe(404)
  })

  it('answer a URL that is too long: 414 from the first character on', async () => {
    const path = '/v1/lots?name='
    const fill = 'a'.repeat(limits.urlCharacters - path.length)
    expect((await app.send(`${path}${fill}`)).status).toBe(422)
    expect((await app.send(`${path}${fill}a`)).status).toBe(414)
  })

  it('tell nothing of what happened inside, when the server is at fault: 500', async () => {
    const broken = await makeHarness({
      ready: () => Effect.die(new Error('select * from secret_table')),
      checkpoint: () => {
        throw new Error('at /srv/lotbook/dist/store.js')
      },
    })
    for (const path of ['/health/ready', '/metrics']) {
      const { status, text, body } = await broken.send(path)
      expect([status, body['type']]).toEqual([500, '/problems/internal-error'])
      expect(text).not.toMatch(/secret_table|srv|Error/)
    }
    expect(broken.logged).toMatchObject([
      { level: 'error', cause: { message: 'select * from secret_table' } },
      { level: 'error', cause: { message: 'at /srv/lotbook/dist/store.js' } },
    ])
    await broken.close()
  })

  it('say when to try again, when the store is not available: 503', async () => {
    const down = await makeHarness({ ready: unavailable, keys: { find: unavailable } })
    for (const path of ['/health/ready', '/v1/lots']) {
      const { status, headers, text, body } = await down.send(path)
      expect([status, headers.get('retry-after')]).toEqual([503, '1'])
      expect(text).not.toMatch(/disk|var|db/)
      expect(body).toMatchObject({
        detail: 'the store cannot be read or written now. Nothing was written: send the same request again',
        mayBeWritten: false,
      })
    }
    expect(JSON.stringify(down.logged[0]?.['cause'])).toContain('disk I/O error')
    await down.close()
  })
})

describe('a store whose answer to a commit is lost', () => {
  it('is 503, and what is not known is not denied', async () => {
    const lost = new StorageUnavailable({ reason: 'lost at /var/lib/lotbook.db', mayBeWritten: true })
    const unsure = await makeHarness({ ready: () => Effect.fail(lost) })
    const { status, headers, body } = await unsure.send('/health/ready')
    expect([status, headers.get('retry-after')]).toEqual([503, '1'])
    expect(body).toMatchObject({
      detail:
        'the store cannot be read or written now. The change may be written or not: send it again with the same Idempotency-Key, or look whether it is there',
      mayBeWritten: true,
    })
    await unsure.close()
  })
})

describe('the store closed under the app', () => {
  it('is 503 for reads and writes, and never a 500', async () => {
    const closed = await makeHarness()
    await closed.close()
    expect((await closed.send('/v1/lots')).status).toBe(503)
    expect((await closed.send('/v1/units', { json: { name: 'a', symbol: 'b' } })).status).toBe(503)
    expect((await closed.send('/health/ready')).status).toBe(503)
    expect((await closed.send('/health/live')).status).toBe(200)
  })
})
