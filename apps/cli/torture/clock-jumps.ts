import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allItems, type Client, makeClient } from '../test/client.ts'
import { findPlaces, idsOf, makeWrite, type Places, type Sent, send } from '../test/writers.ts'
import { seedPlant, serve, verifyPlant } from './plant.ts'
import type { Torture } from './torture.ts'

/** Debian's faketime: a library that stands before the clock of a program. */
const faketimeLibrary = (): string => {
  const folders = ['/usr/lib', ...readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`)]
  const found = folders
    .map((folder) => join(folder, 'faketime', 'libfaketimeMT.so.1'))
    .find((file) => spawnSync('test', ['-r', file]).status === 0)
  ok(found !== undefined, 'faketime is not installed: apt-get install faketime')
  return found
}

const jumps = ['+0', '-20h', '+3650d', '-2h', '@1999-12-31 23:59:58', '@2038-01-19 03:14:06', '-30d', '+1d'] as const
const farBack: readonly string[] = ['@1999-12-31 23:59:58', '-30d']

const write = async (client: Client, places: Places, turn: number, jump: string): Promise<string> => {
  const made = makeWrite(places, turn)
  // Stock follows the dates of records, and those may not be far ahead of the server's clock: then it is a memo.
  const { quantity: _, ...memo } = made.request
  const request = farBack.includes(jump) ? memo : { ...made.request, startDate: new Date().toISOString() }
  const sent: Sent = { ...made, request }
  strictEqual(await send(client, sent), true)
  strictEqual(sent.answered?.status, 201, JSON.stringify(sent.answered?.body))
  return idsOf(sent)[0] ?? ''
}

/** T8: the clock of the server jumps to and fro while it writes. What came first stays first. */
export const clockJumps: Torture = async ({ folder, tell, form }) => {
  const rounds = form === 'long' ? 20 : 1
  const db = join(folder, 'clock.db')
  const clock = join(folder, 'clock')
  // At once: the server looks at it whenever it looks at the clock.
  const set = (to: string): void => {
    writeFileSync(`${clock}.new`, to)
    renameSync(`${clock}.new`, clock)
  }
  await seedPlant(db)
  set('+0')
  const fake = {
    LD_PRELOAD: faketimeLibrary(),
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
  const server = await serve(db, { env: fake })
  const client = makeClient(server.url)
  const places = await findPlaces(client)
  const ids: string[] = []
  for (let turn = 0; turn < rounds * jumps.length; turn++) {
    const jump = jumps[turn % jumps.length] ?? '+0'
    set(jump)
    for (let n = 0; n < 4; n++) ids.push(await write(client, places, turn * 4 + n, jump))
  }

  const records = await allItems(client, '/v1/lot-records?createdBy=admin')
  const inOrder = records.toSorted((left, right) => Number(left['sequence']) - Number(right['sequence']))
  deepStrictEqual(
    inOrder.map(({ id }) => id),
    ids,
  )
  const times = inOrder.map(({ createdDate }) => Date.parse(String(createdDate)))
  const back = times.filter((time, index) => time < (times[index - 1] ?? time)).length
  ok(back >= rounds * 3, `the clock of the server went back ${back} times only`)
  strictEqual((await server.kill('SIGTERM')).code, 0)
  const checkpoint = await verifyPlant(db)

  // With the right clock again, the chain is the same and goes on behind its end.
  const after = await serve(db)
  const last = await write(makeClient(after.url), places, 0, '+0')
  const { body } = await makeClient(after.url).get(`/v1/lot-records/${last}`)
  strictEqual(body['sequence'], Number(checkpoint.split(':')[0]) + 1)
  strictEqual((await after.kill('SIGTERM')).code, 0)
  await verifyPlant(db)
  tell(`${ids.length} writes over ${rounds * jumps.length} jumps, ${back} times to a moment before the last record's`)
  tell('the order of the records is that of their writing, verify is clean, and the chain goes on')
}
