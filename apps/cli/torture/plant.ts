import { strictEqual } from 'node:assert/strict'
import { adminKey, makeClient } from '../test/client.ts'
import { lotbook, type Server, type StartOptions, startServer } from '../test/processes.ts'

/** Writes the sample plant into a new ledger. */
export const seedPlant = async (db: string): Promise<void> => {
  const { code, stderr } = await lotbook(['seed', '--db', db])
  strictEqual(code, 0, stderr)
}

/** Serves a ledger with the key of the tests. */
export const serve = (db: string, { env = {}, ...options }: StartOptions = {}): Promise<Server> =>
  startServer(['serve'], { ...options, env: { LOTBOOK_DB: db, LOTBOOK_ADMIN_KEY: adminKey, ...env } })

/** Serves a ledger, and tells how long it took from the start of the process to the first answer from the store. */
export const serveTimed = async (db: string): Promise<{ readonly server: Server; readonly milliseconds: number }> => {
  const started = performance.now()
  const server = await serve(db)
  strictEqual((await makeClient(server.url).get('/health/ready')).status, 200)
  return { server, milliseconds: Math.round(performance.now() - started) }
}

/** Recomputes everything in a ledger: nothing may be wrong. Gives its checkpoint. */
export const verifyPlant = async (db: string): Promise<string> => {
  const { code, stdout, stderr } = await lotbook(['verify', '--db', db])
  strictEqual(code, 0, stdout + stderr)
  return stdout.trim().split('\n').at(-1) ?? ''
}
