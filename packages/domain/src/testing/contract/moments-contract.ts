import { Effect } from 'effect'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../store.ts'
import { type Instant, showInstant } from '../../time/instant.ts'
import { at, instantOf } from '../clock.ts'
import { type Fields, makePlant, type Plant, type StoreUnderTest, ulidOf } from '../fixtures.ts'
import { History } from '../history.ts'
import { command } from '../random-command.ts'
import type { MakeStore } from './store-contract.ts'
import { whole } from './whole.ts'
import { withPlant } from './with-plant.ts'

const hour = 3_600_000

/** All that the lists show of a moment: stock that is not zero, records, and lots by id. */
const shownOf = async ({ inventory, ada, done }: Plant, moment: Fields = {}) => {
  const of = (cursor: string | null): Fields => ({ limit: 200, cursor, ...moment })
  const stock = await whole((cursor) => done(inventory.findInventory(of(cursor), ada)))
  const records = await whole((cursor) => done(inventory.findInventoryLotRecords(of(cursor), ada)))
  const lots = await whole((cursor) => done(inventory.listLots({ ...of(cursor), includeDisabled: true }, ada)))
  const facts = lots.map(({ id, status, totalQuantity, onHand, expirationDate, closedDate }) => [
    id ?? '',
    { status, totalQuantity, onHand, expirationDate, closedDate },
  ])
  return { stock, records, lots: Object.fromEntries(facts) as Readonly<Record<string, unknown>> }
}
type Shown = Awaited<ReturnType<typeof shownOf>>

/** A plant with a random past, written by a clock that also goes back, and what was shown after each write. */
const randomPast = async (under: StoreUnderTest, commands: readonly Parameters<History['step']>[0][]) => {
  const after = new Map<number, Shown>()
  const keep = async (): Promise<void> => {
    const { count } = await Effect.runPromise(under.store.checkpoint())
    after.set(count, await shownOf(plant))
  }
  let isMade = false
  const change: Store['change'] = (...args) =>
    Effect.tap(under.store.change(...args), () => (isMade ? Effect.promise(keep) : Effect.void))
  const plant: Plant = await makePlant({ ...under, store: { ...under.store, change } })
  isMade = true
  const history = new History(plant, 'History/Moments')
  await history.begin()
  for (const given of commands) {
    plant.clock.forward(((given.lot % 7) - 2) * hour)
    await history.step(given)
  }
  // From when on each sequence is known: no clock that went back makes anything known earlier than what was before it.
  const written: Instant[] = []
  for (const { id } of (await shownOf(plant)).records)
    for (const version of await plant.done(plant.inventory.getInventoryLotRecordVersions(id ?? '', plant.ada)))
      written[version.sequence - 1] = Date.parse(version.writtenDate)
  let latest = 0
  const known = written.map((time) => {
    latest = Math.max(latest, time)
    return latest
  })
  return { plant, after, known }
}

const stockAt = async ({ store }: Plant, records: Shown['records'], upTo: Instant): Promise<unknown> => {
  const ids = records.map(({ id }) => ulidOf(id))
  return Effect.runPromise(
    store.view({ records: ids }, (all) => {
      const rows = new Map<string, number>()
      for (const { stockEntries } of all.records.values())
        for (const { locationId, lotId, quantity, effectiveDate } of stockEntries) {
          if (effectiveDate > upTo) continue
          const row = `${all.locations.get(locationId)?.path} ${all.lots.get(lotId)?.lot.name}`
          rows.set(row, (rows.get(row) ?? 0) + quantity / 1_000_000)
        }
      return Object.fromEntries([...rows].filter(([, quantity]) => quantity !== 0))
    }),
  )
}

/** What was true at a moment, and what was believed then. */
export const momentsContract = (makeStore: MakeStore): void => {
  describe('a moment', () => {
    it('shows what a naive replay shows, at random times of random ledgers', { timeout: 300_000 }, async () => {
      let moments = 0
      const property = fc.asyncProperty(
        fc.array(command, { minLength: 8, maxLength: 12 }),
        fc.array(fc.integer({ min: 0, max: 9 * 24 * hour }), { minLength: 20, maxLength: 20 }),
        async (commands, times) => {
          const under = await makeStore()
          const { plant, after, known } = await randomPast(under, commands)
          const now = await shownOf(plant)
          for (const time of times) {
            moments += 1
            // A time of effect: every second one is the very moment of an entry.
            const upTo = time % 2 === 0 ? instantOf(1) + time : instantOf(1 + (time % 9))
            const then = await shownOf(plant, { asOf: showInstant(upTo) })
            const rows = then.stock.map((row) => [`${row.locationPath} ${row.lotName}`, row.quantity])
            expect(Object.fromEntries(rows)).toEqual(await stockAt(plant, now.records, upTo))
            expect(then.records).toEqual(
              now.records.filter((record) => Date.parse(record.endDate ?? record.startDate) <= upTo),
            )
            // A time of writing: from before the first version to after the last.
            const sequence = time % (known.length + 1)
            const knownAt = sequence === 0 ? (known[0] ?? 0) - 1 : (known[sequence - 1] ?? 0)
            const last = known.findLastIndex((one) => one <= knownAt) + 1
            const believed = await shownOf(plant, { asKnownAt: showInstant(knownAt) })
            const kept = after.get(last)
            expect(believed.stock).toEqual(kept?.stock ?? [])
            expect(believed.records).toEqual(kept?.records ?? [])
            // A lot that nothing had happened to is there from its creation on, which has no place among the sequences.
            const untouched = { totalQuantity: 0, onHand: 0 }
            for (const [id, facts] of Object.entries(kept?.lots ?? {})) {
              if (id in believed.lots) expect(believed.lots[id]).toEqual(facts)
              else expect(facts).toMatchObject(untouched)
            }
            for (const [id, facts] of Object.entries(believed.lots))
              if (kept?.lots[id] === undefined) expect(facts).toMatchObject(untouched)
          }
          const latest = { asOf: at(30), asKnownAt: showInstant(Math.max(plant.clock.now(), known.at(-1) ?? 0)) }
          for (const moment of [{ asOf: latest.asOf }, { asKnownAt: latest.asKnownAt }, latest])
            expect(await shownOf(plant, moment)).toEqual(now)
          expect((await Effect.runPromise(plant.store.verify())).mismatches).toEqual([])
          await plant.close()
        },
      )
      await fc.assert(property, { numRuns: 5, endOnFailure: true })
      expect(moments).toBeGreaterThanOrEqual(100)
    })

    const lotAt = ({ inventory, ada, done }: Plant, id: string, moment: Fields) =>
      done(inventory.getLotByIdOrNameAndMaterial(id, null, ada, moment))

    it('has the status, expiry, total and stock of a lot, and no lot before its beginning', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { material: 'milk', status: 'OPEN' })
      plant.clock.set(instantOf(5))
      await plant.receive(lot, 10, 3)
      await plant.save('STATUS_CHANGE', lot, { lotStatus: 'AVAILABLE', startDate: at(4) })
      plant.clock.set(instantOf(8))
      await plant.consume(lot, 4, 6)
      plant.clock.set(instantOf(20))
      const facts = async (moment: Fields) => {
        const view = await lotAt(plant, lot, moment)
        const { items } = await plant.done(plant.inventory.listLots({ ...moment, status: view.status }, plant.ada))
        expect(items).toEqual([view])
        return [view.status, view.effectiveStatus, view.expirationDate, view.totalQuantity, view.onHand]
      }
      expect(await facts({ asOf: at(2) })).toEqual(['OPEN', 'OPEN', null, 0, 0])
      expect(await facts({ asOf: at(3) })).toEqual(['OPEN', 'OPEN', at(13), 10, 10])
      expect(await facts({ asOf: at(5) })).toEqual(['AVAILABLE', 'AVAILABLE', at(13), 10, 10])
      expect(await facts({ asOf: at(6) })).toEqual(['AVAILABLE', 'AVAILABLE', at(13), 10, 6])
      expect(await facts({ asOf: at(13) })).toEqual(['AVAILABLE', 'EXPIRED', at(13), 10, 6])
      expect(await facts({ asKnownAt: at(4) })).toEqual(['OPEN', 'OPEN', null, 0, 0])
      expect(await facts({ asKnownAt: at(7) })).toEqual(['AVAILABLE', 'AVAILABLE', at(13), 10, 10])
      expect(await facts({ asKnownAt: at(7), asOf: at(3) })).toEqual(['OPEN', 'OPEN', at(13), 10, 10])
      expect(
        await plant.refused(
          plant.inventory.getLotByIdOrNameAndMaterial(lot, null, plant.ada, { asOf: '2026-10-31T00:00:00Z' }),
        ),
      ).toMatchObject({ _tag: 'NotFound', kind: 'lot' })
      const { items } = await plant.done(plant.inventory.listLots({ asOf: '2026-10-31T00:00:00Z' }, plant.ada))
      expect(items).toEqual([])
      expect(
        await plant.refused(
          plant.inventory.getLotByIdOrNameAndMaterial(lot, null, plant.ada, { asOf: 'soon', asKnownAt: 1 }),
        ),
      ).toMatchObject({ violations: { asOf: [expect.any(String)], asKnownAt: [expect.any(String)] } })
      const later = await plant.lot('B')
      await plant.receive(later, 1, 10)
      plant.clock.set(instantOf(21))
      const made = await plant.done(plant.inventory.saveLot({ name: 'C', materialId: plant.material.sugar }, plant.ada))
      plant.clock.set(instantOf(22))
      await plant.receive(made.id ?? '', 5, 15)
      const names = async (moment: Fields) =>
        (await plant.done(plant.inventory.listLots(moment, plant.ada))).items.map(({ name }) => name)
      expect(await names({ asOf: at(14) })).toEqual(['A', 'B'])
      expect(await names({ asOf: at(15) })).toEqual(['A', 'B', 'C'])
      expect(await names({ asKnownAt: at(20) })).toEqual(['A', 'B'])
    })

    it('shows a record as it was known, finds it by what it said then, and its reversal once that is known', async () => {
      const plant = await withPlant(makeStore)
      const [a, b] = [await plant.lot('A'), await plant.lot('B')]
      plant.clock.set(instantOf(3))
      const draft = await plant.save('SCRAP', a, { status: 'RUNNING', notes: 'first', quantity: 1, startDate: at(2) })
      const received = await plant.receive(b, 5, 2)
      plant.clock.set(instantOf(4))
      const changed = {
        id: draft.id,
        inventoryLotId: b,
        notes: 'second',
        spare1: 'x',
        sourceLocationId: plant.location.dock,
      }
      await plant.done(plant.inventory.saveInventoryLotRecord(changed, plant.ada))
      plant.clock.set(instantOf(5))
      await plant.reverse(received)
      const found = async (query: Fields) =>
        (await plant.done(plant.inventory.findInventoryLotRecords(query, plant.ada))).items
      const before = { asKnownAt: at(3) }
      expect(await found({ ...before, lot: a, lotRecordType: 'SCRAP' })).toEqual([draft])
      expect(await found({ ...before, primaryLot: a, notesContains: 'first', quantityMax: 1 })).toEqual([draft])
      expect(await found({ ...before, lot: b, lotRecordType: 'SCRAP' })).toEqual([])
      expect(await found({ ...before, location: 'Plant/Dock', lotRecordType: 'SCRAP' })).toEqual([])
      expect(await found({ ...before, spare1: 'x' })).toEqual([])
      expect(
        await found({ asKnownAt: at(4), lot: b, notesContains: 'second', spare1: 'x', location: 'Plant/Dock' }),
      ).toMatchObject([{ id: draft.id, version: 2, inventoryLotName: 'B' }])
      expect(await found({ asKnownAt: at(4), lotRecordType: 'RECEIVE' })).toEqual([received])
      expect(await found({ asKnownAt: at(5), lotRecordType: 'RECEIVE', reversed: true })).toMatchObject([
        { id: received.id, reversedBy: expect.any(String) },
      ])
      expect(await found({ asKnownAt: at(5), isReversal: true })).toHaveLength(1)
      expect(await found({ asKnownAt: '2026-10-01T00:00:00Z' })).toEqual([])
      expect(await found({ asOf: at(1), lotRecordType: ['SCRAP', 'RECEIVE'] })).toEqual([])
      const pages = await whole((cursor) =>
        plant.done(
          plant.inventory.findInventoryLotRecords({ ...before, limit: 1, cursor, newestFirst: true }, plant.ada),
        ),
      )
      expect(pages.map(({ id }) => id)).toEqual((await found(before)).map(({ id }) => id).toReversed())
    })
  })
}
