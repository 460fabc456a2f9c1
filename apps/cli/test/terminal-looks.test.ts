import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { beginOn, type Folder, lotbook, makeFolder } from './program.ts'
import { openScreen, type ScreenOptions, type TmuxScreen } from './screen.ts'

const held = 'SALT-2026-11-01'
let folder: Folder
let seeded: string
let count = 0
const open: TmuxScreen[] = []

beforeAll(async () => {
  folder = makeFolder()
  seeded = folder.file('seeded.db')
  beginOn('2026-11-23')
  await lotbook(['seed', '--now', '2026-11-23', '--db', seeded])
})
afterEach(() => {
  for (const screen of open.splice(0)) screen.close()
})
afterAll(() => folder.remove())

const start = (options: Partial<ScreenOptions>, db = seeded) => {
  count += 1
  const raw = folder.file(`raw-${count}`)
  const screen = openScreen(['terminal', '--db', db], { columns: 80, rows: 24, raw, ...options })
  open.push(screen)
  return {
    ...screen,
    /** Ends the program, and returns every byte that it wrote to its terminal. */
    ended: async (): Promise<string> => {
      const now = await screen.see('')
      if (!now.includes('ended')) screen.keys('C-c')
      await screen.see('ended')
      await screen.until(() => readFileSync(raw, 'utf8').includes('ended'))
      return readFileSync(raw, 'utf8')
    },
  }
}

// Foreground and background colours, also those of 256 and of all.
const colour = /\u001b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m/u
/** The foreground colours: what is left of the screen without them is what somebody sees in grey. */
const words = (screen: string): string => screen.replace(/\S+\.db$/mu, '').replaceAll(/ +$/gmu, '')

describe('the looks of the terminal', () => {
  it('uses no colour with NO_COLOR, and says the same words with and without', async () => {
    const seen: string[] = []
    for (const env of [{ NO_COLOR: '1' }, {}]) {
      const screen = start({ env })
      await screen.see(/^> SALT-2026-10-12 +AVAILABLE .*Dry store/mu)
      await screen.see(/Line 1/u)
      screen.scan(held)
      await screen.see(/^QA_HOLD {2}1000 kg on hand/mu)
      screen.keys('Tab')
      const lot = await screen.see(/^> h +hold +the lot is QA_HOLD already/mu)
      screen.keys('c')
      seen.push(words(lot), words(await screen.see('Release it first')))
      const raw = await screen.ended()
      expect(colour.test(raw)).toBe(!('NO_COLOR' in env))
    }
    const [lot, why, lotInColour, whyInColour] = seen
    expect([lotInColour, whyInColour]).toEqual([lot, why])
  })

  it('opens no full screen on a terminal that cannot move its cursor, and says what prints plain text', async () => {
    const screen = start({ env: { TERM: 'dumb' } })
    await screen.see('ended 2')
    const raw = await screen.ended()
    expect(raw).toContain('lotbook lots, lot, records, stock and trace print plain text')
    expect(raw).not.toContain('\u001b')
  })

  it('lays every view out again at any size, and never writes beyond the screen', async () => {
    const screen = start({})
    await screen.see('SALT-2026-10-12')
    screen.scan(held)
    await screen.see('1000 kg on hand')
    for (const [columns, rows] of [
      [40, 12],
      [120, 40],
      [20, 6],
      [80, 24],
    ] as const) {
      screen.resize(columns, rows)
      // The title in the first line and the keys in the last but one: nothing has scrolled away.
      await screen.until((text) => {
        const lines = text.split('\n')
        return lines[0]?.startsWith('Lot SALT-2026-11-01') === true && lines[rows - 2]?.includes('? help') === true
      })
    }
  })
})

// Each in a name and in notes: a colour, a title, a link, a C1 control, a reversed direction, a bell.
const evil = '\u001b[5;45mEVIL\u001b]0;title\u0007\u001b]8;;http://evil\u001b\\\u009b2J\u202e'

describe('what is stored', () => {
  it('never reaches the terminal as an escape sequence', async () => {
    const db = folder.file('evil.db')
    copyFileSync(seeded, db)
    // Past every rule of the ledger, as in a file that somebody else has written.
    const script = `import sqlite3, sys
db, evil = sys.argv[1], sys.argv[2]
with sqlite3.connect(db) as ledger:
    ledger.execute("update lot set name = ? || name, notes = ?, supplier_id = ? where name = ?", (evil, evil, evil, "${held}"))
    ledger.execute("update lot_record set notes = ?, created_by = ?", (evil, evil))
    ledger.execute("update location set path = 'Dairy/Warehouse/Dry store' || ? where path = 'Dairy/Warehouse/Dry store'", (evil,))
    ledger.execute("update material set path = path || ? where path = 'Ingredients/Salt'", (evil,))
`
    const python = spawnSync('python3', ['-c', script, db, evil], { encoding: 'utf8' })
    expect(python.stderr).toBe('')
    const screen = start({ columns: 160, rows: 40 }, db)
    await screen.see(/·\[5;45mEVIL/u)
    screen.scan((await heldLot(db)) ?? '')
    await screen.see(/^QA_HOLD {2}1000 kg on hand.*from ·\[5;45mEVIL/mu)
    screen.keys('Tab')
    await screen.see('CONSUME of lot ·[5;45mEVIL')
    screen.keys('c')
    await screen.see(/^consume: .*·\[5;45mEVIL/mu)
    screen.keys('Tab')
    await screen.see(/RECEIVE.*EVIL/u)
    screen.keys('Enter')
    await screen.see(/^ *>? *notes +·\[5;45mEVIL/mu)
    screen.keys('Escape', 't')
    await screen.see(/Trace ·\[5;45mEVIL/u)
    screen.keys('Escape', 's')
    await screen.see(/Split ·\[5;45mEVIL/u)
    screen.keys('Escape', 'M')
    await screen.see(/Merge ·\[5;45mEVIL/u)
    screen.keys('Escape', ':')
    await screen.see(/^:/mu)
    screen.keys('stock', 'Enter')
    await screen.see('▸ Dairy')
    screen.keys('Enter')
    await screen.see('▸ Warehouse')
    screen.keys('G', 'Enter')
    await screen.see('Dry store·[5;45mEVIL')
    const raw = await screen.ended()
    expect(raw).toContain('·[5;45mEVIL·]0;title··]8;;http://evil·\\·2J·')
    expect(raw).not.toMatch(/\u001b\[[0-9;]*(?:5;45|45)m/u)
    expect(raw).not.toMatch(/\u001b\]|\u0007|[\u0080-\u009f]|[\u202a-\u202e\u2066-\u2069]/u)
  })
})

/** The id of the lot on hold, whatever it is called. */
const heldLot = async (db: string): Promise<string | undefined> => {
  const { stdout } = await lotbook(['lots', '--status', 'QA_HOLD', '--json', '--db', db])
  return (JSON.parse(stdout) as { readonly items: readonly { readonly id: string }[] }).items[0]?.id
}
