import type { RecallLot, RecallView } from '@lotbook/domain'
import { afterEach, describe, expect, it } from 'vitest'
import { adminKey } from '../client.ts'
import type { TracePage } from './browser.ts'
import { butter, serveTraced } from './served.ts'

const served = serveTraced()
let now: TracePage

afterEach(async () => {
  // No script failed, and the policy of the page refused nothing of its own.
  expect(now.errors).toEqual([])
  await now.close()
})

const open = async (lot: string): Promise<readonly string[]> => {
  now = await served.browser.open(served.server.url)
  await now.search(lot)
  return now.drawn()
}

describe('the page /trace', () => {
  it('finds lots by a part of the name, by material and by id, and says when there is none', async () => {
    now = await served.browser.open(served.server.url)
    const { page } = now
    const field = page.getByRole('combobox', { name: /Search a lot/u })
    const found = page.getByRole('listbox', { name: 'Lots' }).getByRole('option')
    await field.fill('tter-2026-10-2')
    await expect
      .poll(async () => (await found.allInnerTexts()).map((text) => text.split(' ')[0]))
      .toEqual(['BUTTER-2026-10-29', butter])
    await field.fill('starter culture')
    await found.filter({ hasText: 'CULTURE-' }).first().waitFor()
    await field.fill('nothing is called so')
    await page.getByText('No lot has that name, id or material.').waitFor()
    await field.fill(butter)
    await found.first().waitFor()
    await page.keyboard.press('Enter')
    await now.drawn()
    const id = await page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('lot') ?? '')
    expect(id).toMatch(/^[0-9A-Z-]{28}$/u)
    await field.fill(id.toLowerCase())
    await expect.poll(() => found.allInnerTexts()).toEqual([expect.stringContaining(butter)])
  })

  it('draws lots with material, status and quantity, and steps with type and quantity', async () => {
    expect(await open(butter)).toContain(butter)
    const box = now.lot(butter)
    expect((await box.locator('text').allTextContents()).slice(0, 5)).toEqual([
      ...[butter, 'Butter', 'traced lot', 'AVAILABLE', '80 kg on hand'],
    ])
    const words = await now.page.locator('.canvas .detail text').allTextContents()
    expect(words).toEqual(expect.arrayContaining(['MERGE 40 kg', 'CONSUME 1000 kg', 'PRODUCE 4000 pcs']))
    expect(await now.lot('SALT-2026-10-12').locator('text').allTextContents()).toContain('93.09 % of kg')
  })

  it('collapses and expands what a lot was made of, by mouse and by keyboard', async () => {
    const all = await open(butter)
    await now.lot(butter).hover()
    await now.lot(butter).locator('[data-side=up]').click()
    const few = await now.drawn()
    expect(all.length).toBeGreaterThan(few.length)
    expect(few).not.toContain('SALT-2026-10-12')
    await now.lot(butter).focus()
    await now.page.keyboard.press('Shift+ArrowLeft')
    expect(await now.drawn()).toEqual(all)
  })

  it('asks for what stands beside the trace, step by step', async () => {
    const before = await open(butter)
    await now.lot('SALT-2026-10-12').click()
    await now.page.getByRole('button', { name: 'Show what it went into' }).click()
    await now.page.waitForFunction((count) => document.querySelectorAll('.lot').length > count, before.length)
    const after = await now.drawn()
    const fresh = after.filter((name) => !before.includes(name))
    expect(fresh.length).toBeGreaterThan(2)
    expect(fresh.every((name) => name.startsWith('BUTTER-'))).toBe(true)
    await now.page.getByRole('button', { name: 'Hide what it went into' }).click()
    await now.page.waitForFunction((count) => document.querySelectorAll('.lot').length === count, before.length)
    expect(await now.drawn()).toEqual(before)
  })

  it('marks memos and inferred steps', async () => {
    await open('ODD-A')
    const dashes = await now.page
      .locator('.step path[stroke-dasharray]')
      .evaluateAll((paths) => paths.map((path) => path.getAttribute('stroke-dasharray') ?? ''))
    expect(dashes.toSorted()).toEqual(['2 4', '7 5'])
    const words = await now.page.locator('.canvas .detail text').allTextContents()
    expect(words).toEqual(expect.arrayContaining(['CONSUME memo', 'inferred 5 kg', 'CONSUME 30 kg']))
  })

  it('asks again with another direction or depth, and keeps both in the address', async () => {
    const both = await open(butter)
    await now.page.getByText('Where from').click()
    await now.page.waitForFunction(() => location.hash.includes('ANCESTORS'))
    await now.page.waitForFunction((count) => document.querySelectorAll('.lot').length < count, both.length)
    const from = await now.drawn()
    expect(from.filter((name) => name.startsWith('BUT250'))).toEqual([])
    await now.page.getByRole('combobox', { name: 'Depth', exact: true }).selectOption('1')
    await now.page.waitForFunction((count) => document.querySelectorAll('.lot').length < count, from.length)
    expect((await now.drawn()).length).toBeLessThan(from.length)
    expect(await now.page.evaluate(() => location.hash)).toMatch(/^#lot=[\w-]+&direction=ANCESTORS&depth=1$/u)
    await now.page.goBack()
    await now.page.waitForFunction((count) => document.querySelectorAll('.lot').length === count, from.length)
    expect(await now.drawn()).toEqual(from)
  })

  it('traces as of a minute with all that happened in it', async () => {
    await open(butter)
    const field = now.page.getByLabel('As of')
    await field.fill('2026-11-02T08:00')
    await field.press('Enter')
    await now.page.waitForFunction(() => location.hash.includes('asOf='))
    const asked = await now.page.evaluate(() => [
      new URLSearchParams(location.hash.slice(1)).get('asOf'),
      new Date(Date.parse('2026-11-02T08:00') + 59_999).toISOString(),
    ])
    expect(asked[0]).toBe(asked[1])
    await now.drawn()
    expect(await field.inputValue()).toBe('2026-11-02T08:00')
  })

  it('filters by status, material, location and days: faint at first, then hidden', async () => {
    const all = await open(butter)
    const { page } = now
    const clear = () => page.getByRole('button', { name: 'Clear' }).click()
    const bright = async () =>
      (await page.locator('.lot:not(.faint)').evaluateAll((lots) => lots.map((lot) => lot.ariaLabel ?? ''))).map(
        (label) => label.split(', ')[0] ?? '',
      )
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('checkbox', { name: 'SHIPPED' }).check()
    await expect.poll(bright).toEqual(all.filter((name) => name.startsWith('BUT250')))
    await page.getByLabel('Hide the others').check()
    await page.waitForFunction(() => document.querySelectorAll('.lot').length === 2)
    expect(await now.drawn()).toEqual([...all.filter((name) => name.startsWith('BUT250')), butter])
    await clear()
    expect(await now.drawn()).toEqual(all)

    await page.getByRole('combobox', { name: 'Material', exact: true }).selectOption('Ingredients')
    await expect
      .poll(async () => (await bright()).toSorted())
      .toEqual(all.filter((name) => /^(?:SALT|CULTURE)/u.test(name)))
    await clear()

    await page.getByRole('combobox', { name: 'Lies at', exact: true }).selectOption('Dairy/Warehouse/Dry store')
    await page.getByText(`1 of ${all.length} lots match`).waitFor()
    await expect.poll(bright).toEqual(['SALT-2026-10-12'])
    await clear()

    await page.getByLabel('Records from').fill('2026-10-23')
    await page.getByText(/of \d+ lots match/u).waitFor()
    const late = await bright()
    expect(late.length).toBeGreaterThan(0)
    expect(late.length).toBeLessThan(all.length)
    expect(late.some((name) => name.startsWith('BUT250'))).toBe(true)
  })

  it.each(['Pacific/Kiritimati', 'America/New_York'])('filters by the days that it shows: %s', async (timezoneId) => {
    now = await served.browser.open(served.server.url, { timezoneId })
    const { page } = now
    await now.search(butter)
    await page.getByText(`times are of ${timezoneId}`).waitFor()
    await page.getByRole('tab', { name: 'Steps' }).click()
    await page.locator('tbody tr').first().waitFor()
    const rows = () => page.locator('tbody tr').allInnerTexts()
    const all = await rows()
    await page.getByRole('button', { name: 'Filter' }).click()
    for (const day of new Set(all.map((row) => row.slice(0, 10)))) {
      await page.getByLabel('Records from').fill(day)
      await page.getByLabel('to', { exact: true }).fill(day)
      await expect.poll(rows).toEqual(all.filter((row) => row.startsWith(day)))
    }
  })

  it('shows facts, share, stock by location and history of a lot', async () => {
    await open(butter)
    await now.lot('SALT-2026-10-12').click()
    const details = now.page.getByRole('complementary', { name: 'Lot SALT-2026-10-12' })
    await details.getByText('Dairy/Warehouse/Dry store', { exact: true }).waitFor()
    // Facts, stock and history are three answers.
    await details.getByText('Saltworks').waitFor()
    const text = await details.innerText()
    expect(text).toContain('93.09 % of the kg in the traced lot came through it')
    expect(text).toContain('93.09 % of the kg in the traced lot began here')
    expect(text).toContain('406.2 kg')
    await details.locator('.history li').filter({ hasText: 'CONSUME' }).first().waitFor()
    const rows = await details.locator('.history li').count()
    await details.getByRole('button', { name: 'Trace this lot' }).click()
    await now.page.getByRole('heading', { level: 1, name: /SALT-2026-10-12/u }).waitFor()
    expect(rows).toBeGreaterThan(3)
  })

  it('brings a lot whose details open into what is left of the picture', async () => {
    await open(butter)
    const { page } = now
    const last = await page.evaluate(() => {
      const right = (lot: Element): number => lot.getBoundingClientRect().right
      const lots = [...document.querySelectorAll('.lot')].toSorted((a, b) => right(b) - right(a))
      return lots[0]?.ariaLabel?.split(', ')[0] ?? ''
    })
    await now.lot(last).click()
    await page.getByRole('complementary', { name: `Lot ${last}` }).waitFor()
    const [lot, canvas] = [await now.lot(last).boundingBox(), await page.locator('.canvas').boundingBox()]
    expect((lot?.x ?? 0) + (lot?.width ?? 0)).toBeLessThanOrEqual((canvas?.x ?? 0) + (canvas?.width ?? 0))
    expect(lot?.x ?? 0).toBeGreaterThanOrEqual(canvas?.x ?? 0)
  })

  it('has every lot and every step in tables too, which are sorted by their heads', async () => {
    const all = await open(butter)
    const { page } = now
    await page.getByRole('tab', { name: 'Lots' }).click()
    const names = () => page.locator('tbody th').allInnerTexts()
    await expect.poll(async () => (await names()).toSorted()).toEqual(all)
    const head = page.getByRole('columnheader', { name: 'On hand' })
    await head.getByRole('button').click()
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending')
    await head.getByRole('button').click()
    await expect
      .poll(async () => [await head.getAttribute('aria-sort'), (await names())[0]])
      .toEqual(['descending', 'SALT-2026-10-12'])
    await page.getByRole('tab', { name: 'Steps' }).click()
    await expect
      .poll(() => page.locator('tbody tr').filter({ hasText: 'MERGE' }).allInnerTexts())
      .toEqual([expect.stringContaining('40 kg')])
    await page.getByRole('button', { name: butter }).first().click()
    await page.getByRole('complementary', { name: `Lot ${butter}` }).waitFor()
  })

  const end = (name: string) =>
    now.page
      .locator('section.end')
      .filter({ has: now.page.getByRole('heading', { name: new RegExp(`^${name} `, 'u') }) })
  const ended = async (): Promise<void> => {
    await now.page.getByRole('tab', { name: 'Where it ended' }).click()
    await now.page.locator('.ended[aria-busy=false]').waitFor()
  }

  it('says what a trace ends in: on hand, shipped, scrapped, used up, and where it began', async () => {
    await open(butter)
    await ended()
    expect(await end('On hand').locator('.sum').innerText()).toBe('80 kg')
    expect(await end('Shipped').locator('li').allInnerTexts()).toEqual([
      expect.stringMatching(/^BUT250-[\s\S]*4000 pcs/u),
    ])
    expect((await end('Origins').locator('li').allInnerTexts()).join()).toContain('SALT-2026-10-12')
    await now.search('ODD-A')
    await now.page.getByRole('heading', { level: 1, name: /ODD-A/u }).waitFor()
    await ended()
    expect(await end('Scrapped').locator('li').allInnerTexts()).toEqual([
      expect.stringMatching(/^ODD-SCRAP[\s\S]*7 kg/u),
    ])
    expect(await end('Used up or closed').locator('li').count()).toBe(2)
  })

  it('tells every lot that was shipped, scrapped or lies somewhere, also where a part of it went on', async () => {
    for (const lot of ['SALT-2026-10-12', 'RAW-2026-10-12']) {
      if (lot === 'SALT-2026-10-12') await open(lot)
      else await now.search(lot)
      await now.page.getByRole('heading', { level: 1, name: lot }).waitFor()
      await ended()
      const id = await now.page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('lot') ?? '')
      const answer = await fetch(`${served.server.url}/v1/lots/${id}/recall`, {
        headers: { Authorization: `Bearer ${adminKey}` },
      })
      const { lots } = (await answer.json()) as RecallView
      const told = async (name: string) => (await end(name).locator('li button').allInnerTexts()).toSorted()
      const recalled = (of: (lot: RecallLot) => number) =>
        lots
          .filter((lot) => of(lot) !== 0)
          .map(({ lotName }) => lotName)
          .toSorted()
      expect(recalled(({ shipped }) => shipped).length).toBeGreaterThan(0)
      expect(await told('Shipped')).toEqual(recalled(({ shipped }) => shipped))
      expect(await told('Scrapped')).toEqual(recalled(({ scrapped }) => scrapped))
      expect(await told('On hand')).toEqual(recalled(({ onHand }) => onHand))
    }
  })

  it('says where the depth cut it off', async () => {
    await open('SALT-2026-10-12')
    await ended()
    expect(await now.page.getByText('on beyond the depth').count()).toBe(0)
    await now.page.getByRole('combobox', { name: 'Depth' }).selectOption('1')
    await now.page.getByRole('tab', { name: 'Where it ended', selected: false }).waitFor()
    await ended()
    await now.page.getByText('on beyond the depth').waitFor()
  })
})
