import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { adminKey } from './server.ts'

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const client = file('../lotbook_client.py')

/** What scripts run on. A missing one fails the tests: CONTRIBUTING says what to install. */
export const interpreters = ['python3', 'jython'] as const
/** One of {@link interpreters}. */
export type Interpreter = (typeof interpreters)[number]

/** The names of the scripts in a folder of the tests. */
export const scriptsIn = (folder: string): readonly string[] =>
  readdirSync(file(folder))
    .filter((name) => name.endsWith('.py'))
    .map((name) => basename(name, '.py'))

/** How a run of an interpreter ended. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs an interpreter where it is five hours west of UTC in winter, four in summer. */
export const runInterpreter = (
  interpreter: Interpreter,
  args: readonly string[],
  url = '',
  more: Readonly<Record<string, string>> = {},
): Promise<Ran> => {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(interpreter, args, {
    cwd: file('..'),
    env: {
      ...{ PATH, HOME, LANG: 'C.UTF-8', TZ: 'EST5EDT', PYTHONDONTWRITEBYTECODE: '1' },
      ...{ LOTBOOK_URL: url, LOTBOOK_KEY: adminKey },
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
    })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...text }))
  })
}

/** Runs one script as it is, as somebody would at a prompt. */
export const runScript = (interpreter: Interpreter, script: string, url: string): Promise<Ran> =>
  runInterpreter(interpreter, [client, file(script)], url)

/** Runs all scripts of some folders in one interpreter: name → `ok`, or why not. */
export const runAll = async (
  interpreter: Interpreter,
  folders: readonly string[],
  url: string,
): Promise<Readonly<Record<string, string>>> => {
  const paths = folders.flatMap((folder) => scriptsIn(folder).map((name) => file(`${folder}/${name}.py`)))
  const { stdout, stderr } = await runInterpreter(interpreter, [client, file('run_scripts.py'), ...paths], url)
  const last = stdout.trim().split('\n').at(-1) ?? ''
  if (!last.startsWith('{')) throw new Error(`${interpreter} ended early: ${stdout}${stderr}`)
  return JSON.parse(last) as Record<string, string>
}
