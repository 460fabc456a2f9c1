import { afterAll, beforeAll } from 'vitest'
import { adminKey } from '../client.ts'
import { type Folder, makeFolder, type Server, startServer } from '../program.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { makeTracedLedger } from './trace-rows.ts'

/** The traced ledger, served, and a browser to open its page in. */
export interface Served {
  readonly folder: Folder
  readonly db: string
  readonly server: Server
  readonly browser: TestBrowser
}

/** A lot of the sample plant that was made of several and went into others. */
export const butter = 'BUTTER-2026-10-22'

/** Serves the traced ledger for all tests of a file, and ends it after them. What comes back is filled before the first. */
export const serveTraced = (): Served => {
  const served = {} as { -readonly [K in keyof Served]: Served[K] }
  beforeAll(async () => {
    served.folder = makeFolder()
    served.db = await makeTracedLedger(served.folder, 'traced.db')
    served.server = await startServer(['serve', '--db', served.db], { env: { LOTBOOK_ADMIN_KEY: adminKey } })
    served.browser = await openBrowser()
  })
  afterAll(async () => {
    await served.browser.close()
    await served.server.kill('SIGTERM')
    served.folder.remove()
  })
  return served
}
