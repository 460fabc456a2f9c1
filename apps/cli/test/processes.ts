import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The program under test. */
export const program = fileURLToPath(new URL('../bin/lotbook.mjs', import.meta.url))

const running = new Set<ChildProcess>()

/** Ends whatever runs still: a test that fails leaves no server behind. */
export const killRunning = (): void => {
  for (const child of running) child.kill('SIGKILL')
}

// Where the tests run on another day than today's (by libfaketime), so do the programs.
const clockOfTests = Object.fromEntries(
  ['LD_PRELOAD', 'FAKETIME'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  }),
)
let clock: Readonly<Record<string, string>> = clockOfTests

/**
 * From here on it is that day for every program of this test file, at noon, and time goes on from there: what a test
 * expects of a plant of a fixed day does not expire.
 */
export const beginOn = (day: string): void => {
  const late = Date.now() - Date.parse(`${day}T12:00:00Z`)
  const script = `const now = Date.now; Date.now = () => now() - ${late}`
  clock = { ...clockOfTests, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
}

/** The clock of the programs of this test file, as their environment has it. */
export const clockOfPrograms = (): Readonly<Record<string, string>> => clock

/** Settings of whoever runs the tests do not reach the program. */
const environment = (env: Readonly<Record<string, string>>): Record<string, string> => {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME, ...clock, ...env }
}

/** How a run of the program ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const collect = (child: ChildProcess): Promise<Ended> => {
  running.add(child)
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
    })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      running.delete(child)
      resolve({ code, ...text })
    })
  })
}

/** Runs the program to its end. */
export const lotbook = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  collect(spawn(process.execPath, [program, ...args], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] }))

/** A server that listens. */
export interface Server {
  readonly url: string
  readonly child: ChildProcess
  /** Resolves when the process is gone. */
  readonly ended: Promise<Ended>
  readonly kill: (signal: NodeJS.Signals) => Promise<Ended>
}

/** How a server is started other than as usual. */
export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>
  /** A program that runs the server, with its arguments. */
  readonly under?: readonly string[]
}

/** Starts `lotbook serve` or `start` and waits for its line. Rejects where it ends without one. */
export const startServer = async (
  args: readonly string[],
  { env = {}, under = [] }: StartOptions = {},
): Promise<Server> => {
  const [command = process.execPath, ...rest] = [...under, process.execPath, program, ...args]
  const child = spawn(command, rest, {
    env: environment({ PORT: '0', LOTBOOK_LOG: 'silent', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = collect(child)
  const listening = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^lotbook listening on (http:\S+)$/u.exec(line)
      if (found?.[1] !== undefined) resolve(found[1])
    })
  })
  const tooSoon = ended.then(({ code, stderr }): never => {
    throw new Error(`the server ended with ${code} before it listened: ${stderr}`)
  })
  const url = await Promise.race([listening, tooSoon])
  tooSoon.catch(() => 'it listens: what comes later is for who asks for `ended`')
  return {
    url,
    child,
    ended,
    kill: (signal) => {
      child.kill(signal)
      return ended
    },
  }
}

/** A folder that is there for one test file. */
export interface Folder {
  readonly file: (name: string) => string
  readonly remove: () => void
}

/** Makes a folder for the files of a test. */
export const makeFolder = (): Folder => {
  const path = mkdtempSync(join(tmpdir(), 'lotbook-cli-'))
  return { file: (name) => join(path, name), remove: () => rmSync(path, { recursive: true, force: true }) }
}
