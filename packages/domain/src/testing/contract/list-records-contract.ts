import { describe, expect, it } from 'vitest'
import { showInstant } from '../../time/instant.ts'
import type { RecordView } from '../../views/record-view.ts'
import { at } from '../clock.ts'
import type { Fields, Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { whole } from './whole.ts'
import { withPlant } from './with-plant.ts'

const someId = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
const otherId = '01JE6F0CE9-T94PZD8R-TH9J01TK'

/** Seven records, named by their notes. */
const records = async (makeStore: MakeStore): Promise<Plant & { readonly a: string; readonly reason: string }> => {
  const plant = await withPlant(makeStore)
  const { dock, cellar } = plant.location
  const [a, b] = [await plant.lot('A', { status: 'OPEN' }), await plant.lot('B', { material: 'milk', status: 'OPEN' })]
  const reason = await plant.done(
    plant.inventory.saveReasonCode({ lotRecordType: 'SCRAP', reasonCode: 'WET' }, plant.ada),
  )
  const save = (notes: string, type: 'RECEIVE' | 'SCRAP' | 'MOVE', lot: string, fields: Fields) =>
    plant.save(type, lot, { notes, ...fields }, { ...plant.ada, actor: notes === 'six' ? 'eve' : 'ada' })
  await save('one', 'RECEIVE', a, { quantity: 10, startDate: at(5), destinationLocationId: dock, operationId: someId })
  await save('two', 'RECEIVE', b, {
    quantity: 10,
    startDate: at(2),
    destinationLocationId: cellar,
    productionOrderId: someId,
  })
  await save('three', 'SCRAP', a, {
    quantity: 1,
    startDate: at(6),
    sourceLocationId: dock,
    materialReasonCodeId: reason.id,
  })
  await save('four', 'SCRAP', a, { status: 'RUNNING', startDate: at(7), operationRecordId: someId })
  await save('five', 'SCRAP', b, {
    secondaryInventoryLotId: a,
    startDate: at(3),
    endDate: at(8),
    productionOrderName: 'PO 7',
  })
  const move = { quantity: 1, startDate: at(9), sourceLocationId: dock, destinationLocationId: cellar }
  await save('six', 'MOVE', a, { ...move, inventoryOperationId: someId })
  await plant.save('SCRAP', b, { notes: 'seven', status: 'CANCELLED' })
  return { ...plant, a, reason: reason.id ?? '' }
}

const notes = (found: readonly RecordView[]) => found.map((record) => record.notes)
const all = ['one', 'two', 'three', 'four', 'five', 'six', 'seven']

/** Lists of records: filters, order and pages. */
export const listRecordsContract = (makeStore: MakeStore): void => {
  describe('the list of records', () => {
    const list = async (plant: Plant, query: Fields = {}) =>
      notes((await plant.done(plant.inventory.findInventoryLotRecords(query, plant.ada))).items)

    it('is in the order of first writing, whatever is saved later; or the other way round', async () => {
      const plant = await records(makeStore)
      const [first] = (await plant.done(plant.inventory.findInventoryLotRecords({ limit: 1 }, plant.ada))).items
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: first?.id, spare1: 'x' }, plant.ada))
      expect(await list(plant)).toEqual(all)
      expect(await list(plant, { newestFirst: true })).toEqual(all.toReversed())
    })

    it.each([
      [{ lot: 'A', material: 'Raw/Sugar' }, ['one', 'three', 'four', 'five', 'six']],
      [{ material: 'Raw/Milk' }, ['two', 'five', 'seven']],
      [{ location: 'Plant/Dock' }, ['one', 'three', 'six']],
      [{ location: 'Plant/Cellar' }, ['two', 'six']],
      [{ lotRecordType: 'RECEIVE' }, ['one', 'two']],
      [{ status: 'RUNNING' }, ['four']],
      [{ status: 'cancelled' }, ['seven']],
      [{ posted: true }, ['one', 'two', 'three', 'six']],
      [{ posted: 'false' }, ['four', 'five', 'seven']],
      [{ operationId: someId }, ['one', 'four']],
      [{ operationId: otherId }, []],
      [{ inventoryOperationId: someId }, ['six']],
      [{ productionOrderIdOrName: someId }, ['two']],
      [{ productionOrderIdOrName: 'PO 7' }, ['five']],
      [{ createdBy: 'eve' }, ['six']],
      [{ startDate: at(6), endDate: at(8) }, ['three', 'four', 'five']],
      [{ endDate: at(5) }, ['one', 'two']],
      [{ lot: 'A', material: 'Raw/Sugar', lotRecordType: 'SCRAP', posted: true, startDate: at(6) }, ['three']],
    ] as const)('filtered by %j is %j', async (query, expected) => {
      expect(await list(await records(makeStore), query)).toEqual(expected)
    })

    it('filters by every other field, alone and together', async () => {
      const plant = await records(makeStore)
      const { a } = plant
      const { items } = await plant.done(plant.inventory.findInventoryLotRecords({}, plant.ada))
      const [one, , , four] = items
      plant.clock.forward(60_000)
      const changed = { id: four?.id, notes: 'four', spare1: 'x', spare2: 'y', spare3: 'z', shiftRecordId: otherId }
      const eve = { ...plant.ada, actor: 'eve' }
      await plant.done(plant.inventory.saveInventoryLotRecord({ ...changed, enabled: false }, eve))
      const moved = items[5]
      const reversal = await plant.reverse(moved as RecordView, { notes: 'eight' })
      const minute = 60_000
      const [early, late] = [0, minute].map((more) => showInstant(Date.parse(one?.createdDate ?? '') + more))
      const cases: readonly (readonly [Fields, readonly string[]])[] = [
        [{ primaryLot: a }, ['one', 'three', 'four', 'six', 'eight']],
        [{ primaryLot: 'A', material: 'Raw/Sugar', quantityMin: 2 }, ['one']],
        [{ secondaryLot: a }, ['five']],
        [{ lot: a, primaryLot: a, isReversal: false, posted: true }, ['one', 'three', 'six']],
        [{ lot: a, secondaryLot: a }, ['five']],
        [{ location: 'Plant', subtree: true }, ['one', 'two', 'three', 'six', 'eight']],
        [{ location: 'Plant' }, []],
        [{ source: 'Plant/Dock' }, ['three', 'six', 'eight']],
        [{ destination: 'Plant/Cellar' }, ['two', 'six', 'eight']],
        [{ source: 'Plant', destination: 'Plant', subtree: true, reversed: true }, ['six']],
        [{ destination: 'Plant/Line' }, []],
        [{ lotRecordType: 'scrap,MOVE' }, ['three', 'four', 'five', 'six', 'seven', 'eight']],
        [{ lotRecordType: ['RECEIVE'], status: 'RUNNING,COMPLETED' }, ['one', 'two']],
        [{ status: 'RUNNING,CANCELLED' }, ['four', 'seven']],
        [{ reversed: true }, ['six']],
        [{ reversed: false, lotRecordType: 'MOVE' }, ['eight']],
        [{ isReversal: 'true' }, ['eight']],
        [{ operationRecordId: someId }, ['four']],
        [{ operationRecordId: otherId }, []],
        [{ shiftRecordId: otherId }, ['four']],
        [{ lotStatus: 'OPEN', lotRecordType: 'RECEIVE' }, ['one', 'two']],
        [{ lotStatus: 'CLOSED' }, []],
        [{ modifiedBy: 'eve' }, ['four']],
        [{ enabled: false }, ['four']],
        [{ notesContains: 'ive' }, ['five']],
        [{ notesContains: '%' }, []],
        [{ spare1: 'x', spare2: 'y', spare3: 'z' }, ['four']],
        [{ spare1: 'y' }, []],
        [{ quantityMax: 1 }, ['three', 'six', 'eight']],
        [{ quantityMin: '10.000001' }, []],
        [{ createdTo: early }, ['one', 'two', 'three', 'four', 'five', 'six', 'seven']],
        [{ createdFrom: late }, ['eight']],
        [{ modifiedFrom: late, modifiedTo: late }, ['four']],
        [{ modifiedTo: early }, []],
        [{ asOf: at(3) }, ['two']],
        [{ asOf: at(8), endDate: at(5) }, ['one', 'two']],
        [{ asKnownAt: early, reversed: true }, []],
        [{ asKnownAt: early, isReversal: false, spare1: 'x' }, []],
        [{ asKnownAt: early, enabled: true, lotRecordType: 'MOVE' }, ['six']],
      ]
      for (const [query, expected] of cases) expect([query, await list(plant, query)]).toEqual([query, expected])
      expect(reversal.reversalOf).toBe(moved?.id)
    })

    it('filters by reason and by lot id, in either role', async () => {
      const plant = await records(makeStore)
      expect(await list(plant, { materialReasonCodeId: plant.reason })).toEqual(['three'])
      expect(await list(plant, { lot: plant.a })).toEqual(['one', 'three', 'four', 'five', 'six'])
      const history = await plant.done(
        plant.inventory.getLotHistory({ lotId: plant.a, lotRecordType: 'SCRAP' }, plant.ada),
      )
      expect(history.map((row) => row.notes)).toEqual(['three', 'four', 'five'])
    })

    it('comes in pages of any size without gaps or doubles, forwards and backwards', async () => {
      const plant = await records(makeStore)
      for (const limit of [1, 2, 3, 7, 200])
        for (const newestFirst of [false, true]) {
          const found = await whole((cursor) =>
            plant.done(plant.inventory.findInventoryLotRecords({ limit, cursor, newestFirst }, plant.ada)),
          )
          expect(notes(found)).toEqual(newestFirst ? all.toReversed() : all)
        }
      const filtered = await whole((cursor) =>
        plant.done(plant.inventory.findInventoryLotRecords({ limit: 2, cursor, material: 'Raw/Milk' }, plant.ada)),
      )
      expect(notes(filtered)).toEqual(['two', 'five', 'seven'])
    })
  })
}
