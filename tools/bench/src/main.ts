import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deciding } from './deciding.ts'
import type { Engine } from './engines/engine.ts'
import { hostPostgres } from './engines/postgres.ts'
import { hostSqlite } from './engines/sqlite.ts'
import { type Finding, standing } from './finding.ts'
import { readingOverHttp } from './http/reading.ts'
import { writingOverHttp } from './http/writing.ts'
import { batching } from './large/batch.ts'
import { largeStore } from './large/large.ts'
import { lookAtMachine } from './machine.ts'
import { writing } from './memory/writing.ts'
import { newIds } from './new-ids.ts'
import { machineLine, markdown, textTable } from './report.ts'
import { root } from './root.ts'
import { meanwhile } from './trace/meanwhile.ts'
import { tracing } from './trace/tracing.ts'
import { tracingPlants } from './trace/tracing-plants.ts'

interface Bench {
  readonly bars: readonly string[]
  readonly engine?: Engine['name']
  readonly run: () => Promise<readonly Finding[]>
}

const hosts = { SQLite: hostSqlite(), PostgreSQL: hostPostgres() } as const

const on = (
  engine: Engine['name'],
  bars: readonly string[],
  measure: (engine: Engine) => Promise<readonly Finding[]>,
): Bench => ({
  ...{ bars, engine },
  run: async () => (await hosts[engine].lend(measure)).map((finding) => ({ ...finding, engine })),
})

const benches: readonly Bench[] = [
  // What is measured in microseconds comes first: the load leaves a heap behind that the collector then works on.
  { bars: ['B8'], run: deciding },
  { bars: ['B12'], run: newIds },
  { bars: ['B9'], engine: 'SQLite', run: writing },
  on('SQLite', ['B4', 'B5'], tracing),
  on('SQLite', ['TRACES'], tracingPlants),
  on('SQLite', ['TRACES'], meanwhile),
  on('SQLite', ['B1', 'B2'], writingOverHttp),
  on('SQLite', ['B3'], batching),
  on('SQLite', ['B6', 'B10'], largeStore),
  on('SQLite', ['B7'], readingOverHttp),
  on('PostgreSQL', ['B4', 'B5'], tracing),
  on('PostgreSQL', ['B1', 'B2', 'B11'], writingOverHttp),
  on('PostgreSQL', ['B3'], batching),
  on('PostgreSQL', ['B6', 'B10'], largeStore),
  on('PostgreSQL', ['B7'], readingOverHttp),
]

const known = [...new Set([...benches.flatMap(({ bars }) => bars), ...Object.keys(hosts)])]
const words = process.argv.slice(2)
const writes = words.includes('--write')
const wanted = words
  .filter((word) => word !== '--write')
  .map((word) => known.find((one) => one.toUpperCase() === word.toUpperCase()) ?? word)
const unknown = wanted.filter((word) => !known.includes(word))
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: there is only ${known.join(', ')}, and --write`)
if (writes && wanted.length > 0) throw new Error('--write takes no names: the document shows everything')
const wantedEngines = wanted.filter((word) => word in hosts)
const wantedBars = wanted.filter((word) => !(word in hosts))
const isWanted = ({ bars, engine }: Bench): boolean =>
  (wantedBars.length === 0 || bars.some((bar) => wantedBars.includes(bar))) &&
  (wantedEngines.length === 0 || (engine !== undefined && wantedEngines.includes(engine)))

const machine = await lookAtMachine()
process.stdout.write(`${machineLine(machine)}\n`)
const findings: Finding[] = []
try {
  for (const bench of benches.filter(isWanted)) {
    const { bars, engine, run } = bench
    process.stdout.write(`${bars.join(', ')}${engine === undefined ? '' : ` on ${engine}`} …\n`)
    const found = await run()
    findings.push(...found)
    process.stdout.write(`${textTable(found)}\n`)
  }
} finally {
  for (const host of Object.values(hosts)) await host.close()
}
if (writes)
  writeFileSync(join(root, 'docs/performance.md'), markdown(findings, machine, new Date().toISOString().slice(0, 10)))
process.exitCode = findings.some((finding) => standing(finding) === 'not met') ? 1 : 0
