import { describe, expect, it } from 'vitest'
import { oneUnit } from '../../quantity/quantity.ts'
import type { RecordView } from '../../views/record-view.ts'
import { at, instantOf } from '../clock.ts'
import { ulidOf } from '../fixtures.ts'
import { keys, known, later, recordOf } from './known-of.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

/** A record is loaded with all that it posted, and with what came after and may stand in its way. */
export const loadRecordsContract = (makeStore: MakeStore): void => {
  describe('a record of a scope', () => {
    it('comes with both lots, every place it names or posted to, and its reason', async () => {
      const plant = await withPlant(makeStore)
      const [a, b] = [await plant.lot('A', { stock: 10 }), await plant.lot('B')]
      const { dock, cellar, line } = plant.location
      await plant.receive(b, 1, 2, line)
      const fields = { lotRecordType: 'SCRAP', reasonCode: 'WET' }
      const reason = await plant.done(plant.inventory.saveReasonCode(fields, plant.ada))
      const record = await plant.save('SCRAP', a, {
        quantity: 2,
        startDate: at(3),
        sourceLocationId: dock,
        destinationLocationId: cellar,
        secondaryInventoryLotId: b,
        materialReasonCodeId: reason.id,
      })
      const loaded = await known(plant, { records: [ulidOf(record.id)] })
      expect(keys(loaded.lots)).toEqual([ulidOf(a), ulidOf(b)].sort())
      // The line too: a row of a loaded lot lies there.
      expect(keys(loaded.locations)).toEqual([ulidOf(dock), ulidOf(cellar), ulidOf(line)].sort())
      expect(keys(loaded.reasonCodes)).toEqual([ulidOf(reason.id)])
      expect(keys(loaded.materials)).toEqual([ulidOf(plant.material.sugar)])
      expect(loaded.records.get(ulidOf(record.id))).toMatchObject({ postedSequence: record.sequence })
    })

    it('holds what all its versions posted, in order', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const { dock, cellar } = plant.location
      const record = await plant.receive(lot, 4, 3)
      const change = (fields: object) =>
        plant.done(plant.inventory.saveInventoryLotRecord({ id: record.id, ...fields }, plant.ada))
      await change({ quantity: 6 })
      await change({ notes: 'words only' })
      await change({ destinationLocationId: cellar, endDate: at(4) })
      const loaded = await recordOf(plant, record)
      expect(loaded.record).toMatchObject({ version: 4, quantity: 6 * oneUnit, notes: 'words only', reversedBy: null })
      expect(loaded.postedSequence).toBe(record.sequence)
      const place = (id: string) => (id === ulidOf(dock) ? 'Dock' : 'Cellar')
      expect(loaded.stockEntries.map((e) => [place(e.locationId), e.quantity / oneUnit, e.effectiveDate])).toEqual([
        ['Dock', 4, instantOf(3)],
        ['Dock', 2, instantOf(3)],
        ['Dock', -6, instantOf(3)],
        ['Cellar', 6, instantOf(4)],
      ])
      expect(loaded.lotEntries.map(({ total }) => total / oneUnit)).toEqual([4, 2, -6, 6])
    })

    it('that has not posted has posted nothing, and nothing came after it', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const draft = await plant.save('CONSUME', lot, { status: 'RUNNING', quantity: 1, startDate: at(3) })
      await plant.consume(lot, 1, 4)
      await plant.changeStatus(lot, 'QA_HOLD')
      expect(await recordOf(plant, draft)).toMatchObject({
        postedSequence: 0,
        stockEntries: [],
        lotEntries: [],
        laterPostings: [],
        laterStatusChanges: [],
      })
    })

    it('that posted in a later version posted with that one', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const fields = { status: 'RUNNING', quantity: 1, startDate: at(3), sourceLocationId: plant.location.dock }
      const draft = await plant.save('CONSUME', lot, fields)
      const between = await plant.consume(lot, 1, 4)
      const complete = { id: draft.id, status: 'COMPLETED' }
      const posted = await plant.done(plant.inventory.saveInventoryLotRecord(complete, plant.ada))
      expect(await recordOf(plant, posted)).toMatchObject({ postedSequence: posted.sequence, laterPostings: [] })
      expect((await recordOf(plant, between)).laterPostings).toEqual([later(lot, posted)])
    })

    it('knows the live records that posted to its lots or changed their status since', async () => {
      const plant = await withPlant(makeStore)
      const [a, b] = [await plant.lot('A', { stock: 10 }), await plant.lot('B', { stock: 5 })]
      const { dock } = plant.location
      const merged = await plant.save('MERGE', a, {
        quantity: 1,
        startDate: at(3),
        sourceLocationId: dock,
        secondaryInventoryLotId: b,
      })
      await plant.save('CONSUME', a)
      const consumed = await plant.consume(a, 1, 2)
      const held = await plant.changeStatus(b, 'QA_HOLD')
      const same = await plant.changeStatus(b, 'QA_HOLD')
      const scrapped = await plant.save('SCRAP', b, { quantity: 1, startDate: at(4), sourceLocationId: dock })
      expect(await recordOf(plant, merged)).toMatchObject({
        laterPostings: [later(a, consumed), later(b, scrapped)],
        laterStatusChanges: [later(b, held)],
      })
      expect(await recordOf(plant, held)).toMatchObject({ laterPostings: [later(b, scrapped)], laterStatusChanges: [] })
      expect(await recordOf(plant, same)).toMatchObject({ laterStatusChanges: [] })
      await plant.reverse(scrapped)
      await plant.reverse(same)
      await plant.reverse(held)
      expect(await recordOf(plant, merged)).toMatchObject({
        laterPostings: [later(a, consumed)],
        laterStatusChanges: [],
      })
    })

    it('of two lots knows their statuses just before it posted, and the reversals that changed them since', async () => {
      const plant = await withPlant(makeStore)
      const [a, b, child] = [await plant.lot('A', { stock: 10 }), await plant.lot('B'), await plant.lot('C')]
      const hold = await plant.changeStatus(a, 'QA_HOLD')
      const { dock: sourceLocationId } = plant.location
      const split = (of: string, secondaryInventoryLotId: string, quantity: number) =>
        plant.save('SPLIT', of, { quantity, sourceLocationId, secondaryInventoryLotId })
      const [first, second] = [await split(a, b, 6), await split(b, child, 1)]
      const consumed = await plant.save('UNCONSUME', a)
      const draft = await plant.save('SCRAP', a, { status: 'RUNNING', secondaryInventoryLotId: b })
      const statuses = async (record: RecordView) => Object.fromEntries((await recordOf(plant, record)).statusesThen)
      const [lotA, lotB, lotC] = [ulidOf(a), ulidOf(b), ulidOf(child)]
      expect(await statuses(first)).toEqual({ [lotA]: 'QA_HOLD', [lotB]: 'AVAILABLE' })
      const back = await plant.reverse(hold)
      expect(await statuses(first)).toEqual({ [lotA]: 'QA_HOLD', [lotB]: 'AVAILABLE' })
      expect(await statuses(second)).toEqual({ [lotB]: 'QA_HOLD', [lotC]: 'AVAILABLE' })
      expect([await statuses(consumed), await statuses(draft), await statuses(hold)]).toEqual([{}, {}, {}])
      const last = await split(a, await plant.lot('D'), 1)
      expect((await recordOf(plant, first)).laterStatusReversals).toEqual([later(a, back)])
      for (const record of [second, last, hold, draft])
        expect((await recordOf(plant, record)).laterStatusReversals).toEqual([])
    })

    it('of what gave back what was consumed knows the same of its one lot', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      await plant.changeStatus(lot, 'QA_HOLD')
      const release = await plant.changeStatus(lot, 'AVAILABLE')
      await plant.consume(lot, 4, 3)
      const back = { quantity: 4, startDate: at(4), destinationLocationId: plant.location.dock }
      const given = await plant.save('UNCONSUME', lot, back)
      const undo = await plant.reverse(release)
      const loaded = await recordOf(plant, given)
      expect([...loaded.statusesThen]).toEqual([[ulidOf(lot), 'AVAILABLE']])
      expect(loaded.laterStatusReversals).toEqual([later(lot, undo)])
    })

    it('that posted stock knows what made its lots SHIPPED, and what they were before', async () => {
      const plant = await withPlant(makeStore)
      await plant.setPolicy('permissive')
      const lot = await plant.lot('A', { status: 'OPEN', stock: 10 })
      const consumed = await plant.consume(lot, 4, 3)
      const fields = { startDate: at(4), sourceLocationId: plant.location.dock }
      const [first, from] = [await plant.save('SHIP', lot, { quantity: 6, ...fields }), { lotId: ulidOf(lot) }]
      const returned = await plant.save('RECEIVE', lot, { quantity: 2, destinationLocationId: plant.location.dock })
      await plant.changeStatus(lot, 'AVAILABLE')
      const second = await plant.save('SHIP', lot, { quantity: 2, sourceLocationId: plant.location.dock })
      const shipped = [
        { id: ulidOf(first.id), from: 'OPEN', ...from },
        { id: ulidOf(second.id), from: 'AVAILABLE', ...from },
      ]
      for (const record of [consumed, returned, first]) expect((await recordOf(plant, record)).shipped).toEqual(shipped)
      await plant.reverse(second)
      expect((await recordOf(plant, consumed)).shipped).toEqual(shipped.slice(0, 1))
      const other = await plant.lot('B', { stock: 1 })
      const given = { quantity: 1, sourceLocationId: plant.location.dock, destinationLocationId: plant.location.dock }
      const scrapped = await plant.save('SCRAP', other, { ...given, secondaryInventoryLotId: lot })
      expect((await recordOf(plant, scrapped)).shipped).toEqual(shipped.slice(0, 1))
    })

    it('that changed a status knows the live records that confirmed it since', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const available = await plant.changeStatus(lot, 'AVAILABLE')
      const held = await plant.changeStatus(lot, 'QA_HOLD')
      const [first, second] = [await plant.changeStatus(lot, 'QA_HOLD'), await plant.changeStatus(lot, 'QA_HOLD')]
      const scrapped = await plant.save('SCRAP', lot, { quantity: 1, sourceLocationId: plant.location.dock })
      const released = await plant.changeStatus(lot, 'AVAILABLE')
      await plant.changeStatus(lot, 'AVAILABLE')
      expect((await recordOf(plant, held)).laterConfirmations).toEqual([later(lot, first), later(lot, second)])
      expect((await recordOf(plant, first)).laterConfirmations).toEqual([later(lot, second)])
      for (const record of [second, scrapped]) expect((await recordOf(plant, record)).laterConfirmations).toEqual([])
      expect((await recordOf(plant, available)).laterConfirmations).toHaveLength(1)
      await plant.reverse(released)
      await plant.reverse(first)
      expect((await recordOf(plant, held)).laterConfirmations).toEqual([later(lot, second)])
    })

    it('that gave its lot an expiration date knows the live records that gave it another since', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { material: 'milk', stock: 10 })
      const other = await plant.lot('B', { material: 'milk', stock: 10, expirationDate: '2026-12-10T08:00:00Z' })
      const reTest = (day: number) =>
        plant.changeStatus(lot, 'AVAILABLE', { expirationDate: `2026-12-${day}T08:00:00Z` })
      const received = await plant.receive(lot, 1, 2)
      const [first, second] = [await reTest(20), await reTest(25)]
      await plant.receive(lot, 1, 3)
      const merged = await plant.save('MERGE', lot, { secondaryInventoryLotId: other })
      const same = await plant.changeStatus(lot, 'AVAILABLE')
      await plant.done(plant.inventory.saveLot({ id: lot, expirationDate: '2026-12-01T08:00:00Z' }, plant.ada))
      expect((await recordOf(plant, first)).laterDates).toEqual([later(lot, second), later(lot, merged)])
      expect((await recordOf(plant, second)).laterDates).toEqual([later(lot, merged)])
      for (const record of [received, same, merged]) expect((await recordOf(plant, record)).laterDates).toEqual([])
      await plant.reverse(merged)
      expect((await recordOf(plant, first)).laterDates).toEqual([later(lot, second)])
      await plant.reverse(second)
      expect((await recordOf(plant, first)).laterDates).toEqual([])
    })

    it('shows its reversal, through later versions of words too', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const consumed = await plant.consume(lot, 1, 3)
      const reversal = await plant.reverse(consumed)
      expect((await recordOf(plant, consumed)).record.reversedBy).toBe(ulidOf(reversal.id))
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: consumed.id, notes: 'a slip' }, plant.ada))
      expect((await recordOf(plant, consumed)).record).toMatchObject({
        reversedBy: ulidOf(reversal.id),
        notes: 'a slip',
      })
      expect((await recordOf(plant, reversal)).record).toMatchObject({
        reversalOf: ulidOf(consumed.id),
        reversedBy: null,
      })
    })
  })
}
