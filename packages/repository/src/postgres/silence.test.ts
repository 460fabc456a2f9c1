import { hash } from 'node:crypto'
import { type Inventory, makeInventory, makeUlidSource } from '@lotbook/domain'
import { describe, expect, it, onTestFinished } from 'vitest'
import { beside, waitersIn } from '../../test/beside-postgres.ts'
import { ada, done, makePlant, open } from '../../test/plant.ts'
import { makeKeyStore } from '../keys/key-store.ts'
import { makeStore } from '../store.ts'
import { newDatabase, startPostgres } from '../testing/postgres-server.ts'
import { postgresDialect } from './dialect.ts'
import { makeEngine } from './engine.ts'
import { endAll, openConnections, type Silences } from './open.ts'
import { makeReadsTogether } from './reads-together.ts'

/** What is asked again is asked until it is answered, however slow the machine is. */
const patience = 300_000

const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ESRCH'

/** Sends a signal to processes of the server. Those that have ended meanwhile need none. */
const signal = (pids: readonly number[], name: 'SIGSTOP' | 'SIGCONT'): void => {
  for (const pid of pids)
    try {
      process.kill(pid, name)
    } catch (error) {
      if (!isGone(error)) throw error
    }
}

/** A plant on a server of its own, whose sessions can be stopped: as where its host hangs, nothing comes from them. */
const stage = async (silences: Silences) => {
  const server = await startPostgres()
  onTestFinished(server.remove)
  const address = await newDatabase(server.address, 'plant')
  const plant = await makePlant((await open({ filename: address })).store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 1000)
  const { connections } = await openConnections(address, 'standard', patience, null, silences)
  const { writer, ...engine } = makeEngine(connections, patience)
  onTestFinished(async () => {
    connections.closing = true
    await writer.finish()
    await endAll(connections)
  })
  const store = makeStore(postgresDialect, engine, (text) => hash('sha256', text))
  const keys = makeKeyStore(postgresDialect, { ...engine, read: makeReadsTogether(connections, patience) })
  const inventory = makeInventory({ store, now: () => Date.UTC(2026, 10, 23, 8), newUlid: makeUlidSource() })
  const stopped: number[] = []
  onTestFinished(() => signal(stopped, 'SIGCONT'))
  const admin = await beside(address)
  const watching = await waitersIn(address)
  const stop = async (where = '') => {
    const { rows } = await admin.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'lotbook' ${where}`,
    )
    const pids = rows.map(({ pid }) => pid)
    stopped.push(...pids)
    signal(pids, 'SIGSTOP')
    return { pids, goOn: () => signal(pids, 'SIGCONT') }
  }
  const consume = (from: Inventory, call = ada) =>
    done(
      from.saveInventoryLotRecord(
        {
          lotRecordType: 'CONSUME',
          inventoryLotId: lot.id,
          status: 'COMPLETED',
          quantity: 1,
          sourceLocationId: plant.dock,
        },
        call,
      ),
    )
  const stock = async () => (await done(inventory.getLot(lot.id ?? '', ada))).onHand
  return { address, store, keys, inventory, elsewhere: plant.inventory, stop, consume, stock, watching }
}

describe('a connection to PostgreSQL on which no answer comes any more', () => {
  it('is given up, and who asked is answered on another', async () => {
    const { store, keys, inventory, stop, consume, stock } = await stage({ short: 1_000, long: 10_000 })
    // A connection of each kind is there.
    await Promise.all([done(keys.find('lb_none')), done(store.policy()), consume(inventory)])
    const { goOn } = await stop()
    const consumed = consume(inventory).then(({ posted }) => posted)
    const asked = [done(keys.find('lb_none')), done(store.policy()), consumed]
    expect(await Promise.all(asked)).toEqual(['unknown', 'standard', true])
    goOn()
    expect(await stock()).toBe(998)
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })

  it('leaves it open whether a commit went through that was sent on it, and a key makes it happen once', async () => {
    const { address, inventory, elsewhere, store, stop, consume, stock, watching } = await stage({
      short: 300_000,
      long: 1_000,
    })
    const holder = await beside(address)
    await holder.query('create table gate ()')
    await holder.query(
      'create function passes() returns trigger language plpgsql set lock_timeout = 0 as $$ begin lock table gate in access exclusive mode; return new; end $$',
    )
    await holder.query(
      'create constraint trigger passes after update on ledger_head deferrable initially deferred for each row execute function passes()',
    )
    await holder.query('begin')
    await holder.query('lock table gate in access exclusive mode')
    const now = Date.UTC(2026, 10, 23, 8)
    const replayed: string[] = []
    const receipt = { scope: 'ada', key: 'k', fingerprint: 'f', now, expires: now + 1000 }
    const call = (who: string) => ({ ...ada, receipt: { ...receipt, onReplay: () => replayed.push(who) } })
    const refused = expect(consume(inventory, call('first'))).rejects.toMatchObject({
      _tag: 'StorageUnavailable',
      reason: 'the connection was lost while the change was being committed',
      mayBeWritten: true,
    })
    // It is being committed, and waits there.
    await watching.are(1)
    const { goOn } = await stop("and wait_event_type = 'Lock'")
    await refused
    await holder.query('commit')
    goOn()
    await expect.poll(stock).toBe(999)
    expect(await consume(elsewhere, call('second'))).toMatchObject({ posted: true })
    expect(replayed).toEqual(['second'])
    expect(await stock()).toBe(999)
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })

  it('does not keep those who watch from hearing of what others write', async () => {
    const { address, store, stop } = await stage({ short: 1_000, long: 10_000 })
    let told = 0
    onTestFinished(
      store.watch(() => {
        told += 1
      }),
    )
    // The first look tells.
    await expect.poll(() => told).toBeGreaterThan(0)
    await stop()
    const other = await beside(address)
    for (let count = 1; count <= 3; count++) {
      const before = told
      await other.query("update ledger_head set head = translate(head, '0123456789abcdef', '123456789abcdef0')")
      await expect.poll(() => told).toBeGreaterThan(before)
    }
  })
})
