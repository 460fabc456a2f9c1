import type { Engine } from '../engines/engine.ts'
import type { Finding } from '../finding.ts'
import { type Comparison, median, ratioOf } from '../rounds.ts'
import { firstLot, writeGenealogies } from './genealogies.ts'
import { shapes } from './layouts.ts'
import { openTraced, turn } from './traced-store.ts'

const rounds = 7

/** The longest time between two turns of the event loop while something is done, in milliseconds. */
const longestTurn = async (work: () => Promise<unknown>): Promise<number> => {
  let going = true
  let longest = 0
  const watching = (async () => {
    let before = performance.now()
    while (going) {
      await turn()
      const now = performance.now()
      longest = Math.max(longest, now - before)
      before = now
    }
  })()
  await work()
  going = false
  await watching
  return longest
}

const inTurns = async (measure: () => Promise<number>): Promise<readonly number[]> => {
  const found: number[] = []
  for (let round = 0; round < rounds; round++) found.push(await measure())
  return found
}

/** The medians of a comparison in milliseconds. */
export const shown = ({ ours, theirs }: Comparison): string =>
  `${(ours / 1000).toFixed(0)} ms / ${(theirs / 1000).toFixed(0)} ms`

/** B4 and B5: traces against a recursive query that lists lots only. */
export const tracing = async (engine: Engine): Promise<readonly Finding[]> => {
  const layout = shapes(firstLot)
  await writeGenealogies(engine, 'trace', layout)
  const { wide, ladder, skipping, cycle } = layout.begin
  const { asJson, walked, against, close } = await openTraced(engine, 'trace')
  const way = 'DESCENDANTS'
  // What is run for the first time is compiled meanwhile.
  for (let n = 0; n < 10; n++) await asJson(wide, way, 'BASIC')
  const basic = await against(() => asJson(wide, way, 'BASIC'), wide, way, rounds)
  const turns = await inTurns(() => longestTurn(() => asJson(wide, way, 'BASIC')))
  const ladders = await inTurns(async () => {
    const started = performance.now()
    await asJson(ladder, way, 'BASIC')
    return performance.now() - started
  })
  const diamonds = await against(() => asJson(skipping, way, 'BASIC'), skipping, way, rounds)
  const walk = await against(() => walked(wide, way), wide, way, rounds)
  const diamondsWalk = await against(() => walked(skipping, way), skipping, way, rounds)
  const full = await against(() => asJson(wide, way, 'FULL'), wide, way, rounds)
  const diamondsFull = await against(() => asJson(skipping, way, 'FULL'), skipping, way, rounds)
  const round = await walked(cycle, way)
  if (round.places.size !== 1000 || round.records.length !== 1000) throw new Error('the cycle was not walked once')
  await close()
  const milliseconds = (found: readonly number[]): string => `${median(found).toFixed(1)} ms`
  return [
    {
      name: 'B4',
      what: 'trace of 100,000 edges with depths and quantities as JSON / a recursive query that lists lots only',
      ratio: basic.ratio,
      bar: { sense: 'at most', must: 2, goal: 1.3 },
      figures: shown(basic),
    },
    {
      name: 'B4',
      what: 'longest turn of the event loop meanwhile, in milliseconds',
      ratio: ratioOf(turns),
      bar: { sense: 'at most', must: 40, goal: 20 },
      figures: milliseconds(turns),
    },
    { name: 'B4', what: 'its walk alone / the recursive query', ratio: walk.ratio, figures: shown(walk) },
    {
      name: 'B4',
      what: 'the same with names, stock, status and times of 37,000 lots and 110,000 records / the recursive query',
      ratio: full.ratio,
      figures: shown(full),
    },
    {
      name: 'B5',
      what: 'ladder with 2^60 paths, depths and quantities as JSON, in milliseconds',
      ratio: ratioOf(ladders),
      bar: { sense: 'at most', must: 20, goal: 20 },
      figures: milliseconds(ladders),
    },
    {
      name: 'B5',
      what: 'walk of skip-level diamonds, 49,000 edges / the recursive query',
      ratio: diamondsWalk.ratio,
      bar: { sense: 'at most', must: 3, goal: 3 },
      figures: shown(diamondsWalk),
    },
    {
      name: 'B5',
      what: 'the same with depths and quantities as JSON / the recursive query',
      ratio: diamonds.ratio,
      figures: shown(diamonds),
    },
    {
      name: 'B5',
      what: 'the same with names, stock, status and times / the recursive query',
      ratio: diamondsFull.ratio,
      figures: shown(diamondsFull),
    },
  ]
}
