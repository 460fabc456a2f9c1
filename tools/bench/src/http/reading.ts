import type { Engine } from '../engines/engine.ts'
import type { Finding } from '../finding.ts'
import { draw } from '../plant.ts'
import { median, ratioInTurns } from '../rounds.ts'
import { makeBare } from './bare-database.ts'
import { type ChildServer, startServer } from './child-server.ts'
import { load, warmUp } from './load.ts'
import { lotbookOn, ownSecret } from './targets.ts'

const rounds = 5
const seconds = 2
const connections = 16
const headers = { authorization: `Bearer ${ownSecret}` }

/** The paths of all pages of 50 records. */
const pagesOf = async (url: string): Promise<readonly string[]> => {
  const first = '/v1/lot-records?limit=50'
  const paths: string[] = []
  for (let path: string | undefined = first; path !== undefined; ) {
    paths.push(path)
    const page = (await (await fetch(url + path, { headers })).json()) as { readonly next: string | null }
    path = page.next === null ? undefined : `${first}&cursor=${encodeURIComponent(page.next)}`
  }
  return paths
}

/** Gives the unit another name, so that no page is what it was. */
const renameUnit = async (url: string, round: number): Promise<void> => {
  const units = (await (await fetch(`${url}/v1/units`, { headers })).json()) as { readonly items: [{ id: string }] }
  const body = JSON.stringify({ name: `kilogram ${round}` })
  const sent = { method: 'PATCH', headers: { ...headers, 'content-type': 'application/json' }, body }
  const answer = await fetch(`${url}/v1/units/${units.items[0].id}`, sent)
  if (!answer.ok) throw new Error(`the unit was not renamed: ${answer.status}`)
}

/** The processor time of a server for each page, in microseconds, where each is read once. */
const costOf = async ({ url, processorTime }: ChildServer, paths: readonly string[]): Promise<number> => {
  const left = [...paths]
  const reader = async (): Promise<void> => {
    for (let path = left.pop(); path !== undefined; path = left.pop())
      await (await fetch(url + path, { headers })).arrayBuffer()
  }
  const before = await processorTime()
  await Promise.all(Array.from({ length: connections }, reader))
  return ((await processorTime()) - before) / paths.length
}

/** B7: a page of 50 records over HTTP, against Hono and the driver. */
export const readingOverHttp = async (engine: Engine): Promise<readonly Finding[]> => {
  const plant = await engine.plant('read')
  await makeBare(engine, 'single', plant)
  const servers: ChildServer[] = []
  try {
    const ours = await startServer(await lotbookOn(engine, 'read'))
    servers.push(ours)
    const bare = await startServer(await engine.bareServer('single', 'single'))
    servers.push(bare)
    const pages = await pagesOf(ours.url)
    const starts = plant.lots.slice(0, -50).map((lot) => `/records?after=RECEIVE-${lot}`)
    const targets = [
      { url: ours.url, next: () => ({ path: draw(pages), headers }), rates: [] as number[] },
      { url: bare.url, next: () => ({ path: draw(starts), headers }), rates: [] as number[] },
    ] as const
    await warmUp(targets, connections)
    for (let round = 0; round < rounds; round++)
      for (const { url, next, rates } of round % 2 === 0 ? targets : targets.toReversed())
        rates.push((await load({ url, next, connections, seconds })).perSecond)
    const [{ rates: our }, { rates: their }] = targets
    const first: number[] = []
    const bareFirst: number[] = []
    for (let round = 0; round < rounds; round++) {
      await renameUnit(ours.url, round)
      first.push(await costOf(ours, pages))
      bareFirst.push(await costOf(bare, starts.slice(0, pages.length)))
    }
    return [
      {
        name: 'B7',
        what: 'page of 50 records over HTTP / bare c.json(rows)',
        ratio: ratioInTurns(our, their),
        bar: { sense: 'at least', must: 1.4, goal: 2.5 },
        figures: `${median(our).toFixed(0)}/s / ${median(their).toFixed(0)}/s`,
      },
      {
        name: 'B7',
        what: 'processor time of a page that is read for the first time / bare',
        ratio: ratioInTurns(first, bareFirst),
        figures: `${median(first).toFixed(0)} µs / ${median(bareFirst).toFixed(0)} µs`,
      },
    ]
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}
