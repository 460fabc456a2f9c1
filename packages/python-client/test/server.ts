import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

const program = fileURLToPath(new URL('../../../apps/cli/bin/lotbook.mjs', import.meta.url))

/** The key of the servers that tests start. */
export const adminKey = 'a-secret-of-the-tests'

// A test that fails leaves no server behind.
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a server with the sample plant in memory, as `npm start` does, and returns where it listens. */
export const startServer = (): Promise<string> => {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [program, 'start', '--db', ':memory:'], {
    env: { PATH, HOME, PORT: '0', LOTBOOK_LOG: 'silent', LOTBOOK_ADMIN_KEY: adminKey },
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
