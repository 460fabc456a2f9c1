import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright-core'

// `npm run docs:page` writes docs/page/*.png: what the page /trace of the running program shows in Chromium, on the
// sample plant.

const root = join(import.meta.dirname, '..', '..', '..')
const program = join(root, 'apps', 'cli', 'bin', 'lotbook.mjs')
const pictures = join(root, 'docs', 'page')
const today = '2026-11-23'
// The clock of the program starts at that moment: what is expired does not depend on when this is run.
const clock = `const behind = Date.now() - Date.parse('${today}T08:00:00Z'); const now = Date.now; Date.now = () => now() - behind`
const key = 'a-key-for-pictures'
const butter = 'BUTTER-2026-10-22'

interface Shot {
  readonly name: string
  readonly width?: number
  readonly height?: number
  readonly colorScheme?: 'light' | 'dark'
  readonly lot: string
  readonly steps?: (page: Page) => Promise<void>
}

const details = async (page: Page): Promise<void> => {
  await page.locator('.lot', { hasText: 'SALT-2026-10-12' }).click()
  await page.locator('.history li').first().waitFor()
  await page.locator('.stock li').first().waitFor()
  await page.locator('.details').filter({ hasNotText: 'Reading…' }).waitFor()
  await page.getByRole('button', { name: 'Fit' }).click()
}

const shots: readonly Shot[] = [
  { name: 'picture', lot: butter },
  { name: 'details-dark', lot: butter, colorScheme: 'dark', steps: details },
  {
    name: 'filter',
    lot: 'SALT-2026-10-12',
    steps: async (page) => {
      await page.getByRole('button', { name: 'Filter' }).click()
      await page.getByRole('checkbox', { name: 'SHIPPED' }).check()
      await page.getByRole('button', { name: 'Fit' }).click()
    },
  },
  {
    name: 'lots',
    lot: butter,
    steps: async (page) => {
      await page.getByRole('tab', { name: 'Lots' }).click()
      await page.locator('tbody tr').first().waitFor()
    },
  },
  {
    name: 'ends',
    lot: 'SALT-2026-10-12',
    steps: async (page) => {
      await page.getByRole('tab', { name: 'Where it ended' }).click()
      await page.locator('.ended[aria-busy=false]').waitFor()
    },
  },
  {
    name: 'search',
    lot: butter,
    steps: async (page) => {
      await page.getByRole('combobox', { name: /Search a lot/u }).fill('cream')
      await page.getByRole('option', { name: /CREAM/u }).first().waitFor()
    },
  },
  { name: 'narrow', lot: butter, width: 400, height: 860 },
]

const folder = mkdtempSync(join(tmpdir(), 'lotbook-page-'))
const { PATH = '', HOME = '' } = process.env
const env = { PATH, HOME, PORT: '0', LOTBOOK_ADMIN_KEY: key, LOTBOOK_LOG: 'silent' }
const withClock = ['--import', './clock.mjs', program]

// The sample is drawn in one go: where nothing is placed any more, all of it is there.
const drawn = (page: Page) => page.locator('svg.canvas[aria-busy="false"]:not([data-lots="0"])').waitFor()

try {
  writeFileSync(join(folder, 'clock.mjs'), clock)
  mkdirSync(pictures, { recursive: true })
  const seeding = [...withClock, 'seed', '--now', today, '--db', 'plant.db']
  const seeded = spawnSync(process.execPath, seeding, { cwd: folder, env, encoding: 'utf8' })
  if (seeded.status !== 0) throw new Error(seeded.stderr)
  const server = spawn(process.execPath, [...withClock, 'serve', '--db', 'plant.db'], { cwd: folder, env })
  try {
    const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string]
    const url = line.replace(/^.* on /u, '')
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    })
    try {
      for (const { name, lot, steps, width = 1280, height = 720, colorScheme = 'light' } of shots) {
        const size = { viewport: { width, height }, colorScheme, timezoneId: 'UTC', reducedMotion: 'reduce' } as const
        const context = await browser.newContext(size)
        const page = await context.newPage()
        await page.goto(`${url}/trace`)
        await page.getByLabel('API key').fill(key)
        await page.keyboard.press('Enter')
        await page.getByRole('combobox', { name: /Search a lot/u }).fill(lot)
        await page.getByRole('option', { name: lot }).waitFor()
        await page.keyboard.press('Enter')
        await drawn(page)
        await steps?.(page)
        await page.screenshot({ path: join(pictures, `${name}.png`) })
        await context.close()
      }
    } finally {
      await browser.close()
    }
  } finally {
    server.kill('SIGTERM')
    await once(server, 'close')
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
