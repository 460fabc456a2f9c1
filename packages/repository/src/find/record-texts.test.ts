import { type Inventory, jsonOf, makeInventory, makeUlidSource, type RecordQuery, type Store } from '@lotbook/domain'
import { Effect, Result } from 'effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ada, at, done, newFile, refused } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'
import { ulid } from '../../test/two-stores.ts'
import { openStore } from '../open-store.ts'
import { makeRecordTexts } from './record-texts.ts'

const kinds = [
  ...(['RECEIVE', 'CONSUME', 'MOVE', 'MERGE', 'STATUS_CHANGE', 'REVERSE', 'CORRECT', 'START', 'CANCEL'] as const),
  ...(['LOT', 'MATERIAL_OF_LOT', 'MATERIAL', 'UNIT', 'REASON', 'DRY_RUN', 'TAKEN_NAME'] as const),
]
const command = fc.record({
  kind: fc.constantFrom(...kinds),
  /** Which of the two processes does it. */
  by: fc.nat(1),
  lot: fc.nat(2),
  other: fc.nat(2),
  which: fc.nat(50),
  quantity: fc.integer({ min: 1, max: 6 }),
  day: fc.integer({ min: 1, max: 20 }),
  /** Whether pages are read after it: what is not looked at in between may change several times. */
  looks: fc.boolean(),
})
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never

const names = ['Ä', 'B "1"', 'C 乳']

/** A ledger that two processes write to: each has a store of its own over the same place. */
const play = async (
  stores: readonly Store[],
  commands: readonly Command[],
  succeeded: Set<string>,
  compare: () => Promise<void>,
) => {
  const worlds = stores.map((store) =>
    makeInventory({ store, now: () => Date.UTC(2026, 10, 23, 8), newUlid: makeUlidSource() }),
  )
  const first = worlds[0] as Inventory
  const unit = await done(first.saveUnit({ symbol: 'kg', name: 'kilogram' }, ada))
  const material = await done(first.saveMaterial({ path: 'Raw/Milk', unitOfMeasureSymbol: 'kg' }, ada))
  const cream = await done(first.saveMaterial({ path: 'Raw/Cream', unitOfMeasureSymbol: 'kg' }, ada))
  const root = await done(first.saveLocation({ path: 'Plant', allowNegativeInventory: true }, ada))
  const dock = await done(first.saveLocation({ path: 'Plant/Dock', allowNegativeInventory: true }, ada))
  const reason = await done(first.saveReasonCode({ lotRecordType: 'CONSUME', reasonCode: 'spilt' }, ada))
  const lots: (string | null)[] = []
  for (const name of names)
    lots.push((await done(first.saveLot({ name, materialId: material.id, status: 'AVAILABLE' }, ada))).id)
  // Nothing of it is posted, so that it may be given another material.
  const unposted = await done(first.saveLot({ name: 'D', materialId: cream.id, status: 'AVAILABLE' }, ada))
  const records: (string | null)[] = []

  const perform = (inventory: Inventory, given: Command, renamed: string): Effect.Effect<unknown, unknown> => {
    const { kind, quantity, day } = given
    const lot = lots[given.lot]
    const id = records[given.which % Math.max(1, records.length)]
    const dated = { inventoryLotId: lot, startDate: at(day), quantity }
    const save = (fields: object) => inventory.saveInventoryLotRecord({ status: 'COMPLETED', ...fields }, ada)
    const from = { sourceLocationId: dock.id }
    switch (kind) {
      case 'RECEIVE':
        return save({ ...dated, lotRecordType: kind, destinationLocationId: dock.id, notes: renamed })
      case 'CONSUME':
        return save({ ...dated, lotRecordType: kind, ...from, materialReasonCodeId: reason.id })
      case 'MOVE':
        return save({ ...dated, lotRecordType: kind, ...from, destinationLocationId: root.id })
      case 'MERGE':
        return save({
          ...{ ...dated, ...from, lotRecordType: kind },
          ...{ secondaryInventoryLotId: lots[given.other], destinationLocationId: dock.id },
        })
      case 'STATUS_CHANGE':
        return inventory.changeStatus({ lotId: lot, newStatus: quantity % 2 ? 'QA_HOLD' : 'AVAILABLE' }, ada)
      case 'REVERSE':
        return inventory.reverseLotRecord({ id, cascade: true }, ada)
      case 'CORRECT':
        return save({ id, quantity, notes: renamed })
      case 'START':
        return save({
          ...{ ...dated, ...from, lotRecordType: 'CONSUME', status: 'RUNNING' },
          ...(quantity % 2 === 0 && { inventoryLotId: unposted.id }),
        })
      case 'CANCEL':
        return save({ id, status: 'CANCELLED' })
      case 'LOT':
        return inventory.saveLot({ id: lot, materialId: material.id, name: `${names[given.lot]} ${renamed}` }, ada)
      case 'MATERIAL_OF_LOT':
        return inventory.saveLot({ id: unposted.id, materialId: (quantity % 2 ? material : cream).id, name: 'D' }, ada)
      case 'MATERIAL':
        return inventory.saveMaterial({ id: material.id, path: `Raw/${renamed}` }, ada)
      case 'UNIT':
        return inventory.saveUnit({ id: unit.id, symbol: renamed }, ada)
      case 'REASON':
        return inventory.saveReasonCode({ id: reason.id, reasonCode: renamed }, ada)
      case 'DRY_RUN':
        return inventory.dryRun.saveLot({ id: lot, materialId: material.id, name: renamed }, ada)
      case 'TAKEN_NAME':
        return inventory.saveLot({ id: lot, materialId: material.id, name: names[given.other] }, ada)
    }
  }

  let step = 0
  for (const given of commands) {
    step += 1
    const result = await done(Effect.result(perform(worlds[given.by] as Inventory, given, `n${step}`)))
    const made = Result.isSuccess(result) ? (result.success as { readonly lotRecordType?: string; id?: string }) : {}
    if (made.lotRecordType !== undefined && made.id !== undefined) records.push(made.id)
    if (Result.isSuccess(result)) succeeded.add(given.kind)
    if (given.looks) await compare()
  }
  await compare()
  return { lots, records, material, dock }
}

const everyPage = async (store: Store, query: Omit<RecordQuery, 'after'>): Promise<number> => {
  let after: string | null = null
  let count = 0
  do {
    const page: RecordQuery = { ...query, after }
    const usual: { readonly items: readonly unknown[]; readonly next: string | null } = await done(
      store.findRecords(page),
    )
    const text = new TextDecoder().decode(await done(store.findRecordsJson(page)))
    expect(text, JSON.stringify(page)).toBe(jsonOf(usual))
    count += usual.items.length
    after = usual.next
  } while (after !== null)
  return count
}

const [early, late] = [Date.UTC(2026, 10, 8), Date.UTC(2026, 10, 15)]

describe.each([
  { engine: 'SQLite', place: async () => newFile(), numRuns: 15 },
  { engine: 'PostgreSQL', place: newPostgres, numRuns: 3 },
])('a page of records as JSON on $engine', ({ place, numRuns }) => {
  it('is the page of views, whatever two processes have changed', async () => {
    let pages = 0
    const succeeded = new Set<string>()
    const property = fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 40 }), async (commands) => {
      const filename = await place()
      const opened = [await openStore({ filename }), await openStore({ filename })]
      const stores = opened.map(({ store }) => store)
      const compare = async (): Promise<void> => {
        for (const store of stores) {
          await everyPage(store, { limit: 200 })
          await everyPage(store, { limit: 3, newestFirst: true })
          await everyPage(store, { limit: 4 })
          await everyPage(store, { limit: 3, reversed: false })
          await everyPage(store, { limit: 2, status: ['CANCELLED'] })
        }
      }
      const { lots, material, dock } = await play(stores, commands, succeeded, compare)
      const [lot, other] = lots.map((id) => ({ id: ulid(id) }))
      const here = { id: ulid(dock.id) }
      const filters: readonly Partial<RecordQuery>[] = [
        ...[{ lot }, { primaryLot: lot }, { secondaryLot: other }, { material: { id: ulid(material.id) } }],
        ...[
          { location: here },
          { source: here },
          { destination: here, subtree: true },
          { location: here, subtree: true },
        ],
        ...[{ reversed: true }, { isReversal: true }, { posted: false }, { status: ['CANCELLED' as const] }],
        ...[{ lotRecordType: ['CONSUME' as const, 'MERGE' as const] }, { notesContains: 'n1' }, { createdBy: 'ada' }],
        ...[{ from: early, to: late }, { asOf: early }, { asKnownAt: late }, { asOf: early, asKnownAt: late }],
        ...[{ lot, newestFirst: true, asOf: late }, { quantity: { least: 2_000_000 } }],
      ].map((filter) => filter as Partial<RecordQuery>)
      for (const store of stores) for (const filter of filters) pages += await everyPage(store, { limit: 2, ...filter })
      const query = { limit: 2, after: 'no cursor' }
      for (const store of stores)
        expect(await refused(store.findRecordsJson(query))).toEqual(await refused(store.findRecords(query)))
      const nowhere = { ...query, after: null, location: { name: 'Nowhere' } }
      for (const store of stores)
        expect(await refused(store.findRecordsJson(nowhere))).toEqual(await refused(store.findRecords(nowhere)))
      await Promise.all(opened.map(({ close }) => close()))
    })
    await fc.assert(property, { numRuns })
    expect(pages).toBeGreaterThan(100)
    if (numRuns > 10) expect([...succeeded].toSorted()).toEqual(kinds.toSorted())
  })
})

describe('texts that are kept', () => {
  const bytes = (length: number): Uint8Array => new Uint8Array(length)
  const state = { version: '7', reversal: '' }

  it('hold for the state and the stamp that they were made of', () => {
    const under = makeRecordTexts()
    const text = bytes(5)
    under(1).set(3, state, text)
    expect(under(1).get(3, state)).toBe(text)
    expect(under(1).get(3, { ...state, version: '8' })).toBeUndefined()
    expect(under(1).get(3, { ...state, reversal: '9' })).toBeUndefined()
    expect(under(1).get(4, state)).toBeUndefined()
    expect(under(2).get(3, state)).toBeUndefined()
    expect(under(1).get(3, state)).toBeUndefined()
  })

  it('are no more than so many bytes, and those that were asked for last stay', () => {
    const under = makeRecordTexts(100)
    const keep = (...records: readonly number[]): void => {
      for (const record of records) under(1).set(record, state, bytes(10))
    }
    const isKept = (record: number): boolean => under(1).get(record, state) !== undefined
    keep(1, 2, 3, 4, 5)
    keep(6)
    expect(isKept(1)).toBe(true)
    keep(7, 8, 9)
    keep(10)
    expect([2, 3, 4, 5].map(isKept)).toEqual([false, false, false, false])
    expect([1, 6, 7, 8, 9, 10].map(isKept)).toEqual([true, true, true, true, true, true])
  })
})
