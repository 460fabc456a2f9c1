import type { Engine } from '../engines/engine.ts'
import type { Finding } from '../finding.ts'
import { firstLot, writeGenealogies } from './genealogies.ts'
import { diamonds, type Layout, plant } from './layouts.ts'
import { openTraced, type Way } from './traced-store.ts'
import { shown } from './tracing.ts'

const rounds = 5

interface Trace {
  readonly lot: number
  readonly way: Way
  readonly words: string
}

interface Genealogy {
  readonly layout: Layout<unknown>
  readonly traces: readonly Trace[]
}

const inPlant = (records: number): Genealogy => {
  const layout = plant(firstLot, records)
  return {
    layout,
    traces: [
      { lot: layout.begin.made, way: 'ANCESTORS', words: 'what a lot was made of' },
      { lot: layout.begin.raw, way: 'DESCENDANTS', words: 'what a lot went into' },
    ],
  }
}

const inDiamonds = (records: number): Genealogy => {
  const layout = diamonds(firstLot, records)
  return { layout, traces: [{ lot: layout.begin.top, way: 'DESCENDANTS', words: 'diamonds' }] }
}

const tell = (line: string): void => {
  process.stdout.write(`  ${line}\n`)
}

const measure = async (engine: Engine, name: string, { layout, traces }: Genealogy): Promise<readonly Finding[]> => {
  const among = `${layout.steps.length} records`
  tell(`writing ${among} …`)
  await writeGenealogies(engine, name, layout)
  const { asJson, walked, against, close } = await openTraced(engine, name)
  const findings: Finding[] = []
  for (const { lot, way, words } of traces) {
    const { places, records, truncated } = await walked(lot, way)
    const reached = `${places.size} lots, ${records.length} edges${truncated ? ', cut off' : ''}`
    tell(`${words} among ${among}: ${reached} …`)
    const found = await against(() => asJson(lot, way, 'BASIC'), lot, way, rounds)
    const what = `${words}, depths and quantities as JSON, among ${among}: ${reached} / the recursive query`
    findings.push({ name: 'TRACES', what, ratio: found.ratio, figures: shown(found) })
  }
  await close()
  return findings
}

/** Traces in plants of several sizes, every lot made of three and gone into two, and in as many diamonds. */
export const tracingPlants = async (engine: Engine): Promise<readonly Finding[]> => {
  const findings: Finding[] = []
  for (const size of [10_000, 100_000, 1_000_000])
    for (const make of [inPlant, inDiamonds])
      findings.push(...(await measure(engine, `genealogy${findings.length}`, make(size))))
  return findings
}
