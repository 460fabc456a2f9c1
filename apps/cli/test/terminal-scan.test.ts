import { copyFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { beginOn, type Folder, lotbook, makeFolder } from './program.ts'
import { openScreen, type TmuxScreen } from './screen.ts'

const someDay = '2026-11-23'
const held = 'SALT-2026-11-01'
const free = 'SALT-2026-10-12'
const other = 'SMP-2026-11-03'
let folder: Folder
let db: string
let screen: TmuxScreen

beforeAll(async () => {
  folder = makeFolder()
  beginOn(someDay)
  await lotbook(['seed', '--now', someDay, '--db', folder.file('seeded.db')])
})
afterAll(() => folder.remove())
afterEach(() => screen.close())

const statuses = async (): Promise<unknown> => {
  const { stdout } = await lotbook(['lots', '--json', '--limit', '200', '--db', db])
  const { items } = JSON.parse(stdout) as { readonly items: readonly Record<string, unknown>[] }
  return Object.fromEntries(items.map(({ name, status }) => [name, status]))
}

const openLot = async (name: string, file: string): Promise<void> => {
  db = folder.file(file)
  copyFileSync(folder.file('seeded.db'), db)
  screen = openScreen(['--db', db], { columns: 80, rows: 24 })
  await screen.see(free)
  screen.scan(name)
  await screen.see(new RegExp(`^Lot ${name}`, 'mu'), 'on hand')
}

describe('a form of the terminal', () => {
  it.each([
    ['h', free, 'QA_HOLD'],
    ['r', held, 'AVAILABLE'],
  ])(
    'that %s opened does nothing with another lot that is scanned, nor with Tab, but with Enter',
    async (key, name, status) => {
      await openLot(name, `${key}.db`)
      const before = await statuses()
      screen.keys(key)
      await screen.see(/^> \[ Change status \]/mu)
      screen.scan(other)
      await screen.see(
        `“${other}” was scanned or typed where no field is: nothing was done`,
        /^> \[ Change status \]/mu,
      )
      screen.keys('Tab')
      await screen.see('Tab does nothing here', new RegExp(`^Change status ${name}`, 'mu'))
      expect(await statuses()).toEqual(before)
      screen.keys('Enter')
      await screen.see(`${name} is ${status} now`)
      expect(await statuses()).toEqual({ ...(before as object), [name]: status })
    },
  )

  it('takes a long text that is pasted, says what does not fit, and goes on', async () => {
    await openLot(free, 'pasted.db')
    screen.keys('m')
    await screen.see(/^> quantity\*/mu)
    screen.keys('7'.repeat(5000))
    await screen.see(/^> quantity\* +7{40,}/mu, /a line takes 4000 characters: \d+ were left out/u)
    screen.keys('C-u', '5')
    await screen.see(/^> quantity\* +5 *$/mu)
  })
})
