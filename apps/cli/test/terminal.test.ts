import { copyFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, makeClient } from './client.ts'
import { openLosingProxy } from './losing-proxy.ts'
import { beginOn, type Folder, lotbook, makeFolder, type Server, startServer } from './program.ts'
import { openScreen, type ScreenOptions, type TmuxScreen } from './screen.ts'

const someDay = '2026-11-23'
const held = 'SALT-2026-11-01'
let folder: Folder
let seeded: string
let count = 0
const open: TmuxScreen[] = []

beforeAll(async () => {
  folder = makeFolder()
  seeded = folder.file('seeded.db')
  beginOn(someDay)
  await lotbook(['seed', '--now', someDay, '--db', seeded])
})
afterEach(() => {
  for (const screen of open.splice(0)) screen.close()
})
afterAll(() => folder.remove())

const plant = (): string => {
  count += 1
  const file = folder.file(`plant-${count}.db`)
  copyFileSync(seeded, file)
  return file
}

const start = (args: readonly string[], options: Partial<ScreenOptions> = {}): TmuxScreen => {
  const screen = openScreen(args, { columns: 80, rows: 24, ...options })
  open.push(screen)
  return screen
}

/** The newest records of a ledger, through the program itself. */
const newest = async (db: string, count: number): Promise<readonly Record<string, unknown>[]> =>
  (JSON.parse((await lotbook(['records', '--json', '--limit', `${count}`, '--db', db])).stdout) as { items: [] }).items

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 12 },
]

describe('the terminal', () => {
  it.each(sizes)('holds, releases and consumes a scanned lot by keys alone at $columns × $rows', async (size) => {
    const db = plant()
    const screen = start(['--db', db], size)
    await screen.see('SALT-2026-10-12')
    screen.scan(held)
    await screen.see(/^QA_HOLD {2}1000 kg on hand/mu)
    screen.keys('c')
    await screen.see(/consume: .*QA_HOLD/su)
    screen.keys('r')
    await screen.see('[ Change status ]')
    screen.keys('Enter')
    await screen.see(`${held} is AVAILABLE now`, /^AVAILABLE {2}1000 kg on hand/mu)
    screen.keys('c')
    await screen.see('quantity*')
    screen.keys('12.5', 'C-s')
    await screen.see(/^AVAILABLE {2}987\.5 kg on hand/mu)
    expect(await newest(db, 2)).toMatchObject([
      {
        lotRecordType: 'CONSUME',
        quantity: 12.5,
        inventoryLotName: held,
        createdBy: expect.stringMatching(/^local:/u),
      },
      { lotRecordType: 'STATUS_CHANGE', lotStatus: 'AVAILABLE' },
    ])
    screen.keys('u')
    await screen.see(/^AVAILABLE {2}1000 kg on hand/mu)
    screen.keys('h')
    await screen.see('[ Change status ]')
    screen.keys('Enter')
    await screen.see(`${held} is QA_HOLD now`)
    screen.keys('q')
    expect(await screen.see('ended 0')).not.toContain('on hand')
  })

  it('keeps what was typed and says what is wrong beside the field', async () => {
    const db = plant()
    const screen = start(['--db', db])
    await screen.see('SALT-2026-10-12')
    screen.scan('SALT-2026-10-12')
    await screen.see('406.2 kg on hand')
    screen.keys('m')
    await screen.see('quantity*')
    screen.keys('1,5', 'C-s')
    await screen.see('! must be a decimal number', /destination location\* *\n +! is required/u)
    screen.keys('C-u', '1000000', 'Enter', 'Enter')
    // Tab at once after characters is the end of a code: another key comes between.
    screen.keys('disp', 'End', 'Tab')
    await screen.see(/destination location\* +Dairy\/Warehouse\/Dispatch/u)
    screen.keys('C-s')
    await screen.see(/! .*holds 406\.2 kg/u, /quantity\* +1000000/u)
    screen.keys('Escape')
    await screen.see('[Stock]')
    expect((await newest(db, 1))[0]).not.toMatchObject({ lotRecordType: 'MOVE' })
  })

  it('asks before it scraps, and the default is No', async () => {
    const db = plant()
    const screen = start(['--db', db])
    await screen.see('SALT-2026-10-12')
    screen.scan('SALT-2026-10-12')
    await screen.see('406.2 kg on hand')
    screen.keys('x')
    await screen.see('quantity*')
    screen.keys('6.2', 'C-s')
    await screen.see('Scrap: 6.2 kg of lot SALT-2026-10-12?')
    screen.keys('Enter')
    await screen.see('quantity*             6.2')
    screen.keys('C-s')
    await screen.see('Do it? [y/N]', 'SALT-2026-10-12: AVAILABLE, 400 kg on hand')
    screen.keys('y')
    await screen.see(/^AVAILABLE {2}400 kg on hand/mu)
    expect((await newest(db, 1))[0]).toMatchObject({ lotRecordType: 'SCRAP', quantity: 6.2 })
  })

  it('traces a lot both ways', async () => {
    const screen = start(['--db', plant()])
    await screen.see('SALT-2026-10-12')
    screen.scan('BUTTER-2026-10-22')
    await screen.see('80 kg on hand')
    screen.keys('t')
    await screen.see('made of')
    await screen.see(/^ {3}▾ CREAM-2026-10-19 +2300 l/mu)
    screen.keys('j', 'Left')
    screen.keys('Tab')
    await screen.see('went into')
    await screen.see(/BUT250-2026-10-23/u)
  })

  it('recalls a lot, and holds what it reached after it has said which', async () => {
    const db = plant()
    const screen = start(['--db', db])
    await screen.see('SALT-2026-10-12')
    screen.keys(':recall CREAM-2026-11-02', 'Enter')
    await screen.see(/^Recall CREAM-2026-11-02 3 affected/mu)
    await screen.see(/^ {2}BUTTER-2026-11-05 +AVAILABLE +40 kg/mu)
    screen.keys('Tab', 'Tab')
    await screen.see(/^> To North Market +BUT250-2026-11-06 +1200 pcs/mu)
    screen.keys('h')
    await screen.see('Hold what a recall affects CREAM-2026-11-02')
    screen.keys('C-s')
    await screen.see('Recall of lot CREAM-2026-11-02: put 2 lots on QA_HOLD?')
    await screen.see(/BUTTER-2026-11-05: 40 kg on hand, was AVAILABLE\n +BUT250-2026-11-06: left as it is, SHIPPED/u)
    screen.keys('y')
    await screen.see('2 lots on QA_HOLD now')
    await screen.see(/189 l on hand, 189 held/u)
    const { stdout } = await lotbook(['lots', '--status', 'QA_HOLD', '--db', db])
    expect(stdout).toContain('BUTTER-2026-11-05')
  })

  it('goes to every view by its command, and one step back with Esc', async () => {
    const screen = start(['--db', plant()])
    await screen.see('SALT-2026-10-12')
    screen.keys(':stock Dairy/Warehouse', 'Enter')
    await screen.see(/▾ Warehouse\n.*▸ Cold store/u)
    screen.keys(':records lotRecordType=SCRAP', 'Enter')
    await screen.see(/^Records newest first lotRecordType=SCRAP/mu)
    await screen.see('WRAP-2026-10-12')
    screen.keys('Enter')
    await screen.see(/^Record SCRAP of RAW-/mu)
    screen.keys(':actions', 'Enter')
    await screen.see('Scrap everything at a location')
    for (const title of [/^Record SCRAP/mu, /^Records/mu, /^Stock/mu, /^Lots 40/mu]) {
      screen.keys('Escape')
      await screen.see(title)
    }
    screen.keys('/')
    await screen.see(/^\/ *$/mu)
    screen.keys('BUTTER')
    await screen.see('Lots 6 /BUTTER')
    screen.keys('Escape')
    await screen.see('Lots 40')
  })

  it('shows what another one writes', async () => {
    const db = plant()
    const [one, other] = [start(['--db', db]), start(['--db', db])]
    for (const screen of [one, other]) {
      await screen.see('SALT-2026-10-12')
      screen.scan(held)
      await screen.see('QA_HOLD  1000 kg')
    }
    one.keys('r')
    await one.see('[ Change status ]')
    one.keys('Enter')
    await one.see(`${held} is AVAILABLE now`)
    await other.see('AVAILABLE  1000 kg')
  })

  it('lays itself out again when the screen changes, and shows every key of a view', async () => {
    const screen = start(['--db', plant()])
    await screen.see('EXPIRES')
    screen.resize(40, 12)
    await screen.see(/^(?!.*EXPIRES).*LOT.*STATUS/mu)
    screen.keys('?')
    await screen.see('Opens the lot')
    screen.resize(80, 24)
    await screen.see('Leaves. Ctrl-C works while writing too.')
    screen.keys('Escape')
    await screen.see('SALT-2026-10-12')
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('gives the screen back on %s', async (signal, code) => {
    const screen = start(['--db', plant()])
    await screen.see('SALT-2026-10-12')
    screen.signal(signal)
    expect(await screen.see(`ended ${code}`)).not.toContain('SALT')
  })

  it('leaves a whole ledger behind when it is killed in the middle of a form', async () => {
    const db = plant()
    const before = await newest(db, 1)
    const screen = start(['--db', db])
    await screen.see('SALT-2026-10-12')
    screen.scan(held)
    await screen.see('QA_HOLD  1000 kg')
    screen.keys('r')
    await screen.see('[ Change status ]')
    screen.signal('SIGKILL')
    await screen.see('ended 137')
    expect((await lotbook(['verify', '--db', db])).code).toBe(0)
    expect(await newest(db, 1)).toEqual(before)
  })
})

describe('the terminal on a server', () => {
  let server: Server | undefined
  let closeWay: (() => void) | undefined
  afterEach(async () => {
    closeWay?.()
    await server?.kill('SIGKILL')
  })

  it('works as on a file, says that the server is away, and goes on when it is back', async () => {
    const db = plant()
    const env = { LOTBOOK_ADMIN_KEY: adminKey }
    server = await startServer(['serve', '--db', db], { env })
    // The way to the server stays where it is: nobody else can take its port while the server is away.
    const way = await openLosingProxy(server.url)
    closeWay = way.close
    const screen = start(['--url', way.url], { env: { LOTBOOK_KEY: adminKey } })
    await screen.see('SALT-2026-10-12')
    screen.scan(held)
    await screen.see('QA_HOLD  1000 kg')
    screen.keys('r')
    await screen.see('[ Change status ]')
    screen.keys('Up', 'Up')
    await server.kill('SIGTERM')
    await screen.see('cannot be reached')
    screen.keys('C-s')
    await screen.see('! the store is not available')
    server = await startServer(['serve', '--db', db], { env })
    way.lead(server.url)
    // The sentence of the form is still there, the message below it is gone.
    await screen.see('! the store is not available', /^(?!.*cannot be reached.*cannot be reached)/su)
    screen.keys('C-s')
    await screen.see(`${held} is AVAILABLE now`)
    const records = await makeClient(server.url).get('/v1/lot-records?newestFirst=true&limit=1')
    expect(records.body['items']).toMatchObject([{ lotStatus: 'AVAILABLE', createdBy: 'admin' }])
  })

  it('gives the screen back, says what went wrong and ends with 70 where a view fails on what it is given', async () => {
    const answers = {
      '/v1/lots': { items: [{ id: 'no lot' }], next: null },
      '/v1/checkpoint': { head: '', lastChange: 0 },
    }
    const nonsense = createServer(({ url = '' }, response) => {
      const path = Object.entries(answers).find(([start]) => url.startsWith(start))
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(path?.[1] ?? {}))
    })
    await new Promise<void>((resolve) => nonsense.listen(0, '127.0.0.1', resolve))
    const { port } = nonsense.address() as AddressInfo
    const screen = start(['--url', `http://127.0.0.1:${port}`], { env: { LOTBOOK_KEY: adminKey } })
    const said = await screen.see('ended 70')
    nonsense.close()
    expect(said).toMatch(/^lotbook: TypeError: /u)
    expect(said).not.toMatch(/^Lots/mu)
  })
})
