import type { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import type { Caller } from '../../inventory.ts'
import type { Refusal } from '../../refusals.ts'
import type { Page } from '../../store.ts'
import type { RecordView } from '../../views/record-view.ts'
import { at } from '../clock.ts'
import type { Fields, Plant } from '../fixtures.ts'
import { whole } from './list-lots-contract.ts'
import type { MakeStore } from './store-contract.ts'
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

/** Lists of records, stock and master data: filters, order, pages and times gone by. */
export const listContract = (makeStore: MakeStore): void => {
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

  describe('the list of stock', () => {
    const stock = async (plant: Plant, query: Fields = {}) =>
      (await plant.done(plant.inventory.findInventory(query, plant.ada))).items.map(
        ({ locationPath, lotName, materialPath, quantity }) =>
          [locationPath, lotName, materialPath, quantity].join(' '),
      )

    const stocked = async (): Promise<Plant> => {
      const plant = await withPlant(makeStore)
      const { cellar, drain, dock } = plant.location
      const a = await plant.lot('A')
      await plant.receive(a, 10, 5)
      await plant.receive(a, 2, 6, cellar)
      await plant.receive(await plant.lot('A', { material: 'milk' }), 3, 4, cellar)
      await plant.consume(await plant.lot('B'), 1, 7, drain)
      await plant.consume(a, 2, 8, cellar)
      await plant.save('MOVE', a, {
        quantity: 4,
        startDate: at(9),
        sourceLocationId: dock,
        destinationLocationId: plant.location.line,
      })
      return plant
    }

    it('is by location and lot, without rows at zero unless asked for', async () => {
      const plant = await stocked()
      const rows = [
        'Plant/Cellar A Raw/Milk 3',
        'Plant/Dock A Raw/Sugar 6',
        'Plant/Drain B Raw/Sugar -1',
        'Plant/Line A Raw/Sugar 4',
      ]
      expect(await stock(plant)).toEqual(rows)
      expect((await stock(plant, { includeZero: true })).toSorted()).toEqual(
        ['Plant/Cellar A Raw/Sugar 0', ...rows].toSorted(),
      )
    })

    it.each([
      [{ location: 'Plant/Dock' }, ['Plant/Dock A Raw/Sugar 6']],
      [{ location: 'Plant' }, []],
      [{ location: 'Plant', subtree: true, material: 'Raw/Milk' }, ['Plant/Cellar A Raw/Milk 3']],
      [{ lot: 'A', material: 'Raw/Milk' }, ['Plant/Cellar A Raw/Milk 3']],
      [{ lot: 'A' }, ['Plant/Cellar A Raw/Milk 3', 'Plant/Dock A Raw/Sugar 6', 'Plant/Line A Raw/Sugar 4']],
      [{ asOf: at(3) }, []],
      [{ asOf: at(5) }, ['Plant/Cellar A Raw/Milk 3', 'Plant/Dock A Raw/Sugar 10']],
      [{ asOf: at(6), material: 'Raw/Sugar' }, ['Plant/Cellar A Raw/Sugar 2', 'Plant/Dock A Raw/Sugar 10']],
      [{ asOf: at(8), material: 'Raw/Sugar' }, ['Plant/Dock A Raw/Sugar 10', 'Plant/Drain B Raw/Sugar -1']],
      [{ asOf: at(4), material: 'Raw/Sugar', location: 'Plant/Dock', includeZero: true }, ['Plant/Dock A Raw/Sugar 0']],
    ] as const)('filtered by %j is %j', async (query, expected) => {
      expect(await stock(await stocked(), query)).toEqual(expected)
    })

    it('of a moment gone by is what the records of today say it was', async () => {
      const plant = await stocked()
      const late = await plant.receive(await plant.lot('L'), 5, 2)
      expect(await stock(plant, { asOf: at(3) })).toEqual(['Plant/Dock L Raw/Sugar 5'])
      await plant.done(plant.inventory.saveInventoryLotRecord({ id: late.id, quantity: 7, endDate: at(3) }, plant.ada))
      expect(await stock(plant, { asOf: at(2) })).toEqual([])
      expect(await stock(plant, { asOf: at(3) })).toEqual(['Plant/Dock L Raw/Sugar 7'])
      await plant.reverse(late)
      expect(await stock(plant, { asOf: at(3) })).toEqual([])
    })

    it('comes in pages of any size without gaps or doubles', async () => {
      const plant = await stocked()
      const expected = await stock(plant, { includeZero: true })
      for (const limit of [1, 2, 5]) {
        const found = await whole((cursor) =>
          plant.done(plant.inventory.findInventory({ limit, cursor, includeZero: true }, plant.ada)),
        )
        expect(found.map((row) => [row.locationPath, row.lotName, row.materialPath, row.quantity].join(' '))).toEqual(
          expected,
        )
      }
    })
  })

  describe('lists of master data', () => {
    it('are by symbol, by path, and by type and code, in pages', async () => {
      const plant = await withPlant(makeStore)
      for (const [lotRecordType, reasonCode] of [
        ['SCRAP', 'WET'],
        ['SCRAP', 'DRY'],
        ['RETURN', 'WET'],
      ])
        await plant.done(plant.inventory.saveReasonCode({ lotRecordType, reasonCode }, plant.ada))
      const { findUnits, findMaterials, findLocations, findReasonCodes } = plant.inventory
      for (const limit of [1, 2, 50]) {
        const list = <A>(find: (query: object, caller: Caller) => Effect.Effect<Page<A>, Refusal>) =>
          whole((cursor) => plant.done(find({ limit, cursor }, plant.ada)))
        expect((await list(findUnits)).map(({ symbol }) => symbol)).toEqual(['kg', 'l', 'pcs'])
        expect((await list(findMaterials)).map(({ path }) => path)).toEqual(['Pack/Cap', 'Raw/Milk', 'Raw/Sugar'])
        expect((await list(findLocations)).map(({ path }) => path)).toEqual([
          ...['Plant', 'Plant/Cellar', 'Plant/Dock', 'Plant/Drain', 'Plant/Line'],
        ])
        expect((await list(findReasonCodes)).map((one) => `${one.lotRecordType} ${one.reasonCode}`)).toEqual([
          ...['RETURN WET', 'SCRAP DRY', 'SCRAP WET'],
        ])
      }
      const scrap = await plant.done(plant.inventory.findReasonCodes({}, plant.ada, 'SCRAP'))
      expect(scrap.items.map(({ reasonCode }) => reasonCode)).toEqual(['DRY', 'WET'])
    })
  })
}
