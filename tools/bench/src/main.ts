import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deciding } from './deciding.ts'
import { type Finding, standing } from './finding.ts'
import { readingOverHttp } from './http/reading.ts'
import { writingOverHttp } from './http/writing.ts'
import { writingOnPostgres } from './http/writing-postgres.ts'
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

const benches: readonly { readonly bars: readonly string[]; readonly run: () => Promise<readonly Finding[]> }[] = [
  // What is measured in microseconds comes first: the load leaves a heap behind that the collector then works on.
  { bars: ['B8'], run: deciding },
  { bars: ['B12'], run: newIds },
  { bars: ['B9'], run: writing },
  { bars: ['B4', 'B5'], run: tracing },
  { bars: ['TRACES'], run: tracingPlants },
  { bars: ['TRACES'], run: meanwhile },
  { bars: ['B1', 'B2'], run: writingOverHttp },
  { bars: ['B3'], run: batching },
  { bars: ['B6', 'B10'], run: largeStore },
  { bars: ['B7'], run: readingOverHttp },
  { bars: ['B11'], run: writingOnPostgres },
]

const known = benches.flatMap(({ bars }) => bars)
const words = process.argv.slice(2)
const writes = words.includes('--write')
const wanted = words.filter((word) => word !== '--write').map((word) => word.toUpperCase())
const unknown = wanted.filter((word) => !known.includes(word))
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: there is only ${known.join(', ')}, and --write`)
if (writes && wanted.length > 0) throw new Error('--write takes no names: the document shows everything')

const machine = await lookAtMachine()
process.stdout.write(`${machineLine(machine)}\n`)
const findings: Finding[] = []
for (const { bars, run } of benches) {
  if (wanted.length > 0 && !bars.some((bar) => wanted.includes(bar))) continue
  process.stdout.write(`${bars.join(', ')} …\n`)
  const found = await run()
  findings.push(...found)
  process.stdout.write(`${textTable(found)}\n`)
}
if (writes)
  writeFileSync(join(root, 'docs/performance.md'), markdown(findings, machine, new Date().toISOString().slice(0, 10)))
process.exitCode = findings.some((finding) => standing(finding) === 'not met') ? 1 : 0
