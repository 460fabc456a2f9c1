import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockOffences, readAudit } from './audit.ts'
import { environment, root } from './workspace.ts'

const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'))

const offences = lockOffences(
  read('package-lock.json') as Parameters<typeof lockOffences>[0],
  (read('package.json') as { readonly allowScripts: Readonly<Record<string, boolean>> }).allowScripts,
)
for (const offence of offences) console.log(offence)

const asked = spawnSync('npm', ['audit', '--json'], { cwd: root, env: environment, encoding: 'utf8', timeout: 60_000 })
const audit = readAudit(asked.stdout ?? '')
if (audit.kind === 'found') for (const advisory of audit.advisories) console.log(advisory)
const said = {
  clean: 'the registry knows of no advisory that is high or critical',
  found: 'the registry knows of advisories',
  'not asked': `ADVISORIES COULD NOT BE ASKED FOR: ${audit.kind === 'not asked' ? audit.why : ''}`,
}[audit.kind]
console.log(`${said}; the lock file shows ${offences.length === 0 ? 'nothing wrong' : 'the above'}`)
process.exitCode = audit.kind === 'found' || offences.length > 0 ? 1 : 0
