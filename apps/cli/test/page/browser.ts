import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { adminKey } from '../client.ts'

/** A real Chromium, with an empty profile of its own. */
export interface TestBrowser {
  /** Opens the page /trace of a server. */
  readonly open: (url: string, options?: OpenOptions) => Promise<TracePage>
  /** What it asked of anybody else than this machine. */
  readonly askedElsewhere: readonly string[]
  readonly close: () => Promise<void>
}

/** How the page is opened. */
export interface OpenOptions extends BrowserContextOptions {
  /** What follows `/trace`. */
  readonly address?: string
  /** The key to type; null to type none. */
  readonly key?: string | null
}

/** The page /trace, and what went wrong on it. */
export interface TracePage {
  readonly page: Page
  /** Everything that the page asked for. */
  readonly requests: readonly string[]
  /** Errors of scripts, and what the policy of the page refused. */
  readonly errors: readonly string[]
  readonly enterKey: (key: string) => Promise<void>
  /** Searches a lot and takes the first that is found, by keyboard. */
  readonly search: (text: string) => Promise<void>
  /** Waits until the picture is drawn, and gives the names of its lots, sorted. */
  readonly drawn: () => Promise<readonly string[]>
  /** A lot in the picture. */
  readonly lot: (name: string) => ReturnType<Page['locator']>
  readonly close: () => Promise<void>
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const openPage = async (browser: Browser, url: string, options: OpenOptions = {}): Promise<TracePage> => {
  const { address = '', key = adminKey, ...more } = options
  const context = await browser.newContext({ viewport: { width: 1360, height: 820 }, ...more })
  // For what hangs: how long the page takes depends on the machine.
  context.setDefaultTimeout(300_000)
  const page = await context.newPage()
  const [requests, errors]: [string[], string[]] = [[], []]
  page.on('request', (request) => requests.push(request.url()))
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    // What the server refused is told by the browser as well; tests look at what the page says about it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) errors.push(message.text())
  })
  await page.goto(`${url}/trace${address}`)
  const enterKey = async (secret: string): Promise<void> => {
    await page.getByLabel('API key').fill(secret)
    await page.keyboard.press('Enter')
  }
  if (key !== null) await enterKey(key)
  return {
    page,
    requests,
    errors,
    enterKey,
    search: async (text) => {
      await page.getByRole('combobox', { name: /Search a lot/u }).fill(text)
      await page.getByRole('listbox', { name: 'Lots' }).getByRole('option').first().waitFor()
      await page.keyboard.press('Enter')
    },
    drawn: async () => {
      // The names are read in the moment in which the page says that it is done.
      const names = await page.waitForFunction(() => {
        const canvas = document.querySelector<SVGSVGElement>('svg.canvas')
        const { drawn = '', lots = '' } = canvas?.dataset ?? {}
        if (canvas?.ariaBusy !== 'false' || lots === '0' || drawn !== lots) return null
        return Array.from(canvas.querySelectorAll('.lot'), (lot) => lot.ariaLabel ?? '')
      })
      return ((await names.jsonValue()) ?? [])
        .map((name) => name.split(', ')[0] ?? '')
        .toSorted((a, b) => (a < b ? -1 : 1))
    },
    lot: (name) => page.locator('.lot').filter({ has: page.getByText(name, { exact: true }) }),
    close: () => context.close(),
  }
}

/** Starts Debian's Chromium. Whatever it asks of other machines goes to a proxy that writes it down and refuses it. */
export const openBrowser = async (): Promise<TestBrowser> => {
  const askedElsewhere: string[] = []
  const proxy = createServer((request, response) => {
    askedElsewhere.push(request.url ?? '')
    response.writeHead(403).end()
  })
  proxy.on('connect', (request, socket) => {
    askedElsewhere.push(request.url ?? '')
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  // The page asks nobody what day it is; Chromium does not run by the clock of libfaketime.
  const { LD_PRELOAD: _, ...env } = process.env
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    env,
    args: [...flags, `--proxy-server=http://127.0.0.1:${port}`, '--proxy-bypass-list=127.0.0.1'],
  })
  return {
    open: (url, options) => openPage(browser, url, options),
    askedElsewhere,
    close: async () => {
      await browser.close()
      proxy.closeAllConnections()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}
