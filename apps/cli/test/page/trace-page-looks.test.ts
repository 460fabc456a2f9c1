import { describe, expect, it } from 'vitest'
import { adminKey } from '../client.ts'
import { butter, serveTraced } from './served.ts'

const served = serveTraced()

describe('the page by keyboard alone', () => {
  it('goes from the key to a lot, through the picture, into the details and back', async () => {
    const now = await served.browser.open(served.server.url, { key: null })
    const { page } = now
    const key = (...keys: readonly string[]) =>
      keys.reduce<Promise<void>>((before, one) => before.then(() => page.keyboard.press(one)), Promise.resolve())
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.split(', ')[0] ?? '')
    await page.getByLabel('API key').waitFor()
    await key('Tab')
    await page.keyboard.type(adminKey)
    await key('Enter')
    await page.getByText('take one of the newest').waitFor()
    await page.getByRole('combobox', { name: /Search a lot/u }).waitFor()
    await key('Tab')
    await page.keyboard.type(butter)
    await page.getByRole('option', { name: butter }).waitFor()
    await key('Enter')
    const lots = await now.drawn()
    expect(await focused()).toBe(butter)
    await key('ArrowLeft')
    const input = await focused()
    expect(lots).toContain(input)
    expect(input).not.toBe(butter)
    await key('ArrowDown')
    expect(await focused()).not.toBe(input)
    await key('ArrowUp')
    expect(await focused()).toBe(input)
    await key('ArrowRight')
    expect(await focused()).toBe(butter)
    await key('ArrowRight')
    expect(await focused()).toMatch(/^BUT250-/u)
    await key('Home', 'Enter')
    await page.getByRole('complementary', { name: `Lot ${butter}` }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(butter)
    await key('Escape')
    expect(await focused()).toBe(butter)
    await key('Shift+ArrowLeft')
    await page.waitForFunction((count) => document.querySelectorAll('.lot').length < count, lots.length)
    await now.drawn()
    expect(await focused()).toBe(butter)
    await key('Shift+ArrowLeft')
    expect(await now.drawn()).toEqual(lots)
    expect(now.errors).toEqual([])
    await now.close()
  })

  it('skips to the table, where every lot can be reached and opened', async () => {
    const now = await served.browser.open(served.server.url)
    await now.search(butter)
    const lots = await now.drawn()
    const { page } = now
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.locator('.skip').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('view-lots')
    await expect.poll(() => page.locator('tbody tr').count()).toBe(lots.length)
    await page.locator('tbody button').nth(1).focus()
    const name = await page.locator('tbody button').nth(1).innerText()
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: `Lot ${name}` }).waitFor()
    await now.close()
  })

  it('shows where the focus is', async () => {
    const now = await served.browser.open(served.server.url)
    await now.search(butter)
    await now.drawn()
    await now.page.keyboard.press('ArrowLeft')
    const ring = now.page.locator('.lot:focus-visible .ring')
    await expect.poll(() => ring.evaluate((element) => getComputedStyle(element).stroke)).toBe('rgb(29, 78, 216)')
    await now.page.getByRole('tab', { name: 'Picture' }).focus()
    await now.page.keyboard.press('ArrowRight')
    const tab = now.page.getByRole('tab', { name: 'Lots' })
    await expect.poll(() => tab.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid')
    await now.close()
  })
})

describe('the colours of the page', () => {
  const ground = 'getComputedStyle(document.body).backgroundColor'
  const card = "getComputedStyle(document.querySelector('.lot rect:not(.ring)')).fill"

  it('follow the system, and the switch wins over it and is kept', async () => {
    const now = await served.browser.open(served.server.url, { colorScheme: 'dark' })
    await now.search(butter)
    await now.drawn()
    await expect.poll(() => now.page.evaluate(ground)).toBe('rgb(23, 29, 36)')
    await expect.poll(() => now.page.evaluate(card)).toBe('rgb(28, 36, 45)')
    await now.page.emulateMedia({ colorScheme: 'light' })
    await now.page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)')
    await now.page.getByRole('combobox', { name: 'Colours', exact: true }).selectOption('dark')
    await expect.poll(() => now.page.evaluate(ground)).toBe('rgb(23, 29, 36)')
    await now.page.reload()
    await now.drawn()
    await expect.poll(() => now.page.evaluate(card)).toBe('rgb(28, 36, 45)')
    await now.page.emulateMedia({ media: 'print' })
    await expect.poll(() => now.page.evaluate(ground)).toBe('rgb(255, 255, 255)')
    await now.close()
  })

  it.each(['light', 'dark'] as const)('let every text be read: at least 4.5 to 1, %s', async (colorScheme) => {
    const now = await served.browser.open(served.server.url, { colorScheme })
    await now.search(butter)
    await now.drawn()
    await now.page.getByRole('tab', { name: 'Lots' }).click()
    await now.page.locator('tbody tr').first().waitFor()
    const faint = await now.page.evaluate(() => {
      const parse = (text: string) => (text.match(/[\d.]+/gu) ?? []).map(Number)
      const light = (colour: readonly number[]) => {
        const [r = 0, g = 0, b = 0] = colour.map((part) =>
          part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
        )
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      const groundOf = (element: Element | null): readonly number[] => {
        for (let at = element; at !== null; at = at.parentElement) {
          const colour = parse(getComputedStyle(at).backgroundColor)
          if (colour.length === 3 || (colour[3] ?? 0) > 0) return colour.slice(0, 3)
        }
        return [255, 255, 255]
      }
      return Array.from(document.querySelectorAll('h1, p, button, td, th, caption, legend, .chip, .quiet, label span'))
        .filter((element) => element.textContent?.trim() !== '' && element.checkVisibility())
        .flatMap((element) => {
          const [text, ground] = [light(parse(getComputedStyle(element).color).slice(0, 3)), light(groundOf(element))]
          const contrast = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05)
          return contrast < 4.5 ? [`${element.textContent}: ${contrast.toFixed(2)}`] : []
        })
    })
    expect(faint).toEqual([])
    await now.close()
  })

  it.each([360, 768, 1920])('leave nothing outside a window of %s pixels', async (width) => {
    const now = await served.browser.open(served.server.url, { viewport: { width, height: 800 } })
    await now.search(butter)
    await now.drawn()
    await now.lot(butter).click()
    // What is read has its place: history, stock and facts.
    await now.page.locator('.history li').first().waitFor()
    await now.page.locator('.stock li').first().waitFor()
    await now.page.locator('.details').filter({ hasNotText: 'Reading…' }).waitFor()
    expect(await now.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await now.close()
  })
})

describe('a thousand lots', () => {
  it('are all drawn, and the page answers meanwhile', async () => {
    const now = await served.browser.open(served.server.url)
    const { page } = now
    await page.evaluate(() => {
      const frames: number[] = []
      Object.assign(globalThis, { frames })
      let last = performance.now()
      const next = (at: number): void => {
        frames.push(at - last)
        last = at
        requestAnimationFrame(next)
      }
      requestAnimationFrame(next)
    })
    const report = async (what: string): Promise<void> => {
      const frames = await page.evaluate(() => {
        const { frames: all } = globalThis as unknown as { frames: number[] }
        return all.splice(0)
      })
      const sorted = frames.toSorted((a, b) => a - b)
      const at = (part: number) =>
        Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
      console.log(`${what}: ${frames.length} frames, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`)
    }
    await now.search('WIDE')
    await now.drawn()
    await report('27 lots, from the search on')
    await page.getByRole('button', { name: 'Expand all' }).click()
    // While a thousand lots are placed, the page still does what it is asked.
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('checkbox', { name: 'AVAILABLE' }).waitFor()
    await page.getByRole('button', { name: 'Filter' }).click()
    expect(await now.drawn()).toHaveLength(1000)
    await expect.poll(() => page.locator('.canvas .step').count()).toBe(999)
    await report('1,000 lots, expanding')
    await page.getByRole('button', { name: 'Fit' }).click()
    const canvas = (await page.locator('.canvas').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    await page.mouse.move(canvas.x + 300, canvas.y + 200)
    await page.mouse.down()
    for (let step = 0; step < 30; step += 1) await page.mouse.move(canvas.x + 300 + 8 * step, canvas.y + 200 + 4 * step)
    await page.mouse.up()
    await report('1,000 lots, moving all of them')
    for (let step = 0; step < 15; step += 1) await page.mouse.wheel(0, -120)
    for (let step = 0; step < 15; step += 1) await page.mouse.wheel(0, 120)
    await report('1,000 lots, scaling')
    await page.getByRole('button', { name: 'Traced lot', exact: true }).click()
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: 'Lot WIDE' }).waitFor()
    await report('1,000 lots, opening details')
    await page.getByRole('tab', { name: 'Lots' }).click()
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1000)
    await report('1,000 lots, the table')
    expect(now.errors).toEqual([])
    await now.close()
  })
})
