import { randomBytes } from 'node:crypto'
import type { Engine } from '../engines/engine.ts'
import type { Finding } from '../finding.ts'
import { makeBare } from '../http/bare-database.ts'
import { startServer } from '../http/child-server.ts'
import { lotbookOn, ownSecret } from '../http/targets.ts'
import { draw, type Plant } from '../plant.ts'
import { median, ratioInTurns } from '../rounds.ts'
import { loopOfLeast, loopOfSameRows } from './raw-loops.ts'

const actions = 1000
// On PostgreSQL a loop takes a second for a batch.
const batches = { SQLite: 4, PostgreSQL: 1 } as const
const rounds = 7

/** Posts batches one after the other, and says how many actions a second that were. */
const makeBatches = (url: string, { lots, location }: Plant) => {
  const run = randomBytes(9).toString('base64url')
  let count = 0
  const post = async (): Promise<void> => {
    const requests = Array.from({ length: actions }, () => ({
      type: 'CONSUME',
      quantity: 0.001,
      lotIdOrName: draw(lots),
      sourceLocationIdOrPath: location,
      notes: 'into batch 7',
    }))
    count += 1
    const response = await fetch(`${url}/v1/inventory/execute-inventory-actions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${ownSecret}`,
        'idempotency-key': `${run}-${count}`,
      },
      body: JSON.stringify({ requests }),
    })
    const answer = await response.text()
    if (response.status !== 201) throw new Error(`${response.status} ${answer.slice(0, 500)}`)
  }
  return post
}

type Measured = Pick<Finding, 'name' | 'ratio' | 'figures'>

const rateOf = async (batch: () => Promise<void>, times: number): Promise<number> => {
  const start = performance.now()
  for (let i = 0; i < times; i++) await batch()
  return (times * actions * 1000) / (performance.now() - start)
}

/** B3: 1000 actions in one request over HTTP, against a loop of the same inserts in this process. */
export const batching = async (engine: Engine): Promise<readonly Finding[]> => {
  const plant = await engine.plant('lotbook')
  await makeBare(engine, 'bare', plant)
  const program = await lotbookOn(engine, 'lotbook')
  const first = await startServer(program)
  try {
    await makeBatches(first.url, plant)()
  } finally {
    await first.stop()
  }
  await engine.copy('lotbook', 'raw')
  const server = await startServer(program)
  const [same, least] = [await loopOfSameRows(engine, 'raw', plant), await loopOfLeast(engine, 'bare', plant)]
  try {
    const post = makeBatches(server.url, plant)
    const sides = [post, () => same.batch(actions), () => least.batch(actions)] as const
    const times = batches[engine.name]
    for (const side of sides) await rateOf(side, times)
    const rates: number[][] = sides.map(() => [])
    for (let round = 0; round < rounds; round++)
      for (const [at, side] of sides.entries()) rates[at]?.push(await rateOf(side, times))
    const [ours = [], ...raw] = rates
    const [sameRows, leastRows] = raw.map((theirs) => ({
      name: 'B3',
      ratio: ratioInTurns(ours, theirs),
      figures: `${median(ours).toFixed(0)}/s / ${median(theirs).toFixed(0)}/s`,
    })) as [Measured, Measured]
    const batch = `a batch of ${actions} actions in one request`
    return [
      {
        ...sameRows,
        what: `${batch} / a raw loop of the same inserts`,
        bar: { sense: 'at least', must: 0.4, goal: 0.55 },
      },
      { ...leastRows, what: `${batch} / a raw loop of a record and a balance for each` },
    ]
  } finally {
    await same.close()
    await least.close()
    await server.stop()
  }
}
