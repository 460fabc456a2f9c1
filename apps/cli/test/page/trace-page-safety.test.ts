import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { adminKey } from '../client.ts'
import { lotbook, startServer } from '../program.ts'
import type { TracePage } from './browser.ts'
import { butter, serveTraced } from './served.ts'
import { wickedName } from './trace-rows.ts'

const served = serveTraced()

const files = (now: TracePage) => now.page.getByRole('group', { name: 'Export' })

const exported = async (now: TracePage, format: string): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
  const download = now.page.waitForEvent('download')
  await files(now).getByRole('button', { name: format, exact: true }).click()
  const file = await download
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

describe('the key of the page', () => {
  it('is asked for, kept in the tab, sent in a header only, and forgotten on leaving', async () => {
    const now = await served.browser.open(served.server.url)
    await now.search(butter)
    await now.drawn()
    const kept = () =>
      now.page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]))
    expect(await kept()).toBe(JSON.stringify([{ 'lotbook-key': adminKey }, {}, '']))
    expect(now.requests.filter((url) => url.includes(adminKey))).toEqual([])
    expect(await now.page.evaluate(() => location.href)).not.toContain(adminKey)
    await now.page.reload()
    await now.drawn()
    await now.page.getByRole('button', { name: 'Leave' }).click()
    await now.page.getByLabel('API key').waitFor()
    await expect.poll(kept).toBe('[{},{},""]')
    await now.close()
  })

  it('is asked for again where the server does not take it, also in the middle of the work', async () => {
    const { stdout } = await lotbook(['keys', 'create', 'tablet', '--grant', 'INVENTORY.READ', '--db', served.db])
    const now = await served.browser.open(served.server.url, { key: 'lb_wrong' })
    await now.page.getByText('The server does not take this key').waitFor()
    await now.enterKey(stdout.trim())
    await now.search(butter)
    await now.drawn()
    await lotbook(['keys', 'revoke', 'tablet', '--db', served.db])
    await now.page.getByText('Where to').click()
    await now.page.getByText('The server does not take this key').waitFor()
    await now.close()
  })

  it('says what a key lacks', async () => {
    const { stdout } = await lotbook([
      'keys',
      'create',
      'no reader',
      '--grant',
      'INVENTORY.WRITE.MOVE',
      '--db',
      served.db,
    ])
    const now = await served.browser.open(served.server.url, { key: stdout.trim() })
    await now.page.getByText('this needs the permission INVENTORY.READ.GET').first().waitFor()
    await now.close()
  })
})

describe('what the page shows', () => {
  it('is text, whatever a name holds', async () => {
    const now = await served.browser.open(served.server.url)
    await now.search('ODD-A')
    await now.drawn()
    const { page } = now
    expect(await now.lot('ODD-A').count()).toBe(1)
    const wicked = page.locator('.lot').filter({ hasText: 'Wicked' })
    await wicked.click()
    await page.getByRole('heading', { level: 2, name: wickedName }).waitFor()
    for (const tab of ['Lots', 'Steps', 'Where it ended']) {
      await page.getByRole('tab', { name: tab }).click()
      await page.getByRole('button', { name: wickedName }).first().waitFor()
    }
    await page.getByRole('combobox', { name: /Search a lot/u }).fill('<img')
    await page.getByRole('listbox', { name: 'Lots' }).getByRole('option').first().waitFor()
    const svg = (await exported(now, 'SVG')).bytes.toString()
    expect(svg).toContain('&lt;img src=x onerror=')
    expect(svg).not.toContain('<img')
    expect(await page.evaluate(() => 'owned' in globalThis)).toBe(false)
    expect(await page.locator('img, script:not([src]), #app svg svg').count()).toBe(0)
    expect(now.errors).toEqual([])
    await now.close()
  })

  it('runs under a policy that lets no script in but its own', async () => {
    const answer = await fetch(`${served.server.url}/trace`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).not.toMatch(/unsafe|https?:|\*/u)
    expect(policy).toContain("default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'")
    expect(await answer.text()).not.toMatch(/ style=| on\w+=|<script>/u)
    const now = await served.browser.open(served.server.url)
    await now.search(butter)
    await now.drawn()
    const refused = await now.page.evaluate(() => {
      const script = document.createElement('script')
      try {
        script.textContent = 'globalThis.owned = 1'
        document.body.append(script)
      } catch (error) {
        return String(error)
      }
      return 'owned' in globalThis ? 'it ran' : 'it did not run'
    })
    expect(refused).not.toBe('it ran')
    await now.close()
  })

  it('comes from this server alone', async () => {
    const now = await served.browser.open(served.server.url)
    await now.search(butter)
    await now.drawn()
    await now.lot(butter).click()
    await now.page.locator('.history li').first().waitFor()
    await exported(now, 'PNG')
    const elsewhere = now.requests.filter((url) => !/^(?:blob:)?http:\/\/127\.0\.0\.1:\d+\/|^data:/u.test(url))
    expect(elsewhere).toEqual([])
    expect(now.requests.filter((url) => !url.includes(served.server.url))).toEqual(
      now.requests.filter((url) => url.startsWith('data:')),
    )
    // What Chromium itself asks of its maker, for updates and its forms, is no request of the page.
    const ofChromium = /^(?:https?:\/\/)?[\w.-]*\.(?:google|googleapis|gvt1)\.com(?:[:/]|$)/u
    expect(served.browser.askedElsewhere.filter((address) => !ofChromium.test(address))).toEqual([])
    await now.close()
  })

  it('says when a lot is not there, when nothing is joined to it, and when the server is gone', async () => {
    const now = await served.browser.open(served.server.url, { address: '#lot=01JJCQEJYG-00000000-00000000' })
    await now.page.getByRole('alert').filter({ hasText: 'no lot has the id or name' }).waitFor()
    await now.search('LONELY')
    await now.page.getByText('No record joins this lot to another one.').waitFor()
    const own = await startServer(['serve', '--db', served.folder.file('gone.db')], {
      env: { LOTBOOK_ADMIN_KEY: adminKey },
    })
    const empty = await served.browser.open(own.url)
    await empty.page.getByText('There are no lots yet.').waitFor()
    await own.kill('SIGKILL')
    await empty.page.getByRole('combobox', { name: /Search a lot/u }).fill('x')
    await empty.page.getByText('Look whether Lotbook still runs').waitFor()
    await empty.close()
    await now.close()
  })
})

describe('files of a trace', () => {
  it('are a PNG and an SVG of the picture, a CSV as the API writes it, and the report of a recall', async () => {
    const now = await served.browser.open(served.server.url, { colorScheme: 'dark' })
    await now.search(butter)
    const names = await now.drawn()

    const svg = await exported(now, 'SVG')
    expect(svg.name).toBe(`trace-${butter}.svg`)
    const text = svg.bytes.toString()
    for (const name of names) expect(text).toContain(`>${name}<`)
    expect(text).toContain('>MERGE 40 kg<')
    // For paper: light also where the page is dark, and whole without the page.
    expect(text).toContain('fill="#ffffff"')
    expect(text).not.toContain('var(')

    const png = await exported(now, 'PNG')
    expect([png.name, png.bytes.subarray(1, 4).toString()]).toEqual([`trace-${butter}.png`, 'PNG'])
    const [, width = '0', height = '0'] = /<svg[^>]* width="(\d+)" height="(\d+)"/u.exec(text) ?? []
    expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)])
    // Not an empty one: what is drawn does not compress to nothing.
    expect(png.bytes.length).toBeGreaterThan(30_000)

    const id = await now.page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('lot') ?? '')
    const ofApi = (path: string) =>
      fetch(`${served.server.url}/v1/lots/${id}/${path}`, { headers: { Authorization: `Bearer ${adminKey}` } })
    const csv = await exported(now, 'CSV')
    expect(csv.bytes.toString()).toBe(await (await ofApi('trace?format=csv&limit=2000')).text())

    const report = await exported(now, 'Recall report')
    expect(report.name).toBe(`recall-${butter}.html`)
    expect(report.bytes.toString()).toMatch(/^<!doctype html>/iu)
    expect(report.bytes.toString()).toContain('BUT250-')
    expect(now.errors).toEqual([])
    await now.close()
  })

  it('are of what the filters let through', async () => {
    const now = await served.browser.open(served.server.url)
    await now.search(butter)
    await now.drawn()
    await now.page.getByRole('button', { name: 'Filter' }).click()
    await now.page.getByRole('combobox', { name: 'Material', exact: true }).selectOption('Ingredients/Salt')
    await now.page.getByLabel('Hide the others').check()
    await now.page.waitForFunction(() => document.querySelectorAll('.lot').length === 2)
    await now.drawn()
    const svg = (await exported(now, 'SVG')).bytes.toString()
    expect(Array.from(svg.matchAll(/ on hand</gu))).toHaveLength(2)
    // No step joins two of what is left: the lot stands in the file all the same.
    const csv = async (): Promise<readonly (readonly string[])[]> =>
      (await exported(now, 'CSV')).bytes
        .toString()
        .trim()
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(','))
    expect((await csv()).map((row) => [row[0], row[3], row[12]])).toEqual([['ANCESTOR', 'SALT-2026-10-12', '']])
    await now.search('SALT-2026-10-12')
    await now.page.getByRole('heading', { level: 1, name: 'SALT-2026-10-12' }).waitFor()
    await now.page.getByRole('tab', { name: 'Lots' }).click()
    await now.page.getByRole('button', { name: 'Filter' }).click()
    await now.page.getByRole('checkbox', { name: 'SHIPPED' }).check()
    await now.page.getByRole('button', { name: /^Filter: \d+ of/u }).waitFor()
    const listed = (await now.page.locator('tbody th').allInnerTexts()).toSorted()
    expect(listed.length).toBeGreaterThan(1)
    expect([...new Set((await csv()).map((row) => row[3] ?? ''))].toSorted()).toEqual(listed)
    await now.close()
  })

  it('print with the picture and both tables', async () => {
    const now = await served.browser.open(served.server.url)
    await now.search(butter)
    const names = await now.drawn()
    // Chromium tells the page before it prints, and the page then has what goes onto paper.
    const printed = await now.page.evaluate(async () => {
      dispatchEvent(new Event('beforeprint'))
      const paper = document.querySelector('.printed')
      return {
        said: paper?.querySelector('p')?.textContent,
        drawn: paper?.querySelectorAll('svg text').length ?? 0,
        rows: paper?.querySelectorAll('tbody tr').length,
      }
    })
    const steps = await now.page.getByText(/lots and \d+ steps known/u).innerText()
    expect(printed.said).toMatch(/^Printed \d{4}-\d\d-\d\d \d\d:\d\d UTC from http:\/\/127\.0\.0\.1:\d+; no filter\.$/u)
    await now.page.emulateMedia({ media: 'print' })
    expect(await files(now).isVisible()).toBe(false)
    expect(printed.drawn).toBeGreaterThan(names.length * 4)
    expect(printed.rows).toBe(names.length + Number(/and (\d+) steps/u.exec(steps)?.[1]))
    const pdf = await now.page.pdf({ preferCSSPageSize: true })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await now.close()
  })
})
