import { EventEmitter, once } from 'node:events'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { adminKey } from '../client.ts'
import type { TracePage } from './browser.ts'
import { butter, serveTraced } from './served.ts'

// What the page says of itself holds in the very render in which something changes, however late the answers come.

const served = serveTraced()
let now: TracePage

afterEach(async () => {
  expect(now.errors).toEqual([])
  await now.close()
})

const open = async (lot: string): Promise<readonly string[]> => {
  now = await served.browser.open(served.server.url)
  await now.search(lot)
  return now.drawn()
}

/** Holds answers back, until they are let go. */
const holdBack = async (page: Page, address: RegExp): Promise<() => void> => {
  const gate = new EventEmitter()
  const held = once(gate, 'open')
  await page.route(address, async (route) => {
    await held
    await route.continue()
  })
  return () => gate.emit('open')
}

describe('what the page says of itself', () => {
  it('is busy from the key on that expands or collapses a lot', async () => {
    await open(butter)
    const press = () =>
      now.page.evaluate(async (name) => {
        const lot = document.querySelector<SVGElement>(`.lot[aria-label^="${name}"]`)
        lot?.focus()
        lot?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', shiftKey: true, bubbles: true }))
        // What a key changes is rendered before anything else has its turn.
        await Promise.resolve()
        return document.querySelector('svg.canvas')?.ariaBusy
      }, butter)
    for (const _ of ['collapse', 'expand']) {
      expect(await press()).toBe('true')
      await now.drawn()
    }
  })

  it('is of the address from the click on that changes it', async () => {
    await open(butter)
    const seen = await now.page.evaluate(async () => {
      document.querySelectorAll<HTMLElement>('.segments input')[2]?.click()
      await Promise.resolve()
      return [
        new URLSearchParams(location.hash.slice(1)).get('direction'),
        document.querySelectorAll('.lot, table, h1').length,
        document.querySelector('main')?.textContent,
      ]
    })
    expect(seen).toEqual(['DESCENDANTS', 0, 'Tracing…'])
    await now.drawn()
  })

  it('lists no lot of the text that was typed before, and Enter takes none of these', async () => {
    await open('ODD-A')
    const field = now.page.getByRole('combobox', { name: /Search a lot/u })
    await field.fill('ODD-B')
    await now.page.getByRole('option', { name: 'ODD-B' }).waitFor()
    const before = await now.page.evaluate(() => location.hash)
    const listed = await field.evaluate(async (input) => {
      // As a key does it: past what React keeps of the field.
      Reflect.set(HTMLInputElement.prototype, 'value', 'ODD-C', input)
      input.dispatchEvent(new Event('input', { bubbles: true }))
      await Promise.resolve()
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
      await Promise.resolve()
      return [document.querySelectorAll('[role=option]').length, location.hash]
    })
    expect(listed).toEqual([0, before])
    await now.page.getByRole('option', { name: 'ODD-C' }).waitFor()
    await now.page.keyboard.press('Enter')
    await now.page.getByRole('heading', { level: 1, name: /ODD-C/u }).waitFor()
  })

  it('takes nobody away from the search who types the next lot already', async () => {
    now = await served.browser.open(served.server.url)
    const letGo = await holdBack(now.page, /\/trace\?/u)
    await now.search(butter)
    await now.page.getByText('Tracing…').waitFor()
    const field = now.page.getByRole('combobox', { name: /Search a lot/u })
    await field.fill('ODD')
    letGo()
    await now.drawn()
    expect(await field.evaluate((input) => document.activeElement === input)).toBe(true)
  })

  it('counts no match and writes no filtered file before it is known what lies at a place', async () => {
    const all = await open(butter)
    const { page } = now
    const letGo = await holdBack(page, /\/v1\/inventory\?/u)
    const filter = page.getByRole('button', { name: /^Filter/u })
    const csv = page.getByRole('button', { name: 'CSV', exact: true })
    await filter.click()
    await page.getByRole('combobox', { name: 'Lies at', exact: true }).selectOption('Dairy/Warehouse/Dry store')
    await page.getByText('Reading what lies there…').waitFor()
    expect([await csv.isDisabled(), await filter.innerText()]).toEqual([true, 'Filter: …'])
    // It is read also where nobody looks at the filters meanwhile.
    await filter.click()
    letGo()
    await page.getByRole('button', { name: `Filter: 1 of ${all.length}` }).waitFor()
    expect(await csv.isDisabled()).toBe(false)
    await filter.click()
    await page.getByText(`1 of ${all.length} lots match`).waitFor()
    expect(await page.locator('.lot:not(.faint)').count()).toBe(1)
  })

  it('knows nothing of what was asked beside another trace', async () => {
    await open(butter)
    const { page } = now
    const letGo = await holdBack(page, /direction=DESCENDANTS&depth=1/u)
    await now.lot('SALT-2026-10-12').click()
    const asked = page.waitForResponse(/direction=DESCENDANTS&depth=1/u)
    await page.getByRole('button', { name: 'Show what it went into' }).click()
    await now.search('ODD-A')
    await page.getByRole('heading', { level: 1, name: /ODD-A/u }).waitFor()
    const known = page.getByText(/lots and \d+ steps known/u)
    const before = await known.innerText()
    letGo()
    await (await asked).finished()
    // Another answer, so that the one before is surely told.
    await page.evaluate(async () => (await fetch('/trace')).text())
    expect(await known.innerText()).toBe(before)
  })

  it('says that it reads on where it is not known yet what was shipped and scrapped', async () => {
    await open('ODD-A')
    const letGo = await holdBack(now.page, /\/recall\?/u)
    await now.page.getByRole('tab', { name: 'Where it ended' }).click()
    await now.page.getByText('Reading where it lies and what was shipped…').waitFor()
    expect(await now.page.locator('.ended').getAttribute('aria-busy')).toBe('true')
    expect(await now.page.locator('section.end h3').allInnerTexts()).toEqual([expect.stringContaining('Origins')])
    letGo()
    await now.page.locator('.ended[aria-busy=false]').waitFor()
    const scrapped = now.page.locator('section.end').filter({ hasText: 'SCRAP records say why' })
    expect(await scrapped.getByRole('listitem').allInnerTexts()).toEqual([expect.stringContaining('ODD-SCRAP')])
  })

  it('asks for older records once, however often somebody clicks', async () => {
    await open('WIDE')
    await now.lot('WIDE').click()
    const records = now.page.locator('.history li')
    await expect.poll(() => records.count()).toBe(25)
    await now.page.getByRole('button', { name: 'Older records' }).evaluate(async (button: HTMLElement) => {
      for (const _ of ['once', 'twice']) {
        button.click()
        await Promise.resolve()
      }
    })
    await expect.poll(() => records.count()).toBe(50)
    await now.page.getByRole('button', { name: 'Older records' }).click()
    await now.page.getByRole('button', { name: 'Older records' }).waitFor({ state: 'detached' })
    const id = await now.lot('WIDE').getAttribute('data-lot')
    const headers = { Authorization: `Bearer ${adminKey}` }
    const answer = await fetch(`${served.server.url}/v1/lot-records?lot=${id}&limit=200`, { headers })
    const { items } = (await answer.json()) as { readonly items: readonly unknown[] }
    expect(await records.count()).toBe(items.length)
  })
})
