import { StorageUnavailable } from '@lotbook/domain'
import { Effect } from 'effect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness, makeTestPlant, type TestPlant } from '../../test/harness.ts'
import { type Served, serve } from '../serve.ts'

let app: Harness
let plant: TestPlant
let served: Served
let secret: string

const lots = 450

beforeAll(async () => {
  app = await makeHarness()
  plant = await makeTestPlant(app)
  const call = { actor: 'test', grants: ['INVENTORY'] } as const
  for (let n = 0; n < lots; n++)
    await Effect.runPromise(app.inventory.saveLot({ name: `M-${n}`, materialId: plant.material }, call))
  secret = await app.key('reader', ['INVENTORY.READ'])
  served = await serve({ app: app.app, host: '127.0.0.1', port: 0, log: () => undefined })
})
afterAll(async () => {
  await served.close()
  await app.close()
})

const list = async (path: string) => {
  const { status, body } = await app.send(`/v1/inventory/${path}`)
  return [status, body] as const
}
const stock = [expect.objectContaining({ locationPath: 'Plant/Dock', lotName: 'S-1', quantity: 100 })]
const authorization = () => ({ Authorization: `Bearer ${secret}` })

describe('the functions that answer with every row', () => {
  it.each([
    'get-all-inventory',
    'get-all-inventory-at-location?locationIdOrPath=Plant/Dock',
    'get-all-inventory-for-location-and-children',
    'get-all-inventory-for-location-and-children?locationIdOrPath=Plant',
    'get-inventory-for-material?materialIdOrPath=Raw/Sugar',
  ])('answer stock as an array: %s', async (path) => {
    expect(await list(path)).toEqual([200, stock])
  })

  it('answer an empty array where there is nothing', async () => {
    expect(await list(`get-all-inventory-at-location?locationIdOrPath=${plant.cellar}`)).toEqual([200, []])
  })

  it.each(['get-all-lots', 'get-lots-for-material?materialIdOrPath=Raw%2FSugar'])(
    'answer with more than fits on a page, in one array: %s',
    async (path) => {
      const response = await fetch(`${served.url}/v1/inventory/${path}`, { headers: authorization() })
      const rows = (await response.json()) as { name: string }[]
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
      expect(rows.map(({ name }) => name)).toEqual(['S-1', ...Array.from({ length: lots }, (_, n) => `M-${n}`)])
    },
  )

  it('answer HEAD without a body', async () => {
    const response = await fetch(`${served.url}/v1/inventory/get-all-lots`, {
      method: 'HEAD',
      headers: authorization(),
    })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  it('say what is missing, unknown or not there', async () => {
    const missing = await app.send('/v1/inventory/get-lots-for-material')
    expect([missing.status, missing.body['errors']]).toEqual([422, { materialIdOrPath: ['is required'] }])
    const unknown = await app.send('/v1/inventory/get-all-lots?cursor=x')
    expect([unknown.status, unknown.body['errors']]).toEqual([422, { cursor: ['is not a parameter of this request'] }])
    const none = await app.send('/v1/inventory/get-all-inventory-at-location?locationIdOrPath=No/No')
    expect([none.status, none.body['kind']]).toEqual([404, 'location'])
  })
})

describe('an answer that is sent page by page', () => {
  const pagesOf = async (change: (page: number) => Effect.Effect<void, StorageUnavailable>) => {
    let asked = 0
    const { getAllLots } = app.inventory.pages
    const pages: typeof app.inventory.pages = {
      ...app.inventory.pages,
      getAllLots: (...args) => {
        asked += 1
        return Effect.andThen(change(asked), getAllLots(...args))
      },
    }
    const other = await makeHarness({ inventory: { ...app.inventory, pages }, keys: app.keys })
    const server = await serve({ app: other.app, host: '127.0.0.1', port: 0, log: () => undefined })
    const url = `${server.url}/v1/inventory/get-all-lots`
    return {
      url,
      read: other.app.request,
      asked: () => asked,
      logged: other.logged,
      close: () => server.close().then(other.close),
    }
  }

  it('is broken off, not ended, where a later page cannot be read', async () => {
    const down = new StorageUnavailable({ reason: 'the disk is gone' })
    const { url, asked, logged, close } = await pagesOf((page) => (page < 3 ? Effect.void : Effect.fail(down)))
    const response = await fetch(url, { headers: authorization() })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
    expect(asked()).toBe(3)
    expect(logged).toContainEqual(expect.objectContaining({ level: 'error', message: 'an answer was cut off' }))
    await close()
  })

  it('is not read on once the client has gone', async () => {
    const { read, asked, close } = await pagesOf(() => Effect.void)
    const { body } = await read('/v1/inventory/get-all-lots', { headers: authorization() })
    const reader = body?.getReader()
    expect(asked()).toBe(1)
    await reader?.read()
    await reader?.read()
    expect(asked()).toBe(2)
    await reader?.cancel()
    expect([await reader?.read(), asked()]).toEqual([{ done: true, value: undefined }, 2])
    await close()
  })
})
