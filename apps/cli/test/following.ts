import { expect, onTestFinished } from 'vitest'
import { adminKey, type Client, makeClient } from './client.ts'
import { type Server, startServer } from './program.ts'
import { findPlaces, makeWrite } from './writers.ts'

/** A stream of events that is read. */
export interface Following {
  /** The sequence of the next event; undefined where the server has ended the stream. Rejects where it is cut off. */
  readonly next: () => Promise<number | undefined>
}

/** Follows what is written from now on. The stream is open when this resolves. */
export const follow = async (url: string): Promise<Following> => {
  const hangUp = new AbortController()
  onTestFinished(() => hangUp.abort())
  const answer = await fetch(`${url}/v1/events`, {
    headers: { Authorization: `Bearer ${adminKey}` },
    signal: hangUp.signal,
  })
  expect(answer.status).toBe(200)
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const block = async (): Promise<string | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const found = text.slice(0, end)
        text = text.slice(end + 2)
        return found
      }
      const read = await reader?.read()
      if (read?.value === undefined) return undefined
      text += read.value
    }
  }
  const next = async (): Promise<number | undefined> => {
    let found = await block()
    while (found !== undefined && !found.includes('\ndata: ')) found = await block()
    return found === undefined ? undefined : Number(/^id: (\d+)$/mu.exec(found)?.[1])
  }
  expect(await block()).toMatch(/^id: \d+$/mu)
  return { next }
}

/** Starts a server over a ledger that has the sample plant. */
export const serveSample = (address: string): Promise<Server> =>
  startServer(['start'], { env: { LOTBOOK_DB: address, LOTBOOK_ADMIN_KEY: adminKey } })

const write = async (client: Client, turn: number, places: Awaited<ReturnType<typeof findPlaces>>): Promise<number> => {
  const { status, body } = await client.post('/v1/lot-records', makeWrite(places, turn).request)
  expect(status).toBe(201)
  return Number(body['sequence'])
}

/** Two servers on one ledger: what either writes is on the streams of both, all of it and in order. */
export const bothFollowBoth = async (address: string): Promise<void> => {
  const servers = [await serveSample(address), await serveSample(address)] as const
  const clients = servers.map(({ url }) => makeClient(url)) as [Client, Client]
  const places = await findPlaces(clients[0])
  const streams = [await follow(servers[0].url), await follow(servers[1].url)] as const
  const seen: [number[], number[]] = [[], []]
  const bothSee = async (sequence: number): Promise<void> => {
    for (const [index, stream] of streams.entries())
      while ((seen[index]?.at(-1) ?? 0) < sequence) seen[index]?.push((await stream.next()) ?? Number.NaN)
  }

  for (let turn = 0; turn < 6; turn++) await bothSee(await write(clients[turn % 2] as Client, turn, places))
  const atOnce = Array.from({ length: 30 }, (_, turn) => write(clients[turn % 2] as Client, turn, places))
  await bothSee(Math.max(...(await Promise.all(atOnce))))
  const first = seen[0][0] ?? 0
  const all = Array.from({ length: 36 }, (_, index) => first + index)
  expect(seen).toEqual([all, all])
  for (const { kill } of servers) expect((await kill('SIGTERM')).code).toBe(0)
}
