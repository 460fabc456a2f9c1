import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killRunning } from '../test/processes.ts'
import { tests } from './tests.ts'
import type { Torture } from './torture.ts'

const secondsSince = (started: number): string => `${Math.round((Date.now() - started) / 1000)} s`

/** Runs one test in its long form and says how it went. */
const passes = async (name: string, test: Torture, seed: number, args: readonly string[]): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'lotbook-torture-'))
  const started = Date.now()
  process.stdout.write(`${name}: seed ${seed}\n`)
  try {
    await test({ folder, tell: (line) => process.stdout.write(`  ${line}\n`), seed, form: 'long', args })
    process.stdout.write(`${name}: all as it should be, after ${secondsSince(started)}\n`)
    return true
  } catch (error) {
    process.stdout.write(`${name}: FAILED after ${secondsSince(started)}, with seed ${seed}\n`)
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return false
  } finally {
    killRunning()
    rmSync(folder, { recursive: true, force: true })
  }
}

const seedIn = (word: string): string | undefined => /^--seed=(\d{1,9})$/u.exec(word)?.[1]

const words = process.argv.slice(2)
const seed = Number(words.map(seedIn).find((given) => given !== undefined) ?? randomInt(2 ** 31))
const [name, ...args] = words.filter((word) => seedIn(word) === undefined)
if (name !== undefined && tests[name] === undefined) {
  process.stderr.write(`Usage: npm run test:torture -- [NAME] [--seed=N]\n\n${Object.keys(tests).join('\n')}\n`)
  process.exitCode = 2
} else {
  const failed: string[] = []
  for (const [each, test] of Object.entries(tests))
    if ((name ?? each) === each && !(await passes(each, test, seed, args))) failed.push(each)
  if (failed.length > 0) process.stdout.write(`failed: ${failed.join(', ')}\n`)
  process.exitCode = failed.length === 0 ? 0 : 1
}
