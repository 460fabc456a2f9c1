import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

const program = fileURLToPath(new URL('../../../apps/cli/bin/lotbook.mjs', import.meta.url))

/** The key of the servers that tests start. */
export const adminKey = 'a-secret-of-the-tests'

// A test that fails leaves no server behind.
const running = new Set<ChildProcess>()
const folders = new Set<string>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

// Names of the sample plant's lots carry days: those that the scripts name are there on this one.
const day = '2026-11-23'

// The server begins at noon of that day, whatever day it is: what the scripts work with does not expire.
const clock = `const now = Date.now; const late = now() - Date.parse('${day}T12:00:00Z'); Date.now = () => now() - late`
const clockOfServer = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clock)}` }

/** Starts a server with the sample plant of a fixed day, and returns where it listens. */
export const startServer = (): Promise<string> => {
  const { PATH = '', HOME = '' } = process.env
  const folder = mkdtempSync(join(tmpdir(), 'lotbook-python-'))
  folders.add(folder)
  const db = join(folder, 'plant.db')
  const seeded = spawnSync(process.execPath, [program, 'seed', '--now', day, '--db', db], { env: { PATH, HOME } })
  if (seeded.status !== 0) throw new Error(`lotbook seed ended with ${seeded.status}: ${String(seeded.stderr)}`)
  const child = spawn(process.execPath, [program, 'serve', '--db', db], {
    env: { PATH, HOME, ...clockOfServer, PORT: '0', LOTBOOK_LOG: 'silent', LOTBOOK_ADMIN_KEY: adminKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^lotbook listening on (http:\S+)$/u.exec(line)
      if (found?.[1] !== undefined) resolve(found[1])
    })
  })
}
