import { StorageUnavailable } from '@lotbook/domain'
import { describe, expect, it, onTestFinished } from 'vitest'
import { beside, waitersIn } from '../../test/beside-postgres.ts'
import { done } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'
import { stockedPostgres } from '../../test/stocked-postgres.ts'
import type { OpenStore } from '../open-store.ts'
import { all } from '../program.ts'
import { makeEngine } from './engine.ts'
import { socketOf } from './lane.ts'
import { endAll, openConnections } from './open.ts'

/** As many as a process has for it. */
const sessions = 16
const readsAtLength = 4

type Stage = Awaited<ReturnType<typeof stockedPostgres>>

const noneFree = 'all connections of this process to the database are in use, or it does not answer'

/** What every request does, and a change. */
const work = async ({ keys, store, plant, lot }: Stage): Promise<readonly unknown[]> => {
  const consumed = plant.consume(lot, 1).then(({ posted }) => posted)
  return [await done(keys.find('lb_none')), await done(store.policy()), await consumed]
}

/** Archives whose reader has taken the first piece and no more. */
const slowReaders = async ({ archive }: OpenStore, count: number) => {
  const readers = Array.from({ length: count }, () => archive.write())
  const end = async () => {
    await Promise.all(readers.map((reader) => reader.return(undefined)))
  }
  onTestFinished(end)
  await Promise.all(readers.map((reader) => reader.next()))
  return end
}

describe('who reads at length on PostgreSQL', () => {
  it('keeps nobody else waiting, however slow its readers are', async () => {
    const all = await stockedPostgres()
    const end = await slowReaders(all, sessions)
    expect(await work(all)).toEqual(['unknown', 'standard', true])
    // One more is refused, and nobody else hears of that.
    const refused = expect(all.archive.write().next()).rejects.toMatchObject({
      _tag: 'StorageUnavailable',
      reason: noneFree,
    })
    expect(await work(all)).toEqual(['unknown', 'standard', true])
    await refused
    await end()
    await (await all.snapshot()).close()
  })

  it('keeps nobody waiting with traces and checks either, nor exports with them', async () => {
    const all = await stockedPostgres()
    const [holder, waiters] = [await beside(all.address), await waitersIn(all.address)]
    await holder.query('begin')
    // Of these only a check reads it.
    await holder.query('lock table change_log in access exclusive mode')
    const checks = Array.from({ length: readsAtLength }, () => done(all.store.verify()))
    await waiters.are(readsAtLength)
    expect(await work(all)).toEqual(['unknown', 'standard', true])
    await (await slowReaders(all, sessions))()
    await holder.query('commit')
    for (const { mismatches } of await Promise.all(checks)) expect(mismatches).toEqual([])
  })
})

describe('a session on PostgreSQL that cannot be opened', () => {
  it('gives its connection back', async () => {
    const { connections } = await openConnections(await newPostgres(), 'standard', 0)
    onTestFinished(() => endAll(connections))
    const { openSession } = makeEngine(connections, 0)
    const { pool } = connections.sessions
    for (let count = 0; count < 2 * sessions; count++) {
      // The connection that is handed out next breaks just then, as those that are idle do when the server restarts.
      const client = await pool.connect()
      client.release()
      const opening = openSession(false)
      socketOf(client).destroy()
      await expect(opening).rejects.toBeInstanceOf(StorageUnavailable)
      await expect.poll(() => pool.totalCount).toBe(0)
    }
    const session = await openSession(false)
    await session.end(false)
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 1])
  })

  it('says that the store is closed', async () => {
    const { snapshot, close } = await stockedPostgres()
    await close()
    await expect(snapshot()).rejects.toMatchObject({ _tag: 'StorageUnavailable', reason: 'the store is closed' })
  })
})

describe('a session on PostgreSQL that is ended while something is asked', () => {
  it("asks nothing more on a connection that may be another's", async () => {
    const address = await newPostgres()
    const { connections } = await openConnections(address, 'standard', 0)
    onTestFinished(() => endAll(connections))
    const [holder, waiters] = [await beside(address), await waitersIn(address)]
    await holder.query('begin')
    await holder.query('lock table change_log in access exclusive mode')
    const session = await makeEngine(connections, 0).openSession(false)
    const answered: unknown[] = []
    const asked = session.run(function* () {
      answered.push(yield* all({ sql: 'select id from change_log limit 1', parameters: [] }))
      answered.push(yield* all({ sql: 'select 1 as one', parameters: [] }))
    })
    const refused = expect(asked).rejects.toBeInstanceOf(StorageUnavailable)
    await waiters.are(1)
    const ended = session.end(false)
    await holder.query('commit')
    await Promise.all([ended, refused])
    expect(answered).toEqual([[]])
    const { pool } = connections.sessions
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 1])
  })
})

describe('a session on PostgreSQL whose connection is lost', () => {
  it.each([false, true])('gives it back and tells what was lost (commits: %s)', async (keeps) => {
    const { connections } = await openConnections(await newPostgres(), 'standard', 0)
    onTestFinished(() => endAll(connections))
    const { pool } = connections.sessions
    const session = await makeEngine(connections, 0).openSession(keeps)
    for (const client of connections.open) socketOf(client).destroy()
    const ended = session.end(keeps)
    if (keeps)
      await expect(ended).rejects.toMatchObject({
        reason: 'the connection was lost while the change was being committed',
        mayBeWritten: true,
      })
    else await ended
    await expect.poll(() => pool.totalCount).toBe(0)
  })
})
