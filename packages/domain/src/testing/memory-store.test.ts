import { Effect, Result } from 'effect'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Known, rowKey } from '../known.ts'
import { effectiveStatus } from '../lot/lot.ts'
import { NotFound } from '../refusals.ts'
import type { Scope } from '../scope.ts'
import type { Receipt } from '../store.ts'
import * as hand from './memory/by-hand.ts'
import { type MemoryStore, makeMemoryStore } from './memory-store.ts'
import { sha256 } from './sha256.ts'

const kg = hand.unit('kg')
const crate = hand.unit('crate')
const sugar = hand.material('Raw/Sugar', kg.id)
const dock = hand.location('Plant/Dock', crate.id)
const line = hand.location('Plant/Line 1')
const yard = hand.location('Plant/Yard')
const lotA = hand.lot('A', sugar)
const lotB = hand.lot('B', sugar)

const day = (n: number): number => hand.writtenAt - (30 - n) * 86_400_000
const all = { limit: 200, after: null }

let store: MemoryStore

const known = (scope: Scope): Known => Effect.runSync(store.view(scope, (loaded) => loaded))
const rowOf = (loaded: Known, lotId = lotA.id, locationId = dock.id) => loaded.lots.get(lotId)?.rows.get(locationId)

const receive = (of = lotA, quantity = 10, at = day(1), into = dock) =>
  hand.post(store, hand.record('RECEIVE', of, at, { quantity, destinationLocationId: into.id }), {
    stock: [hand.stockEntry(into, of, quantity, at)],
    lots: [hand.lotEntry(of, at, { total: quantity })],
  })

const consume = (quantity: number, at: number, of = lotA) =>
  hand.post(store, hand.record('CONSUME', of, at, { quantity, sourceLocationId: dock.id }), {
    stock: [hand.stockEntry(dock, of, -quantity, at)],
  })

const changeStatus = (at: number, from: 'AVAILABLE' | 'QA_HOLD', to: 'AVAILABLE' | 'QA_HOLD') =>
  hand.post(store, hand.record('STATUS_CHANGE', lotA, at, { lotStatus: to, previousStatus: from }), {
    lots: [hand.lotEntry(lotA, at, { status: [from, to] })],
  })

beforeEach(() => {
  store = makeMemoryStore({ sha256 })
  hand.put(store, { units: [kg, crate], materials: [sugar], locations: [dock, line, yard], lots: [lotA, lotB] })
})

describe('a change', () => {
  it('writes lots, rows and versions together', () => {
    const { id } = receive()
    expect(rowOf(known({ lots: [{ id: lotA.id }] }))?.quantity).toBe(10)
    expect(known({ lots: [{ id: lotA.id }] }).lots.get(lotA.id)?.lot.totalQuantity).toBe(10)
    expect(Effect.runSync(store.recordById(id))).toMatchObject({ sequence: 1, version: 1, inventoryLotName: 'A' })
    expect(Effect.runSync(store.recordVersions(id))).toHaveLength(1)
  })

  it('leaves nothing behind when it is refused, when it fails, or in a dry run', () => {
    receive()
    const before = store.dump()
    const refusal = new NotFound({ kind: 'lot', idOrName: 'C' })
    const refused = Effect.runSync(Effect.result(store.change({}, () => Result.fail(refusal))))
    expect(Result.isFailure(refused) && refused.failure).toBe(refusal)

    const version = hand.versionOf(hand.record('RECEIVE', lotA, day(2), { destinationLocationId: dock.id }), {
      stock: [hand.stockEntry(dock, lotA, 5, day(2))],
    })
    const scope = { lots: [{ id: lotA.id }] }
    const decide = (loaded: Known) => Result.succeed(hand.outcomeOf(loaded, [version]))
    expect(Effect.runSync(store.change(scope, decide, { dryRun: true }))).toEqual({ sequences: [null] })
    const failing = store.change(scope, (loaded) =>
      Result.succeed({
        ...hand.outcomeOf(loaded, [version]),
        answer: (): string => {
          throw new Error('no answer')
        },
      }),
    )
    expect(() => Effect.runSync(failing)).toThrow('no answer')
    expect(store.dump()).toEqual(before)
  })

  it('deletes a lot that nothing refers to, and no other', () => {
    receive(lotA)
    const remove = (id: typeof lotA.id) =>
      Effect.runSync(
        store.change({ lots: [{ id }] }, (loaded) =>
          Result.succeed({ ...hand.outcomeOf(loaded, []), deletedLots: [id] }),
        ),
      )
    remove(lotB.id)
    expect(known({ lots: [{ id: lotB.id }] }).lots.size).toBe(0)
    expect(() => remove(lotA.id)).toThrow('referred to')
    hand.put(store, { lots: [lotB] })
    const page = Effect.runSync(store.findLots({ limit: 1, after: null, now: hand.writtenAt }))
    expect(page.items.map(({ name }) => name)).toEqual(['A'])
  })

  it('does not write twins or references to nothing', () => {
    expect(() => hand.put(store, { lots: [hand.lot('A', sugar)] })).toThrow('twice')
    expect(() => hand.put(store, { units: [hand.unit('kg')] })).toThrow('twice')
    const nowhere = hand.location('Nowhere')
    expect(() => receive(lotA, 1, day(1), nowhere)).toThrow('no location')
  })
})

describe('a receipt', () => {
  const receiptOf = (fingerprint: string, onReplay: () => void): Receipt => {
    return { scope: 'ada move', key: 'k1', fingerprint, now: hand.writtenAt, expires: hand.writtenAt + 1, onReplay }
  }
  const attempt = (receipt: Receipt, dryRun = false) => {
    const version = hand.versionOf(hand.record('RECEIVE', lotA, day(2)), {
      stock: [hand.stockEntry(dock, lotA, 5, day(2))],
    })
    const change = store.change(
      { lots: [{ id: lotA.id }] },
      (loaded) => Result.succeed(hand.outcomeOf(loaded, [version])),
      { receipt, dryRun },
    )
    return Effect.runSync(Effect.result(change))
  }

  it('gives the kept answer again and does nothing', () => {
    let replays = 0
    const receipt = receiptOf('f1', () => {
      replays++
    })
    expect(attempt(receipt)).toEqual(Result.succeed({ sequences: [1] }))
    const before = store.dump()
    expect(attempt(receipt)).toEqual(Result.succeed({ sequences: [1] }))
    expect(replays).toBe(1)
    expect(store.dump()).toEqual(before)
  })

  it('refuses another request with the same key', () => {
    const never = () => expect.unreachable()
    attempt(receiptOf('f1', never))
    expect(attempt(receiptOf('f2', never))).toMatchObject({ failure: { _tag: 'IdempotencyKeyReused', key: 'k1' } })
  })

  it('is ignored in a dry run', () => {
    const never = () => expect.unreachable()
    attempt(receiptOf('f1', never), true)
    expect(attempt(receiptOf('f2', never))).toEqual(Result.succeed({ sequences: [1] }))
    expect(attempt(receiptOf('f3', never), true)).toEqual(Result.succeed({ sequences: [null] }))
  })
})

describe('what is known', () => {
  it('comes with what it refers to', () => {
    receive()
    receive(lotA, 3, day(1), line)
    const loaded = known({
      lots: [{ name: 'A', material: { name: 'Raw/Sugar' } }],
      locations: [{ name: 'Plant/Dock' }],
    })
    expect(loaded.lots.get(lotA.id)?.rows.size).toBe(2)
    expect([...loaded.materials.keys()]).toEqual([sugar.id])
    expect([...loaded.units.keys()]).toEqual([kg.id, crate.id])
    expect([...loaded.locations.keys()]).toEqual([dock.id, line.id])
    expect(loaded.timelines.size).toBe(0)
  })

  it('has every lot that lies at a location', () => {
    receive(lotA, 10, day(1))
    receive(lotB, 3, day(1), line)
    expect([...known({ stockAt: [{ id: dock.id }, { id: line.id }] }).lots.keys()]).toEqual([lotA.id, lotB.id])
    consume(10, day(2))
    expect([...known({ stockAt: [{ id: dock.id }] }).lots.keys()]).toEqual([])
  })

  it('loads the material of a lot that does not exist', () => {
    const loaded = known({ lots: [{ name: 'Z', material: { name: 'Raw/Sugar' } }] })
    expect([loaded.lots.size, loaded.materials.size]).toEqual([0, 1])
  })

  it('has timelines by effective time, with the live counts, of rows that moved since then', () => {
    receive(lotA, 10, day(5))
    consume(2, day(3))
    receive(lotA, 4, day(1), line)
    const count = hand.post(
      store,
      hand.record('EDIT', lotA, day(6), { quantity: -1, sourceLocationId: dock.id, countedQuantity: 7 }),
      { stock: [hand.stockEntry(dock, lotA, -1, day(6))] },
    )
    const { timelines } = known({ lots: [{ id: lotA.id }], since: day(3) })
    expect([...timelines.keys()]).toEqual([rowKey(dock.id, lotA.id)])
    expect(timelines.get(rowKey(dock.id, lotA.id))).toEqual({
      entries: [
        { effectiveDate: day(3), quantity: -2 },
        { effectiveDate: day(5), quantity: 10 },
        { effectiveDate: day(6), quantity: -1 },
      ],
      counts: [{ recordId: count.id, sequence: 4, effectiveDate: day(6) }],
    })
  })

  it('goes back to the earliest entry of a record in the scope', () => {
    const received = receive(lotA, 10, day(2))
    consume(2, day(4))
    const { timelines } = known({ records: [received.id], since: day(4) })
    expect(timelines.get(rowKey(dock.id, lotA.id))?.entries).toHaveLength(2)
  })

  it('tells of a record what came after it', () => {
    const received = receive()
    const consumed = consume(2, day(2))
    const held = changeStatus(day(3), 'AVAILABLE', 'QA_HOLD')
    changeStatus(day(4), 'QA_HOLD', 'QA_HOLD')
    const loaded = known({ records: [received.id, held.id] })
    expect(loaded.records.get(received.id)).toMatchObject({
      postedSequence: 1,
      laterPostings: [{ id: consumed.id, lotRecordType: 'CONSUME', lotId: lotA.id }],
      laterStatusChanges: [{ id: held.id, lotRecordType: 'STATUS_CHANGE', lotId: lotA.id }],
    })
    expect(loaded.records.get(held.id)).toMatchObject({ laterPostings: [], laterStatusChanges: [] })
    // The change by the record itself is not one that it would have to follow.
    expect(loaded.lastStatusChanges.get(lotA.id)).toBeUndefined()
    expect(known({ records: [received.id] }).lastStatusChanges.get(lotA.id)).toBe(day(3))
    expect(known({ lastStatusChangeOf: [lotA.id] }).lastStatusChanges.get(lotA.id)).toBe(day(3))
    expect([...loaded.lots.keys()]).toEqual([lotA.id])
    expect([...loaded.locations.keys()]).toEqual([dock.id])
  })

  it('forgets what was reversed, and the reversal', () => {
    const received = receive()
    const consumed = consume(2, day(2))
    const back = hand.post(store, hand.record('CONSUME', lotA, day(2), { quantity: 2, reversalOf: consumed.id }), {
      stock: [hand.stockEntry(dock, lotA, 2, day(2))],
    })
    const loaded = known({ records: [received.id, consumed.id], consumptionsOf: [{ id: lotA.id }] })
    expect(loaded.records.get(received.id)?.laterPostings).toEqual([])
    expect(loaded.records.get(consumed.id)?.record.reversedBy).toBe(back.id)
    expect(loaded.consumptions).toEqual([])
    hand.post(store, { ...consumed, version: 2, notes: 'a note' })
    expect(known({ records: [consumed.id] }).records.get(consumed.id)?.record).toMatchObject({
      notes: 'a note',
      reversedBy: back.id,
    })
  })

  it('counts what was taken back of a consumption', () => {
    receive()
    const first = consume(2, day(3))
    const second = consume(3, day(2))
    const unconsume = hand.record('UNCONSUME', lotA, day(4), { quantity: 2, destinationLocationId: dock.id })
    hand.post(store, unconsume, {
      stock: [hand.stockEntry(dock, lotA, 2, day(4))],
      takesBack: [{ consumeRecordId: second.id, quantity: 2 }],
    })
    const open = () => known({ consumptionsOf: [{ id: lotA.id }] }).consumptions.map((c) => [c.record.id, c.open])
    expect(open()).toEqual([
      [first.id, 2],
      [second.id, 1],
    ])
    expect(known({ records: [unconsume.id] }).consumptions).toHaveLength(2)
    expect(known({ records: [second.id] }).consumptions).toEqual([])
    expect(known({ records: [second.id] }).records.get(second.id)).toMatchObject({
      takenBack: 2,
      takenBackBy: [{ id: unconsume.id, lotRecordType: 'UNCONSUME', lotId: lotA.id }],
    })
    hand.post(store, hand.record('UNCONSUME', lotA, day(4), { quantity: 2, reversalOf: unconsume.id }), {
      stock: [hand.stockEntry(dock, lotA, -2, day(4))],
      takesBack: [{ consumeRecordId: second.id, quantity: -2 }],
    })
    expect(open()).toEqual([
      [first.id, 2],
      [second.id, 3],
    ])
    expect(known({ records: [second.id] }).records.get(second.id)).toMatchObject({ takenBack: 0, takenBackBy: [] })
  })

  it('knows when a draft posted', () => {
    const draft = hand.record('RECEIVE', lotA, day(1), { status: 'RUNNING', posted: false, quantity: 5 })
    hand.post(store, draft)
    expect(known({ records: [draft.id] }).records.get(draft.id)?.postedSequence).toBe(0)
    receive()
    hand.post(
      store,
      { ...draft, status: 'COMPLETED', posted: true, version: 2 },
      { stock: [hand.stockEntry(dock, lotA, 5, day(1))] },
    )
    expect(known({ records: [draft.id] }).records.get(draft.id)).toMatchObject({
      postedSequence: 3,
      stockEntries: [{ quantity: 5 }],
    })
    hand.post(
      store,
      { ...draft, status: 'COMPLETED', posted: true, version: 3 },
      { stock: [hand.stockEntry(dock, lotA, 1, day(1))] },
    )
    expect(known({ records: [draft.id] }).records.get(draft.id)).toMatchObject({
      postedSequence: 3,
      stockEntries: [{ quantity: 5 }, { quantity: 1 }],
    })
  })

  it('lists what refers to a lot', () => {
    const received = receive()
    const merged = hand.post(store, hand.record('MERGE', lotB, day(2), { secondaryInventoryLotId: lotA.id }))
    const { references } = known({ referencesTo: [lotA.id, lotB.id] })
    expect(references.get(lotA.id)).toEqual([
      { tableName: 'inventory_lot_records', fkColName: 'inventory_lot_id', id: received.id },
      { tableName: 'inventory_lot_records', fkColName: 'secondary_inventory_lot_id', id: merged.id },
      { tableName: 'inventory', fkColName: 'lot_id', id: expect.any(String) },
    ])
    expect(references.get(lotB.id)).toHaveLength(1)
  })
})

describe('lists', () => {
  it('come in pages', () => {
    const ids = [receive(), consume(1, day(2)), consume(2, day(3))].map(({ id }) => id.slice(-8))
    const seen: (string | undefined)[] = []
    let after: string | null = null
    do {
      const page: { items: readonly { id: string | null }[]; next: string | null } = Effect.runSync(
        store.findRecords({ limit: 2, after, newestFirst: true }),
      )
      seen.push(...page.items.map(({ id }) => id?.slice(-8)))
      after = page.next
    } while (after !== null)
    expect(seen).toEqual(ids.toReversed())
    expect(Effect.runSync(store.findRecords({ limit: 3, after: null })).next).toBeNull()
  })

  it('filter lots by place, stock and status', () => {
    receive(lotB, 10, day(1), line)
    const names = (query: object) =>
      Effect.runSync(store.findLots({ ...all, now: hand.writtenAt, ...query })).items.map(({ name }) => name)
    expect(names({})).toEqual(['A', 'B'])
    expect(names({ onHand: false })).toEqual(['A'])
    expect(names({ location: { name: 'Plant/Line 1' } })).toEqual(['B'])
    expect(names({ status: 'CLOSED' })).toEqual([])
    expect(names({ effectiveStatus: effectiveStatus(lotA, hand.writtenAt), nameContains: 'A' })).toEqual(['A'])
  })

  it('show stock by location path, as of a moment, without rows at zero', () => {
    receive(lotB, 10, day(1), line)
    receive(lotA, 10, day(1))
    consume(10, day(2))
    const stock = (query: object) =>
      Effect.runSync(store.findInventory({ ...all, now: hand.writtenAt, ...query })).items.map((row) => [
        row.lotName,
        row.quantity * 1e6,
      ])
    expect(stock({})).toEqual([['B', 10]])
    expect(stock({ asOf: day(1) })).toEqual([
      ['A', 10],
      ['B', 10],
    ])
    expect(stock({ includeZero: true, lot: { id: lotA.id } })).toEqual([['A', 0]])
  })

  it('name what a filter does not find', () => {
    const query = { ...all, lot: { name: 'A', material: { name: 'Raw/Salt' } } }
    const found = Effect.runSync(Effect.result(store.findRecords(query)))
    expect(found).toMatchObject({ failure: { _tag: 'NotFound', kind: 'material', idOrName: 'Raw/Salt' } })
  })

  it('order text by code point', () => {
    const [astral, high] = [hand.location('Plant/\u{1F4E6}'), hand.location('Plant/\uFF21')]
    hand.put(store, { locations: [astral, high] })
    const paths = Effect.runSync(store.findLocations({ ...all, under: 'Plant' })).items.map(({ path }) => path)
    expect(paths.slice(-2)).toEqual([high.path, astral.path])
  })
})

describe('the chain', () => {
  it('is verified, against an earlier checkpoint too', () => {
    receive()
    const early = Effect.runSync(store.checkpoint())
    consume(2, day(2))
    changeStatus(day(3), 'AVAILABLE', 'QA_HOLD')
    const verified = Effect.runSync(store.verify(early))
    expect(verified).toMatchObject({ mismatches: [], records: 3, checkpoint: { count: 3 } })
    expect(Effect.runSync(store.verify({ ...early, head: sha256('another') })).mismatches).toHaveLength(1)
  })

  it('keeps who set the policy', () => {
    Effect.runSync(store.setPolicy('strict', 'ada', hand.writtenAt))
    expect(known({}).policy).toBe('strict')
    expect(store.changes().filter(({ entity }) => entity === 'setting')).toMatchObject([
      { from: 'standard', to: 'strict', changedBy: 'ada' },
    ])
  })
})
