import { strictEqual } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Torture } from './torture.ts'

/** The repository, as a folder with a slash at its end. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** How a run of Vitest ended. */
export interface TestsRan {
  readonly passed: boolean
  readonly said: string
}

/** Runs Vitest in a process of its own, with no more of the environment than it is given. */
export const runTests = (args: readonly string[], more: Readonly<Record<string, string>>): Promise<TestsRan> =>
  new Promise((resolve, reject) => {
    const { PATH = '', HOME = '' } = process.env
    const env = { PATH, HOME, NO_COLOR: '1', ...more }
    const all = ['node_modules/vitest/vitest.mjs', 'run', ...args]
    const child = spawn(process.execPath, all, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    child.once('error', reject)
    child.once('close', (code) => resolve({ passed: code === 0, said }))
  })

/** A test whose short form is a test like any other: its long form is the same with more to do. */
export const longTest =
  (project: string, file: string, amount: Readonly<Record<string, string>>): Torture =>
  async ({ tell, seed }) => {
    const args = ['--config', 'vitest.workspace.ts', '--project', project, file]
    const { passed, said } = await runTests(args, { ...amount, LOTBOOK_SEED: String(seed) })
    strictEqual(passed, true, said)
    for (const [name, value] of Object.entries(amount)) tell(`${file} with ${name}=${value}`)
    for (const line of said.split('\n').filter((text) => /^(?:answers:|\s+Tests )/u.test(text))) tell(line.trim())
  }
