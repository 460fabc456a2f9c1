import { deepStrictEqual, doesNotMatch, ok, strictEqual } from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { endSessions } from '@lotbook/repository/testing'
import { makeClient } from '../test/client.ts'
import { findPlaces, idsOf, makeWrite, type Sent, send, stockAfter, stockOf, writtenIds } from '../test/writers.ts'
import { numbersFrom } from './numbers.ts'
import { onPostgres } from './on-postgres.ts'
import { serve, verifyPlant } from './plant.ts'
import type { Torture } from './torture.ts'

const processes = 2
const writersEach = 4

/**
 * T6: PostgreSQL is stopped (fast, and as if it crashed) and its sessions are ended, again and again, while servers
 * write. Who is told that the store is unavailable sends the same again, with the same key: all happens exactly once.
 */
export const postgresRestarts: Torture = ({ tell, seed, form }) =>
  onPostgres(async (db, postgres) => {
    const rounds = form === 'long' ? 30 : 3
    const below = numbersFrom(seed)
    const servers = await Promise.all(Array.from({ length: processes }, () => serve(db)))
    const clients = servers.map(({ url }) => makeClient(url))
    const [first = makeClient('')] = clients
    const places = await findPlaces(first)
    const before = await stockOf(first)
    const all: Sent[] = []
    let [over, unavailable, replayed] = [false, 0, 0]

    const writer = async (client: typeof first, from: number): Promise<void> => {
      for (let turn = from; !over; turn++) {
        const sent = makeWrite(places, turn)
        all.push(sent)
        for (;;) {
          strictEqual(await send(client, sent), true, 'a server went away')
          if (sent.answered?.status !== 503) break
          unavailable += 1
          await pause(20)
        }
        strictEqual(sent.answered?.status, 201, JSON.stringify(sent.answered?.body))
        if (sent.answered?.replayed === true) replayed += 1
      }
    }
    const writing = Promise.all(
      clients.flatMap((client) => Array.from({ length: writersEach }, (_, index) => writer(client, index))),
    )
    const disturbing = (async () => {
      try {
        for (let round = 0; round < rounds; round++) {
          // The next blow comes when writing is under way again.
          for (const until = all.length + 16 + below(24); all.length < until; ) await pause(2)
          if (round % 3 === 2) await endSessions(db)
          else {
            await postgres.stop(round % 3 === 0 ? 'fast' : 'immediate')
            await postgres.start()
          }
        }
      } finally {
        over = true
      }
    })()
    await Promise.all([writing, disturbing])

    for (const client of clients) {
      deepStrictEqual(await stockOf(client), stockAfter(before, all))
      deepStrictEqual((await writtenIds(client, 'admin')).toSorted(), all.flatMap(idsOf).toSorted())
    }
    for (const { kill } of servers) {
      const { code, stderr } = await kill('SIGTERM')
      strictEqual(code, 0, stderr)
      doesNotMatch(stderr, /unhandled|uncaught/iu)
    }
    await verifyPlant(db)
    ok(all.length >= rounds * 16)
    tell(
      `${rounds} blows (stopped fast, stopped at once, sessions ended), ${all.length} writes by ${processes} servers`,
    )
    tell(`0 lost, 0 twice, verify clean; ${unavailable} times 503, ${replayed} of them had happened already`)
  })
