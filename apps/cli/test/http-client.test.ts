import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Call, type Inventory, makeInventory, makeWebhooks, type Refusal, type Store } from '@lotbook/domain'
import { at, countedUlids } from '@lotbook/domain/testing'
import { makeApp, makeTransfer, serve } from '@lotbook/http'
import { makeHttpInventory } from '@lotbook/http-client'
import { openStore } from '@lotbook/repository'
import { Effect, Result } from 'effect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const clock = Date.parse(at(20))
const me: Call = { actor: 'admin', grants: ['INVENTORY'] }
const unknownId = '01JE6F0CE9-T94PZD8R-TH9J01TJ'

interface Ledger {
  readonly inventory: Inventory
  readonly store: Store
}
let local: Ledger
let remote: Ledger & { readonly url: string; readonly secret: string }
let readerSecret = ''
const closings: (() => Promise<void>)[] = []

const openLocal = async () => {
  const open = await openStore({ filename: ':memory:' })
  closings.unshift(open.close)
  return { ...open, inventory: makeInventory({ store: open.store, now: () => clock, newUlid: countedUlids() }) }
}

beforeAll(async () => {
  local = await openLocal()
  const { inventory, ...open } = await openLocal()
  const { store, keys, webhooks } = open
  const key = { expires: null, createdBy: 'test', now: clock }
  const { secret } = await Effect.runPromise(keys.create({ ...key, name: 'admin', grants: ['INVENTORY'] }))
  readerSecret = (await Effect.runPromise(keys.create({ ...key, name: 'reader', grants: ['INVENTORY.READ'] }))).secret
  const app = makeApp({
    inventory,
    keys,
    webhooks: makeWebhooks({ webhooks, now: () => clock, newUlid: countedUlids() }),
    transfer: makeTransfer(open, { now: () => clock, newUlid: countedUlids() }),
    ready: store.policy,
    checkpoint: store.checkpoint,
    now: () => clock,
    log: () => undefined,
  })
  const { url, close } = await serve({ app, host: '127.0.0.1', port: 0, log: () => undefined })
  closings.unshift(close)
  remote = { inventory: makeHttpInventory({ url, key: secret, now: () => clock }), store, url, secret }
})
afterAll(async () => {
  for (const close of closings) await close()
})

const run = <A>(effect: Effect.Effect<A, Refusal>) => Effect.runPromise(Effect.result(effect))

/** Calls both, and expects one and the same answer or refusal. */
const both = async <A>(
  call: (inventory: Inventory) => Effect.Effect<A, Refusal>,
): Promise<Result.Result<A, Refusal>> => {
  const [here, there] = [await run(call(local.inventory)), await run(call(remote.inventory))]
  expect(there).toEqual(here)
  if (Result.isFailure(here) && Result.isFailure(there)) expect(there.failure.message).toBe(here.failure.message)
  return here
}
const answer = async <A>(call: (inventory: Inventory) => Effect.Effect<A, Refusal>): Promise<A> =>
  Result.getOrThrow(await both(call))
const refusal = async (call: (inventory: Inventory) => Effect.Effect<unknown, Refusal>): Promise<Refusal> =>
  Result.getOrThrow(Result.flip(await both(call)))
const heads = async () => [
  await Effect.runPromise(local.store.checkpoint()),
  await Effect.runPromise(remote.store.checkpoint()),
]

describe('the port over HTTP', () => {
  it('answers as the local one does, and writes the same ledger', async () => {
    const kg = await answer((to) => to.saveUnit({ symbol: 'kg', name: 'kilogram' }, me))
    expect(kg).toMatchObject({ symbol: 'kg', createdBy: 'admin', version: 1 })
    await answer((to) => to.saveUnit({ id: kg.id, name: 'kilo', notes: 'shorter' }, { ...me, expectedVersion: 1 }))
    await answer((to) => to.saveUnit({ symbol: 't', name: 'tonne' }, me))
    await answer((to) => to.saveUnitConversion({ from: 't', to: 'kg', factor: 1000 }, me))
    const sugar = await answer((to) => to.saveMaterial({ path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' }, me))
    await answer((to) => to.saveLocation({ path: 'Plant/Dock' }, me))
    await answer((to) => to.saveLocation({ path: 'Plant/Cellar' }, me))
    await answer((to) => to.saveReasonCode({ lotRecordType: 'SCRAP', reasonCode: 'Damaged' }, me))
    const lot = await answer((to) => to.saveLot({ name: 'S-1', materialId: sugar.id }, me))
    await answer((to) => to.changeStatus({ lotId: lot.id, newStatus: 'AVAILABLE' }, me))
    const received = await answer((to) =>
      to.receive(
        { quantity: 2, unitOfMeasureSymbol: 't', lotIdOrName: lot.id, destinationLocationIdOrPath: 'Plant/Dock' },
        me,
      ),
    )
    expect(received).toMatchObject({ quantity: 2000, posted: true })
    const part = { quantity: 5, sourceLotId: lot.id, sourceLocationIdOrPath: 'Plant/Dock', destinationLotName: 'S-2' }
    const preview = await answer((to) => to.dryRun.split(part, me))
    expect(preview.lots.map(({ name, onHand }) => [name, onHand])).toContainEqual(['S-2', 5])
    await answer((to) => to.split(part, me))
    const scrapped = await answer((to) =>
      to.saveInventoryLotRecord(
        {
          lotRecordType: 'SCRAP',
          inventoryLotId: lot.id,
          status: 'COMPLETED',
          quantity: 1,
          sourceLocationId: 'id' in received ? received.destinationLocationId : null,
        },
        me,
      ),
    )
    await answer((to) => to.reverseLotRecord({ id: scrapped.id, notes: 'by mistake' }, me))
    await answer((to) =>
      to.executeInventoryActions(
        { requests: [{ type: 'STATUS_CHANGE', lotId: lot.id, newStatus: 'QA_HOLD', notes: 'to be looked at' }] },
        me,
      ),
    )

    for (const query of [{}, { limit: 1 }, { nameContains: 's-', onHand: true }, { location: 'Plant', subtree: true }])
      await answer((to) => to.listLots(query, me))
    const first = await answer((to) => to.findInventoryLotRecords({ limit: 2, newestFirst: true }, me))
    await answer((to) => to.findInventoryLotRecords({ limit: 2, newestFirst: true, cursor: first.next }, me))
    await answer((to) => to.findInventory({ lot: 'S-1', includeZero: 'true' }, me))
    await answer((to) => to.getLotByIdOrNameAndMaterial('S-2', 'Raw/Sugar', me))
    await answer((to) => to.getLot(lot.id ?? '', me))
    await answer((to) => to.getLotActions(lot.id ?? '', me))
    await answer((to) => to.traceLot(lot.id ?? '', { direction: 'DESCENDANTS' }, me))
    await answer((to) => to.traceLotBasic(lot.id ?? '', { direction: 'DESCENDANTS' }, me))
    await answer((to) => to.getLotByIdOrNameAndMaterial('S-1', 'Raw/Sugar', me, { asOf: at(30) }))
    await answer((to) => to.getInventoryPermissions(me))
    await answer((to) => to.getLotHistory({ lotId: lot.id, lotRecordType: 'RECEIVE' }, me))
    await answer((to) => to.getInventoryLotReferences(lot.id ?? '', me))
    await answer((to) => to.getInventoryLotRecordVersions(scrapped.id ?? '', me))
    await answer((to) => to.getLocation('Plant/Dock', me))
    await answer((to) => to.findReasonCodes({}, me, 'SCRAP'))
    await answer((to) => to.findUnitConversions({}, me))
    await answer((to) => to.validateConsumeRequest({ quantity: '1,5' }, me))
    expect(remote.inventory.newConsumeRequest()).toEqual(local.inventory.newConsumeRequest())
    expect(remote.inventory.newInventoryLotRecord()).toEqual(local.inventory.newInventoryLotRecord())
    const [here, there] = await heads()
    expect(here?.count).toBe(6)
    expect(there).toEqual(here)
    expect(await run(remote.inventory.getCheckpoint(me))).toEqual(
      Result.succeed({ ...there, lastChange: await Effect.runPromise(remote.store.lastChange()) }),
    )

    const empty = await answer((to) => to.saveLot({ name: 'S-3', materialId: sugar.id }, me))
    expect(await answer((to) => to.deleteLot(empty.id ?? '', me))).toEqual({ id: empty.id })
  })

  it('refuses as the local one does, and nothing is written', async () => {
    const before = await heads()
    const { items } = await answer((to) => to.listLots({ name: 'S-1' }, me))
    const [lot] = items
    const lotId = lot?.id ?? ''
    const tags = async (calls: readonly ((to: Inventory) => Effect.Effect<unknown, Refusal>)[]) => {
      const found: string[] = []
      for (const call of calls) found.push((await refusal(call))._tag)
      return found
    }
    const dock = { sourceLocationIdOrPath: 'Plant/Dock' }
    expect(
      await tags([
        (to) => to.getLot(unknownId, me),
        (to) => to.getLot('S-1', me),
        (to) => to.getMaterial('Raw/Nothing', me),
        (to) => to.getMaterial('..', me),
        (to) => to.findInventory({ location: 'Nowhere' }, me),
        (to) => to.listLots({ status: 'ODD', limit: 1000 }, me),
        (to) => to.getLotHistory({ lotId: 'zz', status: 'odd' }, me),
        (to) => to.reverseLotRecord({ notes: 5 }, me),
        (to) => to.reverseLotRecord({ id: unknownId }, me),
        (to) => to.consume({ quantity: '1,5', sourceLocationIdOrPath: 'Nowhere', colour: 'red' }, me),
        (to) => to.consume({ quantity: 1, lotIdOrName: lotId, ...dock }, me),
        (to) =>
          to.move({ quantity: 1e6, lotIdOrName: lotId, ...dock, destinationLocationIdOrPath: 'Plant/Cellar' }, me),
        (to) => to.changeStatus({ lotId, newStatus: 'SHIPPED' }, me),
        (to) => to.changeStatus({ lotId, newStatus: 'AVAILABLE' }, { ...me, expectedVersion: 99 }),
        (to) => to.saveUnit({ symbol: 'kg', name: 'kilogram' }, me),
        (to) => to.saveUnit({ id: 'zz', symbol: 'kg', name: 5 }, me),
        (to) => to.deleteLot(lotId, me),
        (to) =>
          to.executeInventoryActions({ requests: [{ type: 'CONSUME', quantity: 1, lotIdOrName: lotId, ...dock }] }, me),
      ]),
    ).toEqual([
      ...['NotFound', 'NotFound', 'NotFound', 'NotFound', 'NotFound'],
      ...['ValidationFailed', 'ValidationFailed', 'ValidationFailed', 'NotFound', 'ValidationFailed'],
      ...['ActionRefused', 'InsufficientStock', 'StatusTransitionRefused', 'VersionConflict', 'DuplicateName'],
      ...['ValidationFailed', 'InUse', 'BatchItemRefused'],
    ])
    expect(await heads()).toEqual(before)
  })

  it('lets the grants of the key decide', async () => {
    const reader = makeHttpInventory({ url: remote.url, key: readerSecret, now: () => clock })
    expect(await run(reader.saveUnit({ symbol: 'l', name: 'litre' }, me))).toEqual(
      await run(local.inventory.saveUnit({ symbol: 'l', name: 'litre' }, { ...me, grants: ['INVENTORY.READ'] })),
    )
  })
})

describe('a server that is not there', () => {
  const reasonOf = async (url: string, key = 'any') => {
    const to = makeHttpInventory({ url, key, now: () => clock, pauses: [1] })
    return Result.getOrThrow(Result.flip(await run(to.listLots({}, me))))
  }

  it('is StorageUnavailable, in words', async () => {
    const other = createServer((_, response) => response.writeHead(404).end('<html>no such page</html>'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
    expect((await reasonOf(url)).message).toBe(
      `the store is not available: ${url} does not answer as a Lotbook server (404)`,
    )
    await new Promise((resolve) => other.close(resolve))
    // No port that somebody else may be given meanwhile.
    const nobody = 'http://127.0.0.1:2'
    expect((await reasonOf(nobody)).message).toBe(`the store is not available: ${nobody} cannot be reached`)
    expect(await reasonOf(remote.url, 'lb_wrong')).toMatchObject({
      _tag: 'StorageUnavailable',
      message: expect.stringContaining('set LOTBOOK_KEY'),
    })
  })

  it('is asked again with the same key, so that a write whose answer was lost happens once', async () => {
    let lost = 0
    const lossy: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (lost > 0) return response
      lost += 1
      await response.arrayBuffer()
      throw new TypeError('fetch failed')
    }
    const to = makeHttpInventory({ url: remote.url, key: remote.secret, now: () => clock, fetch: lossy, pauses: [1] })
    let replays = 0
    const receipt = {
      scope: '',
      key: 'lost-answer',
      fingerprint: '',
      now: 0,
      expires: 0,
      onReplay: () => (replays += 1),
    }
    const made = Result.getOrThrow(
      await run(to.saveReasonCode({ lotRecordType: 'SHIP', reasonCode: 'Sold' }, { ...me, receipt })),
    )
    expect([lost, replays, made.reasonCode]).toEqual([1, 1, 'Sold'])
    const { items } = await Effect.runPromise(remote.inventory.findReasonCodes({}, me, 'SHIP'))
    expect(items).toHaveLength(1)
  })
})

describe('a server that does not know what became of a write', () => {
  type Answer = 'lost' | 'gateway' | 'denied' | { readonly mayBeWritten: boolean }
  const saving = async (answers: readonly Answer[], change: object = {}) => {
    const keys: (string | null)[] = []
    const unsure: typeof fetch = async (_, init) => {
      const answer = answers[keys.length] ?? 'lost'
      keys.push(new Headers(init?.headers).get('idempotency-key'))
      if (answer === 'lost') throw new TypeError('fetch failed')
      if (answer === 'gateway') return new Response('<html>', { status: 502 })
      if (answer === 'denied')
        return Response.json(
          { type: '/problems/permission-denied', permission: 'INVENTORY.WRITE.SAVE' },
          { status: 403 },
        )
      return Response.json({ type: '/problems/storage-unavailable', ...answer }, { status: 503 })
    }
    const to = makeHttpInventory({ url: 'http://x', key: 'k', now: () => clock, fetch: unsure, pauses: [1] })
    const refusal = Result.getOrThrow(Result.flip(await run(to.saveUnit({ symbol: 'g', name: 'gram', ...change }, me))))
    return { refusal, keys }
  }

  it('is asked again with the same key, and then says so', async () => {
    const { refusal, keys } = await saving([{ mayBeWritten: true }, { mayBeWritten: true }])
    expect(refusal).toMatchObject({ _tag: 'StorageUnavailable', mayBeWritten: true })
    expect(refusal.message).toContain('The change may be written or not: send it again with the same Idempotency-Key')
    expect(keys).toEqual([expect.stringMatching(/./u), keys[0]])
  })

  it('is not believed to have written nothing where an earlier try may have', async () => {
    for (const first of ['lost', 'gateway', { mayBeWritten: true }] as const) {
      for (const then of ['denied', { mayBeWritten: false }] as const) {
        const { refusal, keys } = await saving([first, then])
        expect([keys.length, refusal]).toMatchObject([2, { _tag: 'StorageUnavailable', mayBeWritten: true }])
      }
    }
    const { refusal } = await saving(['denied'])
    expect(refusal).toMatchObject({ _tag: 'PermissionDenied' })
  })

  it('is asked once where there is no key', async () => {
    for (const first of ['lost', { mayBeWritten: true }] as const) {
      const { refusal, keys } = await saving([first], { id: unknownId })
      expect(keys).toEqual([null])
      expect(refusal).toMatchObject({ _tag: 'StorageUnavailable', mayBeWritten: true })
    }
  })

  it('is not asked again where nothing was written', async () => {
    const { refusal, keys } = await saving([{ mayBeWritten: false }])
    expect([keys.length, refusal]).toMatchObject([1, { _tag: 'StorageUnavailable' }])
    expect(refusal).not.toHaveProperty('mayBeWritten')
  })
})
