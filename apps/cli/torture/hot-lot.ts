import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import { join } from 'node:path'
import { allItems, type Client, makeClient } from '../test/client.ts'
import type { Server } from '../test/processes.ts'
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
  writtenIds,
} from '../test/writers.ts'
import { seedPlant, serve, verifyPlant } from './plant.ts'
import type { Torture } from './torture.ts'

const processes = 3
const writersEach = 4

/** One writer: its writes come one after the other, and each must be taken. */
const write = async (client: Client, places: Places, count: number): Promise<readonly Sent[]> => {
  const all: Sent[] = []
  for (let turn = 0; turn < count; turn++) {
    const sent = turn % 4 === 3 ? makePairOfWrites(places) : makeWrite(places, turn)
    strictEqual(await send(client, sent), true)
    // Neither a lock nor a conflict of other writers may reach a client.
    strictEqual(sent.answered?.status, 201, JSON.stringify(sent.answered?.body))
    all.push(sent)
  }
  return all
}

/** Several servers on one ledger, all of whose writers work on the same lot: nothing is refused, and the end is exact. */
export const hotLotOn = async (db: string, writesEach: number, tell: (line: string) => void): Promise<void> => {
  const servers: Server[] = []
  for (let n = 0; n < processes; n++) servers.push(await serve(db))
  const clients = servers.map(({ url }) => makeClient(url))
  const [first] = clients as [Client]
  const places = await findPlaces(first)
  const before = await stockOf(first)
  const writers = clients.flatMap((client) => Array.from({ length: writersEach }, () => client))
  const all = (await Promise.all(writers.map((client) => write(client, places, writesEach)))).flat()

  const expected = stockAfter(before, all)
  for (const client of clients) {
    deepStrictEqual(await stockOf(client), expected)
    deepStrictEqual((await writtenIds(client, 'admin')).toSorted(), all.flatMap(idsOf).toSorted())
  }
  const records = await allItems(first, '/v1/lot-records?createdBy=admin')
  const sequences = records.map(({ sequence }) => Number(sequence)).toSorted((left, right) => left - right)
  const [least = 0] = sequences
  deepStrictEqual(
    sequences,
    sequences.map((_, index) => least + index),
  )
  for (const { kill } of servers) strictEqual((await kill('SIGTERM')).code, 0)
  const checkpoint = await verifyPlant(db)
  strictEqual(Number(checkpoint.split(':')[0]), sequences.at(-1))
  tell(`${processes} processes, ${writers.length} writers: ${all.length} writes of ${records.length} records`)
  tell('all were taken, the balance is exact, the sequences have no gap, verify is clean')
}

/** T7: several processes on one SQLite file. */
export const hotLot: Torture = async ({ folder, tell, form }) => {
  const db = join(folder, 'hot.db')
  await seedPlant(db)
  await hotLotOn(db, form === 'long' ? 400 : 12, tell)
}
