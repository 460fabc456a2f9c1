import { type Inventory, makeInventory, makeUlidSource, makeWebhooks, type Webhook } from '@lotbook/domain'
import { Effect } from 'effect'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ada, done, makePlant, open } from '../../test/plant.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'
import { type LedgerHead, makeLedgerHead } from '../ledger-head.ts'
import { execute } from '../program.ts'
import { postgresDialect } from './dialect.ts'
import { holdHead } from './hold-head.ts'
import { endAll, openConnections } from './open.ts'
import { begin, transaction } from './transaction.ts'

const now = Date.UTC(2026, 10, 23, 8)
const key = (name: string) => ({ name, grants: ['INVENTORY.READ'], expires: null, createdBy: 'ada', now }) as const

const stage = async () => {
  const address = await newPostgres()
  const { store, keys, webhooks } = await open({ filename: address })
  const plant = await makePlant(store)
  const head = async () => JSON.stringify(await queryPostgres(address, 'select * from ledger_head'))
  return { address, store, keys, webhooks, plant, head }
}

describe('the head of the ledger on PostgreSQL', () => {
  it('is another whenever anything was written, and the same where it was refused', async () => {
    const { plant, keys, store, head } = await stage()
    const { inventory, lot, receive } = plant
    const A = await lot('A')
    const changes = {
      lot: () => lot('B'),
      record: () => receive(A, 5),
      'reason code': () =>
        done(inventory.saveReasonCode({ lotRecordType: 'SCRAP', reasonCode: 'burnt', description: 'burnt' }, ada)),
      key: () => done(keys.create(key('scanner'))),
      policy: () => done(store.setPolicy('strict', 'ada', now)),
      // The database finds the second name taken, so both are done again one by one.
      'one by one': () => Promise.allSettled([1, 2].map(() => done(keys.create(key('other'))))).then(() => undefined),
    }
    for (const [what, change] of Object.entries(changes)) {
      const before = await head()
      await change()
      expect(await head(), what).not.toBe(before)
    }
    const before = await head()
    await expect(receive(A, -1)).rejects.toMatchObject({ _tag: 'ValidationFailed' })
    await expect(done(keys.create(key('scanner')))).rejects.toMatchObject({ _tag: 'DuplicateName' })
    expect(await head()).toBe(before)
  })

  it('is the same after what no change reads: who delivers webhooks, and how far', async () => {
    const { address, webhooks, head } = await stage()
    const { saveWebhook } = makeWebhooks({ webhooks, now: () => now, newUlid: makeUlidSource() })
    await done(saveWebhook({ url: 'https://hooks.example/a', after: 0 }, ada))
    const before = await head()
    expect(await done(webhooks.lease('one', now))).toEqual({ owner: 'one', beat: now })
    expect(await done(webhooks.lease('one', now))).toEqual({ owner: 'one', beat: now + 1 })
    const [webhook] = (await done(webhooks.all())).webhooks as [Webhook]
    expect(await done(webhooks.progress(webhook, 'one', { ...webhook, failures: 7 }))).toBe(true)
    await done(webhooks.release('one'))
    expect(await queryPostgres(address, 'select failures, owner, expires_at from webhook, delivery_lease')).toEqual([
      { failures: '7', owner: 'one', expires_at: '0' },
    ])
    expect(await head()).toBe(before)
  })

  it('never is again what it was, though the policy is set back', async () => {
    const { store, keys, head } = await stage()
    const before = await head()
    await Promise.all([done(store.setPolicy('strict', 'ada', now)), done(keys.create(key('scanner')))])
    await done(store.setPolicy('standard', 'ada', now))
    expect(await head()).not.toBe(before)
  })

  it('is held by who has read it, and by nobody who has read another', async () => {
    const { address, plant, head } = await stage()
    const { connections } = await openConnections(address, 'standard', 0)
    onTestFinished(() => endAll(connections))
    const { readHead, writeHead } = makeLedgerHead(postgresDialect)
    const asRead = () => transaction(connections, begin.snapshot, 0, readHead)
    const writing = (held: LedgerHead) =>
      transaction(connections, begin.writing, 0, function* () {
        yield* execute(holdHead(held))
        yield* writeHead({ ...held, masterData: 1 })
      })
    const old = await asRead()
    await plant.lot('A')
    const before = await head()
    await expect(writing(old)).rejects.toMatchObject({ message: expect.stringContaining('somebody else has written') })
    expect(await head()).toBe(before)
    await writing(await asRead())
    expect(await head()).not.toBe(before)
  })

  it('is not held while a restore is unfinished', async () => {
    const { address } = await stage()
    const { connections } = await openConnections(address, 'standard', 0)
    onTestFinished(() => endAll(connections))
    const { readHead } = makeLedgerHead(postgresDialect)
    const asRead = await transaction(connections, begin.snapshot, 0, readHead)
    await queryPostgres(address, 'insert into restoration (id) values (1)')
    await expect(
      transaction(connections, begin.writing, 0, function* () {
        yield* execute(holdHead(asRead))
      }),
    ).rejects.toThrow('somebody else has written')
  })

  it('lets two processes write in turns, each after what it read', async () => {
    const { address, plant, store } = await stage()
    const lot = await plant.lot('A')
    await plant.receive(lot, 100)
    const elsewhere = await open({ filename: address })
    const inventory = makeInventory({ store: elsewhere.store, now: () => now, newUlid: makeUlidSource() })
    const out = {
      lotRecordType: 'CONSUME',
      inventoryLotId: lot.id,
      status: 'COMPLETED',
      quantity: 7,
      sourceLocationId: plant.dock,
    }
    const taken = async (from: Inventory) => {
      let count = 0
      for (let tries = 0; tries < 12; tries++)
        if (await done(Effect.isSuccess(from.saveInventoryLotRecord(out, ada)))) count += 1
      return count
    }
    const counts = await Promise.all([plant.inventory, inventory, plant.inventory, inventory].map(taken))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(14)
    expect(await done(store.verify())).toMatchObject({ mismatches: [], checkpoint: { count: 16 } })
  })
})
