import { copyFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, itemsOf, makeClient } from './client.ts'
import { openLosingProxy } from './losing-proxy.ts'
import { beginOn, type Folder, lotbook, makeFolder, startServer } from './program.ts'
import { openScreen, type TmuxScreen } from './screen.ts'

const lot = 'SALT-2026-10-12'
let folder: Folder
let seeded: string
let count = 0
const cleanUp: (() => void)[] = []

beforeAll(async () => {
  folder = makeFolder()
  seeded = folder.file('seeded.db')
  beginOn('2026-11-23')
  await lotbook(['seed', '--now', '2026-11-23', '--db', seeded])
})
afterEach(() => {
  for (const done of cleanUp.splice(0).toReversed()) done()
})
afterAll(() => folder.remove())

const plant = (): string => {
  count += 1
  const file = folder.file(`plant-${count}.db`)
  copyFileSync(seeded, file)
  return file
}

const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}): TmuxScreen => {
  const screen = openScreen(args, { columns: 80, rows: 24, env })
  cleanUp.push(() => screen.close())
  return screen
}

const serve = async (db: string) => {
  const server = await startServer(['serve', '--db', db], { env: { LOTBOOK_ADMIN_KEY: adminKey } })
  cleanUp.push(() => void server.kill('SIGKILL'))
  return server
}

const openConsume = async (screen: TmuxScreen, quantity: string): Promise<void> => {
  await screen.see(lot)
  screen.scan(lot)
  await screen.see(/^AVAILABLE {2}406\.2 kg on hand/mu)
  screen.keys('c')
  await screen.see('quantity*')
  screen.keys(quantity)
  await screen.see(new RegExp(`quantity\\* +${quantity}`, 'u'))
}

/** What was consumed of the lot by hand, newest first. */
const consumed = async (db: string): Promise<readonly unknown[]> => {
  const { stdout } = await lotbook(['records', '--lot', lot, '--type', 'CONSUME', '--limit', '2', '--json', '--db', db])
  return (JSON.parse(stdout) as { readonly items: readonly Record<string, unknown>[] }).items.map(
    ({ quantity }) => quantity,
  )
}

describe('two terminals', () => {
  it.each(['a file', 'a server'])(
    'on %s: who comes second is told so in a sentence and keeps what was typed',
    async (over) => {
      const db = plant()
      const server = over === 'a server' ? await serve(db) : undefined
      const [args, env] = server === undefined ? [['--db', db], {}] : [['--url', server.url], { LOTBOOK_KEY: adminKey }]
      const [one, other] = [start(args, env), start(args, env)]
      await Promise.all([openConsume(one, '400'), openConsume(other, '300.5')])
      one.keys('C-s')
      await one.see(/^AVAILABLE {2}6\.2 kg on hand/mu)
      other.keys('C-s')
      await other.see(/! .* 6\.2 kg/u, /quantity\* +300\.5/u)
      // What is left is enough for less, which goes on from what stands there.
      other.keys('C-u', '6', 'C-s')
      await other.see(/^AVAILABLE {2}0\.2 kg on hand/mu)
      await one.see(/^AVAILABLE {2}0\.2 kg on hand/mu)
      expect(await consumed(db)).toEqual([6, 400])
    },
  )
})

describe('the terminal on a server', () => {
  it('shows what others write: the correction of an old record, and what is no record', async () => {
    const server = await serve(plant())
    const client = makeClient(server.url)
    const screen = start(['--url', server.url], { LOTBOOK_KEY: adminKey })
    await screen.see(/SALT-2026-10-12 +AVAILABLE +406\.2 kg/u)
    const lots = await client.get(`/v1/lots?name=${lot}`)
    const records = await client.get(
      `/v1/lot-records?lot=${String(itemsOf(lots)[0]?.['id'])}&lotRecordType=CONSUME&newestFirst=true`,
    )
    const [old] = itemsOf(records)
    const corrected = await client.post('/v1/lot-records', {
      id: old?.['id'],
      quantity: Number(old?.['quantity']) - 1,
    })
    expect(corrected.status).toBe(200)
    await screen.see(/SALT-2026-10-12 +AVAILABLE +407\.2 kg/u)
    const saved = await client.post('/v1/lots', {
      id: corrected.body['inventoryLotId'],
      expirationDate: '2029-05-06T00:00:00Z',
    })
    expect(saved.status).toBe(200)
    await screen.see(/SALT-2026-10-12 .* 2029-05-06/u)
  })
})

describe('the terminal on a server whose answers get lost', () => {
  it('sends what was sent again as the same request, so that it happens once', async () => {
    const db = plant()
    const server = await serve(db)
    const proxy = await openLosingProxy(server.url)
    cleanUp.push(proxy.close)
    const screen = start(['--url', proxy.url], { LOTBOOK_KEY: adminKey })
    await openConsume(screen, '100')
    proxy.lose(true)
    screen.keys('C-s')
    await screen.see('! the store is not available', /quantity\* +100/u)
    proxy.lose(false)
    screen.keys('C-s')
    await screen.see(/^AVAILABLE {2}306\.2 kg on hand/mu)
    const keys = proxy.posts.map((headers) => headers['idempotency-key'])
    expect(keys.length).toBeGreaterThan(1)
    expect(new Set(keys).size).toBe(1)
    expect((await consumed(db)).filter((quantity) => quantity === 100)).toEqual([100])
  })
})
