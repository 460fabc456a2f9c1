import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { environment, root } from './workspace.ts'

// Everything we agree on, in one command. Runs every step, prints its time, and shows the output of those that fail.

type Step = {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly skip?: string
  readonly tells?: true
}

const openApi = 'docs/reference/openapi.json'

const steps: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'ci', '--colors=off', '.'] },
  { name: 'promises', command: ['oxlint', '--type-aware', '.'] },
  { name: 'types', command: ['nx', 'run-many', '-t', 'typecheck', '--output-style=stream'] },
  {
    name: 'boundaries and tidiness',
    command: ['vitest', 'run', '--config', 'vitest.workspace.ts', '--project', 'checks'],
  },
  { name: 'generated docs are current', command: ['npm', 'run', '--silent', 'docs', '--', '--check'] },
  { name: 'build', command: ['nx', 'run-many', '-t', 'build', '--output-style=stream'] },
  { name: 'packed install', command: ['tsx', 'tools/checks/src/packed-install.ts'] },
  { name: 'dependencies', command: ['tsx', 'tools/checks/src/run-audit.ts'], tells: true },
  {
    name: 'OpenAPI document',
    command: ['redocly', 'lint', openApi],
    ...(existsSync(join(root, openApi)) ? {} : { skip: `${openApi} does not exist` }),
  },
]

const env = { ...environment, NX_DAEMON: 'false', REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`.padStart(8)
const started = performance.now()
const failed: string[] = []

for (const { name, command, skip, tells } of steps) {
  if (skip !== undefined) {
    console.log(`skip ${''.padStart(8)}  ${name}: ${skip}`)
    continue
  }
  const from = performance.now()
  const [program, ...args] = command
  const result = spawnSync(program, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const passed = result.status === 0
  const said = passed && tells === true ? `: ${result.stdout.trim()}` : ''
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${seconds(from)}  ${name}${said}`)
  if (passed) continue
  failed.push(name)
  console.log([command.join(' '), result.error?.message, result.stdout, result.stderr].filter(Boolean).join('\n'))
}

console.log(`     ${seconds(started)}  ${failed.length === 0 ? 'all good' : `failed: ${failed.join(', ')}`}`)
process.exitCode = failed.length === 0 ? 0 : 1
