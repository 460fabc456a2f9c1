import type { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import type { LocalInventory } from '../../inventory.ts'
import { makeInventory } from '../../local-inventory/make-inventory.ts'
import type { Refusal } from '../../refusals.ts'
import { at } from '../clock.ts'
import { type Plant, ulidOf } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const taken = {
  _tag: 'StorageUnavailable',
  reason: 'an id that was drawn for something new is taken already',
}

/** How one of each kind is made under a name. */
const makers: readonly (readonly [
  kind: string,
  make: (
    inventory: LocalInventory,
    plant: Plant,
    name: string,
  ) => Effect.Effect<{ readonly id: string | null }, Refusal>,
])[] = [
  ['unit', (inventory, { ada }, name) => inventory.saveUnit({ symbol: name, name: `${name} in full` }, ada)],
  ['material', (inventory, { ada }, path) => inventory.saveMaterial({ path, unitOfMeasureSymbol: 'kg' }, ada)],
  ['location', (inventory, { ada }, path) => inventory.saveLocation({ path }, ada)],
  [
    'reason code',
    (inventory, { ada }, reasonCode) => inventory.saveReasonCode({ lotRecordType: 'SCRAP', reasonCode }, ada),
  ],
  [
    'unit conversion',
    (inventory, { ada, material }, name) =>
      inventory.saveUnitConversion(
        { from: 'kg', to: name === 'B' ? 'l' : 'pcs', factor: 2, materialPath: material.sugar },
        ada,
      ),
  ],
  ['lot', (inventory, { ada, material }, name) => inventory.saveLot({ name, materialId: material.sugar }, ada)],
]

/** What is new never takes the place of what is there, whatever its id. */
export const idTakenContract = (makeStore: MakeStore): void => {
  describe('something new whose id is there already', () => {
    /** A plant, and the ledger of a process that draws this id for everything. */
    const withId = (plant: Plant, id: string): LocalInventory =>
      makeInventory({ store: plant.store, now: plant.clock.now, newUlid: () => ulidOf(id) })

    it.each(makers)('is refused, and changes nothing: a %s', async (_kind, make) => {
      const plant = await withPlant(makeStore)
      const { id } = await plant.done(make(plant.inventory, plant, 'A'))
      const same = withId(plant, id ?? '')
      expect(await plant.refused(make(same, plant, 'B'))).toMatchObject(taken)
      expect(await plant.refused(make(same, plant, 'A'))).toMatchObject(taken)
      // One that has an id of its own is made.
      expect((await plant.done(make(plant.inventory, plant, 'B'))).id).not.toBe(id)
    })

    it('is refused, and changes nothing: a lot that has come further since, under its own name or another', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const same = withId(plant, lot)
      const [lotOf, fields] = [{ materialId: plant.material.sugar }, { status: 'AVAILABLE' }]
      for (const name of ['A', 'B']) {
        expect(await plant.refused(same.saveLot({ name, ...lotOf }, plant.ada))).toMatchObject(taken)
        expect(await plant.refused(same.saveLot({ name, ...lotOf, ...fields }, plant.ada))).toMatchObject(taken)
        expect(await plant.refused(same.dryRun.saveLot({ name, ...lotOf }, plant.ada))).toMatchObject(taken)
      }
      await plant.consume(lot, 4, 5)
      expect(await plant.get(lot)).toMatchObject({ name: 'A', status: 'AVAILABLE', onHand: 6, totalQuantity: 10 })
    })

    it('is refused, and changes nothing: a record', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const record = await plant.receive(lot, 5, 3)
      const request = {
        lotRecordType: 'RECEIVE',
        inventoryLotId: lot,
        status: 'COMPLETED',
        quantity: 1,
        startDate: at(4),
        destinationLocationId: plant.location.dock,
      }
      const same = withId(plant, record.id ?? '')
      expect(await plant.refused(same.saveInventoryLotRecord(request, plant.ada))).toMatchObject(taken)
      expect(await plant.refused(same.reverseLotRecord({ id: record.id }, plant.ada))).toMatchObject(taken)
      // Saving it again is no new one.
      const again = await plant.done(same.saveInventoryLotRecord({ id: record.id, quantity: 7 }, plant.ada))
      expect(again).toMatchObject({ id: record.id, version: 2, quantity: 7 })
      expect(await plant.stock(lot)).toEqual({ Dock: 17 })
    })

    it('is refused alone: the others that are written at the same time are written', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const same = withId(plant, lot)
      const saving = (inventory: LocalInventory, name: string) =>
        plant.result(inventory.saveLot({ name, materialId: plant.material.sugar }, plant.ada))
      const ended = await Promise.all([
        saving(plant.inventory, 'B'),
        saving(same, 'C'),
        saving(plant.inventory, 'D'),
        saving(same, 'A'),
      ])
      expect(ended.map(({ _tag }) => _tag)).toEqual(['Success', 'Failure', 'Success', 'Failure'])
      const { items } = await plant.done(plant.inventory.listLots({}, plant.ada))
      expect(items.map(({ name, version }) => [name, version])).toEqual([
        ['A', 3],
        ['B', 1],
        ['D', 1],
      ])
    })
  })
}
