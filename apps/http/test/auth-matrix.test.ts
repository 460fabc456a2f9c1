import { grants, type Permission, permissions } from '@lotbook/domain'
import { Effect } from 'effect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documented } from './contract.ts'
import { type Got, type Harness, makeHarness, makeTestPlant, type TestPlant, testNow } from './harness.ts'

let app: Harness
let plant: TestPlant
const secrets = new Map<string, string>()

/** A key for each permission alone, and one for everything but that. */
beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
  for (const grant of grants) secrets.set(grant, await app.key(`only ${grant}`, [grant]))
  for (const permission of permissions) {
    const others = permissions.filter((other) => other !== permission)
    secrets.set(`all but ${permission}`, await app.key(`all but ${permission}`, others))
  }
})
afterAll(() => app.close())

// A request that gets past every permission: an empty body is refused for its fields, after the permission is asked for.
const call = (method: string, path: string, secret: string | null): Promise<Got> => {
  const id = path.startsWith('/v1/lot-records') ? plant.receipt : plant.lot
  const url = path.replace('{id}', id)
  return app.send(url, { method, secret, ...(['POST', 'PATCH'].includes(method) && { json: {} }) })
}

const closed = documented.filter(({ operation }) => operation.security.length > 0)
const open = documented.filter(({ operation }) => operation.security.length === 0)
const needing = closed.flatMap(({ method, path, operation }) => {
  const permission = operation['x-permission']
  const modes = Object.entries(operation['x-permission-of-mode'] ?? {})
  const ofModes = modes.map(([query, needed]) => ({
    method,
    path: `${path}?${query}`,
    permission: needed as Permission,
  }))
  return typeof permission === 'string' ? [{ method, path, permission: permission as Permission }] : ofModes
})

describe('the document', () => {
  it('names the permission of every operation that needs a key', () => {
    expect(open.map(({ path }) => path).sort()).toEqual([
      '/docs',
      '/health/live',
      '/health/ready',
      '/openapi.json',
      '/trace',
    ])
    const any = closed.filter(({ operation }) => operation['x-permission'] === null)
    const ids = any.map(({ operation }) => operation.operationId)
    expect(ids.filter((id) => !/^new[A-Z]/u.test(id)).sort()).toEqual([
      'executeInventoryActions',
      'exportRows',
      'getInventoryPermissions',
      'importRows',
      'reverseLotRecord',
    ])
    const templates = documented.filter(({ path }) => path.endsWith('/new'))
    expect(templates.map(({ operation }) => operation.operationId).sort()).toEqual(
      ids.filter((id) => /^new[A-Z]/u.test(id)).sort(),
    )
  })
})

describe('without a key', () => {
  it.each(open)('$method $path answers', async ({ method, path }) => {
    expect((await call(method, path, null)).status).toBe(200)
  })

  it.each(closed)('$method $path answers 401', async ({ method, path }) => {
    expect((await call(method, path, null)).status).toBe(401)
  })
})

describe('with a key that is no good', () => {
  it('every operation answers 401, and nothing happens', async () => {
    const expired = await app.key('expired', ['INVENTORY'], testNow)
    const revoked = await app.key('revoked', ['INVENTORY'])
    await Effect.runPromise(app.keys.revoke('revoked', { actor: 'test', now: testNow }))
    const good = await app.key('good', ['INVENTORY'])
    const head = await app.head()
    const wrong: string[] = []
    for (const { method, path } of closed)
      for (const secret of [expired, revoked, good.toUpperCase(), good.slice(0, -1), `${good}x`, 'none']) {
        const { status, body } = await call(method, path, secret)
        if (status !== 401 || body['type'] !== '/problems/key-not-valid') wrong.push(`${method} ${path} → ${status}`)
      }
    expect(wrong).toEqual([])
    expect(await app.head()).toEqual(head)
  })
})

describe('with a key that lacks the permission', () => {
  it.each(needing)('$method $path answers 403 and names $permission', async ({ method, path, permission }) => {
    const { status, body } = await call(method, path, secrets.get(`all but ${permission}`) ?? '')
    expect([status, body['permission']]).toEqual([403, permission])
  })
})

describe('with a key that has just the permission, or a parent of it', () => {
  const enough = needing.flatMap((entry) => {
    const parents = grants.filter((grant) => entry.permission === grant || entry.permission.startsWith(`${grant}.`))
    return parents.map((grant) => ({ ...entry, grant }))
  })
  it.each(enough)('$grant: $method $path is not refused for it', async ({ method, path, permission, grant }) => {
    const { status, body } = await call(method, path, secrets.get(grant) ?? '')
    expect([401, 500]).not.toContain(status)
    if (status === 403) expect(body['permission']).not.toBe(permission)
  })
})

describe('with a key that has any other single permission', () => {
  it('every operation answers 403', async () => {
    const wrong: string[] = []
    for (const { method, path, permission } of needing)
      for (const grant of grants) {
        if (permission === grant || permission.startsWith(`${grant}.`)) continue
        const { status } = await call(method, path, secrets.get(grant) ?? '')
        if (status !== 403) wrong.push(`${grant}: ${method} ${path} → ${status}`)
      }
    expect(wrong).toEqual([])
  })
})

describe('the permission of the record type', () => {
  const byType = {
    RECEIVE: 'RECEIVE',
    PRODUCE: 'PRODUCE',
    UNCONSUME: 'UNCONSUME',
    RETURN: 'RETURN',
    EDIT: 'EDIT',
  } as const
  it.each(Object.entries(byType))('%s is asked for when it is saved', async (lotRecordType, name) => {
    const permission = `INVENTORY.WRITE.${name}` as Permission
    const json = { lotRecordType, inventoryLotId: plant.lot, status: 'RUNNING' }
    const secret = secrets.get(`all but ${permission}`) ?? ''
    const { status, body } = await app.send('/v1/lot-records', { json, secret })
    expect([status, body['permission']]).toEqual([403, permission])
  })

  it('is asked for when a record is reversed', async () => {
    const path = `/v1/lot-records/${plant.receipt}/reverse`
    const secret = secrets.get('all but INVENTORY.WRITE.RECEIVE') ?? ''
    const { status, body } = await app.send(path, { method: 'POST', secret })
    expect([status, body['permission']]).toEqual([403, 'INVENTORY.WRITE.RECEIVE'])
  })
})
