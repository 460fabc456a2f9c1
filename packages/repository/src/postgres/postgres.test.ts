import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type InsufficientStock,
  makeInventory,
  makeUlidSource,
  type Policy,
  StorageUnavailable,
  type Store,
} from '@lotbook/domain'
import { Effect, Exit, Result } from 'effect'
import pg from 'pg'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { beside, waitersIn } from '../../test/beside-postgres.ts'
import { ada, archiveOf, done, linesOf, makePlant, open, type Plant, refused } from '../../test/plant.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'
import { NoLedger } from '../migrate.ts'
import { openStore } from '../open-store.ts'
import { newDatabase, startPostgres } from '../testing/postgres-server.ts'

/** The same plant, written by another process. */
const plantIn = (store: Store, plant: Plant): Plant => {
  const inventory = makeInventory({ store, now: () => Date.UTC(2026, 10, 23, 8), newUlid: makeUlidSource() })
  const record: typeof plant.record = (lotRecordType, { id }, fields = {}, call = ada) =>
    inventory.saveInventoryLotRecord({ lotRecordType, inventoryLotId: id, status: 'COMPLETED', ...fields }, call)
  return { ...plant, inventory, record }
}

const stage = async (
  options: { readonly address?: string; readonly patience?: number; readonly policy?: Policy } = {},
) => {
  // However slow the machine is, who waits is not refused.
  const { address = await newPostgres(), patience = 60_000, ...others } = options
  const opened = await open({ filename: address, patience, ...others })
  const plant = await makePlant(opened.store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 1000)
  const consuming = (quantity: number) => plant.record('CONSUME', lot, { quantity, sourceLocationId: plant.dock })
  const stock = async () => (await done(plant.inventory.getLot(lot.id ?? '', ada))).onHand
  return { address, plant, lot, consuming, stock, ...opened }
}

describe('a store on PostgreSQL', () => {
  it('says where it is, without the password', async () => {
    const address = await newPostgres()
    const { info } = await open({ filename: address.replace('postgres@', 'postgres:secret@') })
    expect(info.filename).toBe(address)
    expect(info.engine).toMatch(/^PostgreSQL \d+/)
  })

  it('is made once, by however many processes at the same time', async () => {
    const address = await newPostgres()
    const opened = await Promise.all(Array.from({ length: 6 }, () => open({ filename: address, policy: 'strict' })))
    expect(new Set(opened.map(({ info }) => info.schema)).size).toBe(1)
    expect(await Promise.all(opened.map(({ store }) => done(store.policy())))).toEqual(Array(6).fill('strict'))
  })

  it('makes nothing in a database without a ledger, where one must be there', async () => {
    const address = await newPostgres()
    const secret = address.replace('postgres@', 'postgres:secret@')
    await expect(openStore({ filename: secret, mustExist: true })).rejects.toThrow(new NoLedger(address))
    expect(await queryPostgres(address, "select 1 from pg_class where relname = 'migration'")).toEqual([])
    await open({ filename: address, policy: 'strict' })
    expect(await done((await open({ filename: secret, mustExist: true })).store.policy())).toBe('strict')
  })

  it('does not open what is not there', async () => {
    const address = await newPostgres()
    await expect(open({ filename: `${address}_not` })).rejects.toMatchObject({
      reason: 'PostgreSQL: the database does not exist (3D000)',
    })
    await expect(open({ filename: 'postgres://postgres@127.0.0.1:1/none', patience: 20 })).rejects.toMatchObject({
      reason: 'PostgreSQL: the database cannot be reached (ECONNREFUSED)',
    })
  })

  it('refuses changes of its history', async () => {
    const { address } = await stage()
    const forger = await beside(address)
    for (const table of ['record_version', 'stock_entry', 'lot_entry', 'change_log']) {
      await expect(forger.query(`delete from ${table}`)).rejects.toThrow(`${table} is history`)
      await expect(forger.query(`update ${table} set sequence = sequence`)).rejects.toThrow(`${table} is history`)
    }
    await expect(
      forger.query(
        'insert into record_version (sequence, record, version, content, hash) select 9, record, 9, content, hash from record_version limit 1',
      ),
    ).rejects.toThrow('a version takes the next sequence')
  })

  it('finds what somebody changed past the triggers', async () => {
    const { address, store } = await stage()
    const forger = await beside(address)
    await forger.query('set session_replication_role = replica')
    await forger.query('update stock_entry set quantity = quantity + 1')
    const { mismatches } = await done(store.verify())
    expect(mismatches.length).toBeGreaterThan(0)
  })
})

describe('changes that come together on PostgreSQL', () => {
  it('share a transaction, and are refused one by one', async () => {
    const { consuming, stock, store, commits } = await stage()
    const before = commits()
    const results = await Promise.all([600, 600, 300].map((quantity) => done(Effect.result(consuming(quantity)))))
    expect(commits() - before).toBe(1)
    expect(results.map(Result.isSuccess)).toEqual([true, false, true])
    const refusal = Result.getOrThrow(Result.flip(results[1] as Result.Result<unknown, InsufficientStock>))
    expect(refusal).toMatchObject({ _tag: 'InsufficientStock', onHand: 400, asked: 600 })
    expect(await stock()).toBe(100)
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })

  it('from several processes end exact, in one dense order', async () => {
    const { address, lot, plant, stock, store } = await stage()
    const others = await Promise.all(Array.from({ length: 3 }, () => open({ filename: address })))
    const plants = [plant, ...others.map(({ store: other }) => plantIn(other, plant))]
    const sequences = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const { record, dock } = plants[index % plants.length] as typeof plant
        return (await done(record('CONSUME', lot, { quantity: 1, sourceLocationId: dock }))).sequence
      }),
    )
    expect(await stock()).toBe(800)
    expect([...sequences].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(Array.from({ length: 200 }, (_, i) => i + 3))
    expect(await done(store.verify())).toMatchObject({ mismatches: [], checkpoint: { count: 202 } })
  })

  it('wait for a writer that holds the ledger', async () => {
    const { address, consuming, stock } = await stage()
    const [other, waiters] = [await beside(address), await waitersIn(address)]
    await other.query('begin')
    await other.query('select * from ledger_head for update')
    const waiting = Effect.runPromiseExit(consuming(1))
    await waiters.are(1)
    await other.query('commit')
    expect(Exit.isSuccess(await waiting)).toBe(true)
    expect(await stock()).toBe(999)
  })

  it('are tried again when their connection is taken away, and done once', async () => {
    const { address, consuming, stock, store } = await stage()
    const [other, waiters] = [await beside(address), await waitersIn(address)]
    await other.query('begin')
    await other.query('select * from ledger_head for update')
    const waiting = Promise.all([1, 2, 3].map((quantity) => done(consuming(quantity))))
    await waiters.are(1)
    await waiters.end()
    await other.query('commit')
    await waiting
    expect(await stock()).toBe(994)
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })

  it('are refused as what may be sent again when the database ends a statement of theirs', async () => {
    const { address, consuming, stock } = await stage({ patience: 0 })
    const [other, waiters] = [await beside(address), await waitersIn(address)]
    await other.query('begin')
    await other.query('select * from ledger_head for update')
    const waiting = Effect.runPromise(Effect.flip(consuming(1)))
    const ended = vi.fn()
    waiting.then(ended, ended)
    // Reading ahead gives way to reading under the lock, so there may be two to end.
    await expect
      .poll(async () => {
        await waiters.cancel()
        return ended.mock.calls.length
      })
      .toBe(1)
    expect(await waiting).toMatchObject({ _tag: 'StorageUnavailable', reason: expect.stringContaining('(57014)') })
    await other.query('rollback')
    await done(consuming(2))
    expect(await stock()).toBe(998)
  })

  it.each([
    // The server ends the session while it commits, and while it does what was sent ahead of the commit.
    [
      'deferrable initially deferred',
      { reason: 'the connection was lost while the change was being committed', mayBeWritten: true },
    ],
    ['', { reason: 'the database is stopping or starting (57P01)' }],
  ])('are told what is known when their session is ended (%s)', async (when, told) => {
    const { address, consuming, stock } = await stage({ patience: 50 })
    const other = await beside(address)
    await other.query(
      'create function ends() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$',
    )
    await other.query(
      `create constraint trigger ends after update on ledger_head ${when} for each row execute function ends()`,
    )
    expect(await refused(consuming(1))).toEqual(new StorageUnavailable(told))
    await other.query('drop trigger ends on ledger_head')
    await done(consuming(1))
    expect(await stock()).toBe(999)
  })

  it('are refused once the store is closed', async () => {
    const { consuming, close } = await stage()
    const last = done(consuming(1))
    await close()
    expect((await last).posted).toBe(true)
    await expect(done(consuming(1))).rejects.toMatchObject({ reason: 'the store is closed' })
  })
})

describe('whoever waits for the head', () => {
  it('does not write into a store into which a restore has begun meanwhile', async () => {
    const source = await open({ filename: await newPostgres() })
    await makePlant(source.store)
    const lines = linesOf(await archiveOf(source))
    const address = await newPostgres()
    const [{ store }, other] = [await open({ filename: address }), await open({ filename: address })]
    const [holder, waiters] = [await beside(address), await waitersIn(address)]
    await holder.query('begin')
    await holder.query('select * from ledger_head for update')
    const restored = other.archive.restore(lines)
    await waiters.are(1)
    const policy = done(store.setPolicy('strict', 'ada', Date.UTC(2026, 10, 23)))
    const refused = expect(policy).rejects.toMatchObject({ _tag: 'StorageUnavailable' })
    await waiters.are(2)
    await holder.query('commit')
    await refused
    expect(await restored).toEqual(await done(source.store.checkpoint()))
    expect(await done(store.policy())).toBe('standard')
  })
})

describe('a process whose connections are all in use', () => {
  it('writes', async () => {
    const { consuming, snapshot, stock } = await stage()
    const snapshots = await Promise.all(Array.from({ length: 10 }, () => snapshot()))
    expect((await done(consuming(1))).posted).toBe(true)
    await Promise.all(snapshots.map(({ close }) => close()))
    expect(await stock()).toBe(999)
  })
})

describe('a PostgreSQL server that goes away', () => {
  it('leaves reads that would be tried again to a refusal when the store is closed', async () => {
    const server = await startPostgres()
    onTestFinished(server.remove)
    const { store, keys, close } = await stage({ address: await newDatabase(server.address, 'plant') })
    await server.stop('fast')
    const connecting = vi.spyOn(pg.Pool.prototype, 'connect')
    onTestFinished(() => connecting.mockRestore())
    const reads = [done(store.checkpoint()), done(keys.find('lb_none'))]
    const refused = reads.map((read) => expect(read).rejects.toMatchObject({ _tag: 'StorageUnavailable' }))
    // By now each waits longer between two tries than a close takes.
    await expect.poll(() => connecting.mock.calls.length).toBeGreaterThan(12)
    await close()
    await Promise.all(refused)
  })

  it('loses nothing that was acknowledged, and is used again when it is back', async () => {
    const server = await startPostgres({ sync: true })
    onTestFinished(server.remove)
    const address = await newDatabase(server.address, 'plant')
    const { consuming, stock, store } = await stage({ address })
    let acknowledged = 0
    let unknown = 0
    const rounds = ['immediate', 'fast'] as const
    for (const how of rounds) {
      const writes = Array.from({ length: 60 }, () =>
        Effect.runPromise(Effect.result(consuming(1))).then((result) => {
          if (Result.isSuccess(result)) acknowledged += 1
          else if (result.failure instanceof StorageUnavailable) unknown += 1
          else throw result.failure
        }),
      )
      await server.stop(how)
      await server.start()
      await Promise.all(writes)
    }
    expect(acknowledged + unknown).toBe(120)
    const left = 1000 - (await stock())
    expect(left).toBeGreaterThanOrEqual(acknowledged)
    expect(left).toBeLessThanOrEqual(acknowledged + unknown)
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })

  it('refuses changes and answers reads while it is a standby', async () => {
    const server = await startPostgres()
    onTestFinished(server.remove)
    const address = await newDatabase(server.address, 'plant')
    const { consuming, stock } = await stage({ address })
    const [folder] = await queryPostgres(address, "select current_setting('data_directory') as name")
    await server.stop('fast')
    writeFileSync(join((folder as { readonly name: string }).name, 'standby.signal'), '')
    await server.start()
    await expect(done(consuming(1))).rejects.toMatchObject({
      _tag: 'StorageUnavailable',
      reason: 'the database is read-only (25006)',
    })
    expect(await stock()).toBe(1000)
  })
})
