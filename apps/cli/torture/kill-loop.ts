import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Client, makeClient } from '../test/client.ts'
import {
  findPlaces,
  idsOf,
  makePairOfWrites,
  makeWrite,
  type Places,
  type Sent,
  send,
  stockAfter,
  stockOf,
  writeConcurrently,
  writtenIds,
} from '../test/writers.ts'
import { numbersFrom } from './numbers.ts'
import { seedPlant, serveTimed, verifyPlant } from './plant.ts'
import type { Torture } from './torture.ts'

const writers = 4

const makeAny = (places: Places, turn: number): Sent =>
  turn % 3 === 2 ? makePairOfWrites(places) : makeWrite(places, turn)

/** Whoever got no answer sends the same again, with the same key. Gives how many of them had happened already. */
const sendAgain = async (client: Client, open: readonly Sent[]): Promise<number> => {
  for (const write of open) strictEqual(await send(client, write), true)
  return open.filter(({ answered }) => answered?.replayed === true).length
}

/** T1: four writers over HTTP, and a server that is killed again and again (kill -9) while they write. */
export const killLoop: Torture = async ({ folder, tell, seed, form }) => {
  const rounds = form === 'long' ? 100 : 8
  const below = numbersFrom(seed)
  const db = join(folder, 'crash.db')
  await seedPlant(db)

  let { server } = await serveTimed(db)
  const places = await findPlaces(makeClient(server.url))
  const before = await stockOf(makeClient(server.url))
  // What was acknowledged is kept here, in another process than the one that is killed.
  const all: Sent[] = []
  const ready: number[] = []
  let [unanswered, committed] = [0, 0]

  for (let round = 0; round < rounds; round++) {
    const { url, child } = server
    const until = 5 + below(40)
    const delay = below(5)
    const sent = await writeConcurrently(
      makeClient(url),
      places,
      writers,
      (acknowledged) => {
        // From here on the writers only see that nobody answers any more.
        if (acknowledged === until) void pause(delay).then(() => child.kill('SIGKILL'))
        return false
      },
      makeAny,
    )
    await server.ended
    all.push(...sent)
    await verifyPlant(db)

    const again = await serveTimed(db)
    server = again.server
    ready.push(again.milliseconds)
    const client = makeClient(server.url)
    const open = sent.filter(({ answered }) => answered === undefined)
    unanswered += open.length
    committed += await sendAgain(client, open)
    const acknowledged = sent.find(({ answered }) => answered?.replayed === false)
    if (acknowledged !== undefined) {
      const replay = await client.post(acknowledged.path, acknowledged.request, acknowledged.key)
      deepStrictEqual(replay, { ...acknowledged.answered, replayed: true })
    }
    deepStrictEqual([...new Set(all.map(({ answered }) => answered?.status))], [201])
    const written = await writtenIds(client, 'admin')
    deepStrictEqual(written.toSorted(), all.flatMap(idsOf).toSorted())
    deepStrictEqual(await stockOf(client), stockAfter(before, all))
    if ((round + 1) % 10 === 0) tell(`${round + 1} kills: ${all.length} writes, ${committed} committed and unanswered`)
  }

  strictEqual((await server.kill('SIGTERM')).code, 0)
  await verifyPlant(db)
  ok(unanswered >= rounds)
  ready.sort((left, right) => left - right)
  const [middle = 0, most = 0] = [ready[Math.floor(rounds / 2)], ready.at(-1)]
  tell(`${rounds} kills, ${all.length} writes: 0 acknowledged lost, 0 half-done, verify clean each time`)
  tell(`${unanswered} writes were unanswered; ${committed} of them were committed, and none of those happened twice`)
  tell(`ready again after ${middle} ms in the middle, ${most} ms at most`)
  // Times say something on a machine that does nothing else only.
  if (form === 'long') ok(most < 2000, `it took ${most} ms to be ready again`)
}
