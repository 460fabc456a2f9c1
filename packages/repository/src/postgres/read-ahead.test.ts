import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'
import { makeLedgerHead } from '../ledger-head.ts'
import { endSessions } from '../testing/postgres-server.ts'
import { postgresDialect } from './dialect.ts'
import { endAll, openConnections } from './open.ts'
import { readAheadOn } from './read-ahead.ts'

const { readHead, writeHead, lockHead } = makeLedgerHead(postgresDialect)

const stage = async () => {
  const address = await newPostgres()
  const { connections } = await openConnections(address, 'standard', 0)
  onTestFinished(() => endAll(connections))
  const stamp = async () =>
    Object.values((await queryPostgres(address, 'select master_data from ledger_head'))[0] ?? {})
  return { address, connections, stamp, read: () => readAheadOn(connections, readHead) }
}

function* addOne() {
  const head = yield* lockHead()
  yield* writeHead({ ...head, masterData: head.masterData + 1 })
  return head.masterData
}

describe('a connection on which something was read ahead', () => {
  it('writes on what was committed since, not on its snapshot', async () => {
    const { address, read, stamp } = await stage()
    const ahead = await read()
    expect(ahead.isThere()).toBe(true)
    await queryPostgres(address, 'update ledger_head set master_data = 41')
    expect(await ahead.write(addOne)).toBe(41)
    expect(await stamp()).toEqual(['42'])
    expect(ahead.isThere()).toBe(false)
  })

  it('is given back by who writes, by who ends it, and by who fails', async () => {
    const { connections, read, stamp } = await stage()
    for (let count = 0; count < 4; count += 1) await (await read()).write(addOne)
    for (let count = 0; count < 4; count += 1) {
      const ahead = await read()
      ahead.end()
      ahead.end()
      expect(ahead.isThere()).toBe(false)
    }
    for (let count = 0; count < 4; count += 1) {
      const ahead = await read()
      const failing = ahead.write(function* () {
        yield* addOne()
        throw new Error('thought better of it')
      })
      await expect(failing).rejects.toThrow('thought better of it')
    }
    for (let count = 0; count < 4; count += 1)
      await expect(
        readAheadOn(connections, () => {
          throw new Error('nothing to read')
        }),
      ).rejects.toThrow('nothing to read')
    expect(await stamp()).toEqual(['4'])
    expect(connections.writes.pool.waitingCount).toBe(0)
  })

  it('is not written on once it broke, nor when it has said nothing for long', async () => {
    const { address, read, stamp } = await stage()
    const broken = await read()
    await endSessions(address)
    await vi.waitFor(() => expect(broken.isThere()).toBe(false), { timeout: 30_000 })
    broken.end()
    const silent = await read()
    const now = performance.now()
    vi.spyOn(performance, 'now').mockReturnValue(now + 1001)
    onTestFinished(() => {
      vi.restoreAllMocks()
    })
    expect(silent.isThere()).toBe(false)
    silent.end()
    vi.restoreAllMocks()
    await (await read()).write(addOne)
    expect(await stamp()).toEqual(['1'])
  })
})
