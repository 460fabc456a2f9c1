import { join } from 'node:path'
import { makeInventory, makeUlidSource, type TraceView } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import Database from 'better-sqlite3'
import { Effect } from 'effect'
import type { Finding } from '../finding.ts'
import { compare, median, ratioOf } from '../rounds.ts'
import { inScratch } from '../scratch.ts'
import { type Beginnings, writeGenealogies } from './genealogies.ts'

const rounds = 7

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

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

const reached =
  'with recursive reached(n) as (select ? union select e.to_lot from reached join trace_edge e on e.from_lot = reached.n)'

/** B4 and B5: traces with edges, depth and quantities as JSON, against a recursive query that lists the lots. */
export const tracing = (): Promise<readonly Finding[]> =>
  inScratch(async (folder) => {
    const filename = join(folder, 'trace.db')
    const begin = await writeGenealogies(filename)
    const { store, close } = await openStore({ filename })
    const raw = new Database(filename, { readonly: true })
    raw.pragma('cache_size = -65536')
    const listLots = raw
      .prepare<[number], string>(`${reached} select lot.ulid from reached join lot on lot.id = n`)
      .pluck()
    const ulidOf = raw.prepare<[number], string>('select ulid from lot where id = ?').pluck()
    const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
    const caller = { actor: 'bench', grants: ['INVENTORY'] } as const

    const trace = (from: keyof Beginnings): Promise<TraceView> =>
      Effect.runPromise(
        inventory.traceLot(ulidOf.get(begin[from]) ?? '', { direction: 'DESCENDANTS', limit: 100_000 }, caller),
      )
    /** As the HTTP API sends it: piece by piece. */
    const asJson = async (from: keyof Beginnings): Promise<void> => {
      const pieces = inventory.traceLotJson(
        ulidOf.get(begin[from]) ?? '',
        { direction: 'DESCENDANTS', limit: 100_000 },
        caller,
      )
      for (const _ of await Effect.runPromise(pieces)) await turn()
    }
    const times = (work: () => unknown) => async (count: number) => {
      for (let n = 0; n < count; n++) await work()
    }
    const against = (from: keyof Beginnings) =>
      compare(
        times(() => asJson(from)),
        times(() => listLots.all(begin[from])),
        1,
        rounds,
      )
    const show = (ours: number, theirs: number): string =>
      `${(ours / 1000).toFixed(0)} ms / ${(theirs / 1000).toFixed(0)} ms`

    const wide = await against('wide')
    const turns: number[] = []
    for (let round = 0; round < rounds; round++) turns.push(await longestTurn(() => asJson('wide')))
    const ladders: number[] = []
    for (let round = 0; round < rounds; round++) {
      const started = performance.now()
      await asJson('ladder')
      ladders.push(performance.now() - started)
    }
    const skipping = await against('skipping')
    const { nodes, edges } = await trace('cycle')
    if (nodes.length !== 1000 || edges.length !== 1000) throw new Error('the cycle was not walked once')
    raw.close()
    await close()
    return [
      {
        name: 'B4',
        what: 'trace of 100,000 edges as JSON / a recursive query that lists lots only',
        ratio: wide.ratio,
        bar: { sense: 'at most', must: 2, goal: 1.3 },
        figures: show(wide.ours, wide.theirs),
      },
      {
        name: 'B4',
        what: 'longest turn of the event loop meanwhile, in milliseconds',
        ratio: ratioOf(turns),
        bar: { sense: 'at most', must: 40, goal: 20 },
        figures: `${median(turns).toFixed(0)} ms`,
      },
      {
        name: 'B5',
        what: 'ladder with 2^60 paths, in milliseconds',
        ratio: ratioOf(ladders),
        bar: { sense: 'at most', must: 20, goal: 20 },
        figures: `${median(ladders).toFixed(1)} ms`,
      },
      {
        name: 'B5',
        what: 'skip-level diamonds of 49,000 edges as JSON / the recursive query',
        ratio: skipping.ratio,
        bar: { sense: 'at most', must: 3, goal: 3 },
        figures: show(skipping.ours, skipping.theirs),
      },
    ]
  })
