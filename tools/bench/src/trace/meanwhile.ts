import { Effect } from 'effect'
import type { Engine } from '../engines/engine.ts'
import type { Finding } from '../finding.ts'
import { startServer } from '../http/child-server.ts'
import { type Answered, load } from '../http/load.ts'
import { consumptions, lotbookOn, ownSecret } from '../http/targets.ts'
import type { Plant } from '../plant.ts'
import { median, ratioInTurns } from '../rounds.ts'
import { firstLot, writeGenealogies } from './genealogies.ts'
import { shapes } from './layouts.ts'
import { openTraced, type TracedStore } from './traced-store.ts'

const rounds = 5
const seconds = 3
const connections = 4
const call = { actor: 'bench', grants: ['INVENTORY'] } as const

/** Puts stock beside the genealogies, for the writes of the others. */
const stock = async ({ inventory }: TracedStore): Promise<Plant> => {
  const run = Effect.runPromise
  const { id: materialId } = await run(inventory.getMaterial('Dairy/Raw milk', call))
  const { id } = await run(inventory.getLocation('Plant/Bay', call))
  const location = id ?? ''
  const lots: string[] = []
  for (let n = 0; n < 500; n++) {
    const lot = await run(inventory.saveLot({ name: `S${n}`, materialId, status: 'AVAILABLE' }, call))
    const receipt = { lotRecordType: 'RECEIVE', inventoryLotId: lot.id, destinationLocationId: location }
    await run(inventory.saveInventoryLotRecord({ ...receipt, quantity: 1_000_000, status: 'COMPLETED' }, call))
    lots.push(lot.id ?? '')
  }
  return { lots, location }
}

/** Traces a lot over HTTP, again and again, until told to stop. Resolves with how often it was done. */
const tracing = (url: string, stop: AbortSignal): Promise<number> =>
  (async () => {
    let count = 0
    while (!stop.aborted) {
      const answer = await fetch(url, { headers: { authorization: `Bearer ${ownSecret}` } })
      if (answer.body === null || answer.status !== 200) throw new Error(`the trace was answered with ${answer.status}`)
      for await (const _ of answer.body) if (stop.aborted) break
      count += 1
    }
    return count
  })()

/** What other requests notice of a large trace: their p99 with one trace of 100,000 edges after another, and without. */
export const meanwhile = async (engine: Engine): Promise<readonly Finding[]> => {
  const layout = shapes(firstLot)
  await writeGenealogies(engine, 'trace', layout)
  const traced = await openTraced(engine, 'trace')
  const plant = await stock(traced)
  const lot = await traced.idOf(layout.begin.wide)
  await traced.close()
  const server = await startServer(await lotbookOn(engine, 'trace'))
  try {
    const next = consumptions(plant, '/v1/lot-records')
    const write = (): Promise<Answered> => load({ url: server.url, connections, seconds, next })
    const [alone, beside]: [Answered[], Answered[]] = [[], []]
    let traces = 0
    await write()
    for (let round = 0; round < rounds; round++) {
      process.stdout.write(`  writes without and beside traces, round ${round + 1} of ${rounds} …\n`)
      alone.push(await write())
      const stop = new AbortController()
      const going = tracing(`${server.url}/v1/lots/${lot}/trace?direction=descendants&limit=100000`, stop.signal)
      beside.push(await write())
      stop.abort()
      traces += await going
    }
    const p99 = (answers: readonly Answered[]): readonly number[] => answers.map((answer) => answer.p99)
    const rate = (answers: readonly Answered[]): readonly number[] => answers.map(({ perSecond }) => perSecond)
    const words = (ours: readonly number[], theirs: readonly number[], unit: string): string =>
      `${median(ours).toFixed(1)} ${unit} / ${median(theirs).toFixed(1)} ${unit}`
    return [
      {
        name: 'TRACES',
        what: `p99 of POST consume at ${connections} beside traces of 100,000 edges (${traces} in ${rounds * seconds} s) / without`,
        ratio: ratioInTurns(p99(beside), p99(alone)),
        figures: words(p99(beside), p99(alone), 'ms'),
      },
      {
        name: 'TRACES',
        what: 'rate of the same / without',
        ratio: ratioInTurns(rate(beside), rate(alone)),
        figures: words(rate(beside), rate(alone), '/s'),
      },
    ]
  } finally {
    await server.stop()
  }
}
