import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { millionImport } from './million-import.ts'

/** A test that takes minutes: it works in a folder of its own, tells what it sees, and throws where something is wrong. */
export type Torture = (folder: string, tell: (line: string) => void, args: readonly string[]) => Promise<void>

const tests: Readonly<Record<string, Torture>> = { 'million-import': millionImport }

const [name = '', ...args] = process.argv.slice(2)
const test = tests[name]
if (test === undefined) {
  process.stderr.write(`Usage: npm run test:torture -- ${Object.keys(tests).join('|')}\n`)
  process.exitCode = 2
} else {
  const folder = mkdtempSync(join(tmpdir(), 'lotbook-torture-'))
  const started = Date.now()
  try {
    await test(folder, (line) => process.stdout.write(`${line}\n`), args)
    process.stdout.write(`${name}: all as it should be, after ${Math.round((Date.now() - started) / 1000)} s\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
