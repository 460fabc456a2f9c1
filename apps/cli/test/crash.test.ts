import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, makeClient } from './client.ts'
import { type Folder, lotbook, makeFolder, type Server, startServer } from './program.ts'
import { findPlaces, type Sent, send, stockAfter, stockOf, writeConcurrently, writtenIds } from './writers.ts'

const rounds = 20
const writers = 4

let folder: Folder
beforeAll(() => {
  folder = makeFolder()
})
afterAll(() => folder.remove())

describe('a server that is killed while it writes (kill -9)', () => {
  it(`has lost nothing it acknowledged and done nothing by halves, ${rounds} times over`, async () => {
    const db = ['--db', folder.file('crash.db')]
    await lotbook(['seed', ...db])
    const start = (): Promise<Server> => startServer(['serve', ...db], { env: { LOTBOOK_ADMIN_KEY: adminKey } })

    let server = await start()
    const places = await findPlaces(makeClient(server.url))
    const before = await stockOf(makeClient(server.url))
    // What was acknowledged is kept here, in another process than the one that is killed.
    const all: Sent[] = []
    let unanswered = 0

    for (let round = 0; round < rounds; round++) {
      const { url, child } = server
      const sent = await writeConcurrently(makeClient(url), places, writers, (acknowledged) => {
        // From here on the writers only see that nobody answers any more.
        if (acknowledged === 10 + ((round * 7) % 40)) child.kill('SIGKILL')
        return false
      })
      await server.ended
      all.push(...sent)

      expect(await lotbook(['verify', ...db])).toMatchObject({ code: 0, stderr: '' })
      server = await start()
      const client = makeClient(server.url)
      const open = sent.filter(({ answered }) => answered === undefined)
      unanswered += open.length
      // Who got no answer sends the same again, with the same key.
      for (const write of open) expect(await send(client, write)).toBe(true)
      const acknowledged = sent.find(({ answered }) => answered?.replayed === false)
      const replay = await client.post('/v1/lot-records', acknowledged?.request, acknowledged?.key)
      expect(replay).toEqual({ ...acknowledged?.answered, replayed: true })
      expect(new Set(all.map(({ answered }) => answered?.status))).toEqual(new Set([201]))

      const ids = all.map(({ answered }) => String(answered?.body['id']))
      expect((await writtenIds(client, 'admin')).toSorted()).toEqual(ids.toSorted())
      expect(await stockOf(client)).toEqual(stockAfter(before, all))
    }

    expect(unanswered).toBeGreaterThanOrEqual(rounds)
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 })
    expect(await lotbook(['verify', ...db])).toMatchObject({ code: 0, stderr: '' })
  }, 120_000)
})
