import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Answered, adminKey, makeClient } from '../test/client.ts'
import { openLosingProxy } from '../test/losing-proxy.ts'
import type { Server } from '../test/processes.ts'
import { findPlaces, makePairOfWrites, makeWrite, type Sent, stockAfter, stockOf, writtenIds } from '../test/writers.ts'
import { numbersFrom } from './numbers.ts'
import { seedPlant, serve, verifyPlant } from './plant.ts'
import type { Torture } from './torture.ts'

const copies = 50

/** Sends one write many times at once. Gives the answers that came; undefined stands for each that did not. */
const sendAtOnce = (url: string, { path, request, key }: Sent): Promise<readonly (Answered | undefined)[]> => {
  const client = makeClient(url)
  const lost = (error: unknown): undefined => {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error
  }
  return Promise.all(Array.from({ length: copies }, () => client.post(path, request, key).catch(lost)))
}

/** All copies got one and the same answer, and `first` of them were no replays. */
const isOneEffect = (answers: readonly (Answered | undefined)[], first: number): void => {
  deepStrictEqual([...new Set(answers.map((answer) => answer?.status))], [201])
  strictEqual(new Set(answers.map((answer) => JSON.stringify(answer?.body))).size, 1)
  strictEqual(answers.filter((answer) => answer?.replayed === false).length, first)
}

/** Copies that read the same version each send a change for it at once: one is taken, the others hear of the conflict. */
const raceForVersion = async (url: string, symbol: string): Promise<void> => {
  const made = await makeClient(url).post('/v1/units', { symbol, name: symbol })
  strictEqual(made.status, 201)
  const headers = { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'application/json', 'If-Match': '"1"' }
  const change = (name: string) =>
    fetch(`${url}/v1/units/${String(made.body['id'])}`, { method: 'PATCH', headers, body: JSON.stringify({ name }) })
  const answers = await Promise.all(Array.from({ length: copies }, (_, index) => change(`${symbol} ${index}`)))
  const [won, ...more] = answers.filter(({ status }) => status === 200)
  ok(won !== undefined && more.length === 0)
  ok(answers.every(({ status }) => status === 200 || status === 412))
  const { name, version } = (await won.json()) as { readonly name: string; readonly version: number }
  const { body } = await makeClient(url).get(`/v1/units/${String(made.body['id'])}`)
  deepStrictEqual([body['name'], body['version'], version], [name, 2, 2])
}

/**
 * T5: each write is sent 50 times at once under one key, in turns straight, through a way on which answers get lost, and
 * to a server that is killed meanwhile; then 50 times more. Each happens once.
 */
export const exactlyOnce: Torture = async ({ folder, tell, seed, form }) => {
  const rounds = form === 'long' ? 120 : 9
  const below = numbersFrom(seed)
  const db = join(folder, 'once.db')
  await seedPlant(db)
  let server: Server = await serve(db)
  const places = await findPlaces(makeClient(server.url))
  const before = await stockOf(makeClient(server.url))
  const all: Sent[] = []
  let [hidden, killed] = [0, 0]

  for (let round = 0; round < rounds; round++) {
    const sent = round % 2 === 0 ? makeWrite(places, round) : makePairOfWrites(places)
    all.push(sent)
    let committed = 0
    const way = round % 3
    if (way === 0) isOneEffect(await sendAtOnce(server.url, sent), 1)
    else if (way === 1) {
      const proxy = await openLosingProxy(server.url)
      proxy.lose(true)
      deepStrictEqual([...new Set(await sendAtOnce(proxy.url, sent))], [undefined])
      proxy.close()
    } else {
      const sending = sendAtOnce(server.url, sent)
      // From before the first of them is read to after the last is answered.
      await pause(below(30))
      server.child.kill('SIGKILL')
      committed = (await sending).filter((answer) => answer !== undefined).length
      await server.ended
      server = await serve(db)
      killed += 1
    }
    const again = await sendAtOnce(server.url, sent)
    const happenedBefore = again.every((answer) => answer?.replayed === true)
    isOneEffect(again, happenedBefore ? 0 : 1)
    ok(happenedBefore || (way === 2 && committed === 0), 'an acknowledged or committed write was lost')
    if (way === 2 && happenedBefore && committed === 0) hidden += 1
    const client = makeClient(server.url)
    deepStrictEqual(await stockOf(client), stockAfter(before, all))
    await raceForVersion(server.url, `race ${round}`)
    if ((round + 1) % 20 === 0) tell(`${round + 1} rounds, ${killed} kills`)
  }
  const records = all.reduce((sum, { type }) => sum + (type === 'BOTH' ? 2 : 1), 0)
  strictEqual((await writtenIds(makeClient(server.url), 'admin')).length, records)
  strictEqual((await server.kill('SIGTERM')).code, 0)
  await verifyPlant(db)
  tell(`${rounds} writes, each sent ${copies} times at once and ${copies} times again: each happened once`)
  tell(
    `${killed} servers killed meanwhile, ${hidden} of them between the commit and the first answer that came through`,
  )
  tell(`${rounds} races of ${copies} for one version under If-Match: one taken each, the others answered 412`)
}
