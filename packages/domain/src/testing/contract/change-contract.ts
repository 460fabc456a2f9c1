import { Effect, Result } from 'effect'
import { describe, expect, it } from 'vitest'
import { NotFound } from '../../refusals.ts'
import { at } from '../clock.ts'
import type { Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const sequencesOf = async (plant: Plant): Promise<readonly number[]> => {
  const { items } = await plant.done(plant.inventory.findInventoryLotRecords({ limit: 200 }, plant.ada))
  const versions = await Promise.all(
    items.map(({ id }) => plant.done(plant.inventory.getInventoryLotRecordVersions(id ?? '', plant.ada))),
  )
  return versions.flatMap((all) => all.map(({ sequence }) => sequence)).sort((left, right) => left - right)
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1)

/** A change is written whole or not at all, and takes the next sequences. */
export const changeContract = (makeStore: MakeStore): void => {
  describe('a change', () => {
    it('writes record, stock and lot together', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A')
      const record = await plant.receive(lot, 10, 5)
      expect(await plant.done(plant.inventory.getInventoryLotRecord(record.id ?? '', plant.ada))).toEqual(record)
      expect(await plant.stock(lot)).toEqual({ Dock: 10 })
      expect(await plant.get(lot)).toMatchObject({ onHand: 10, totalQuantity: 10, version: 3 })
      expect(await plant.posted(record)).toEqual({
        stock: ['Dock A +10 @11-05'],
        lots: ['A total +10 @11-05'],
        takesBack: [],
      })
    })

    it('takes the next sequence for each version, and only for versions', async () => {
      const plant = await withPlant(makeStore)
      expect((await Effect.runPromise(plant.store.checkpoint())).count).toBe(0)
      const lot = await plant.lot('A', { stock: 10 })
      const consumed = await plant.consume(lot, 4, 5)
      await plant.refused(plant.saving('CONSUME', lot, { quantity: 40, sourceLocationId: plant.location.dock }))
      await plant.done(plant.inventory.dryRun.saveInventoryLotRecord({ id: consumed.id, quantity: 3 }, plant.ada))
      await plant.done(plant.inventory.saveLot({ id: lot, notes: 'a field of the lot' }, plant.ada))
      const update = { id: consumed.id, quantity: 3 }
      expect(await plant.done(plant.inventory.saveInventoryLotRecord(update, plant.ada))).toMatchObject({ sequence: 4 })
      expect(await plant.reverse(consumed)).toMatchObject({ sequence: 5 })
      expect(await sequencesOf(plant)).toEqual(upTo(5))
      expect((await Effect.runPromise(plant.store.checkpoint())).count).toBe(5)
    })

    it('of a lot alone moves the number of the last change on, and a refusal or a record does not', async () => {
      const plant = await withPlant(makeStore)
      const last = () => Effect.runPromise(plant.store.lastChange())
      const lot = await plant.lot('A', { stock: 10 })
      const before = await last()
      await plant.consume(lot, 4, 5)
      await plant.refused(plant.inventory.saveLot({ id: lot, notes: 5 }, plant.ada))
      await plant.done(plant.inventory.dryRun.saveLot({ id: lot, notes: 'a field of the lot' }, plant.ada))
      expect(await last()).toBe(before)
      await plant.done(plant.inventory.saveLot({ id: lot, notes: 'a field of the lot' }, plant.ada))
      expect(await last()).toBeGreaterThan(before)
    })

    it('that is refused says why, and changes nothing', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const refusal = new NotFound({ kind: 'lot', idOrName: 'Z' })
      expect(await plant.refused(plant.store.change({}, () => Result.fail(refusal)))).toEqual(refusal)
      const { dock } = plant.location
      expect(await plant.refused(plant.saving('CONSUME', lot, { quantity: 11, sourceLocationId: dock }))).toMatchObject(
        {
          _tag: 'InsufficientStock',
          onHand: 10,
          asked: 11,
        },
      )
      expect(await plant.refused(plant.saving('MOVE', lot, { quantity: 1 }))).toMatchObject({
        _tag: 'ValidationFailed',
      })
      expect(
        await plant.refused(plant.inventory.saveLot({ name: 'A', materialId: plant.material.sugar }, plant.ada)),
      ).toMatchObject({
        _tag: 'DuplicateName',
        existingId: lot,
      })
      expect(await plant.refused(plant.inventory.deleteLot(lot, plant.ada))).toMatchObject({ _tag: 'InUse' })
    })

    it('that breaks while it decides or answers leaves nothing behind', async () => {
      const plant = await withPlant(makeStore)
      const before = [await plant.dump(), await Effect.runPromise(plant.store.checkpoint())]
      const broken = (): never => {
        throw new Error('a bug of ours')
      }
      const outcomes = [
        plant.store.change({}, broken),
        plant.store.change({}, (known) =>
          Result.succeed({ known, versions: [], changes: [], deletedLots: [], answer: broken }),
        ),
      ]
      for (const effect of outcomes) await expect(Effect.runPromise(effect)).rejects.toThrow('a bug of ours')
      expect([await plant.dump(), await Effect.runPromise(plant.store.checkpoint())]).toEqual(before)
      await plant.lot('A', { stock: 1 })
    })

    it('as a dry run goes the whole way, and leaves nothing behind', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const before = [await plant.dump(), await Effect.runPromise(plant.store.checkpoint()), await plant.get(lot)]
      const { dryRun } = plant.inventory
      const consume = { lotRecordType: 'CONSUME', inventoryLotId: lot, status: 'COMPLETED', quantity: 4 }
      const request = { ...consume, sourceLocationId: plant.location.dock }
      const preview = await plant.done(dryRun.saveInventoryLotRecord(request, plant.ada))
      expect(preview).toMatchObject({
        record: { id: null, sequence: null, quantity: 4, posted: true },
        balances: [{ quantity: 6, lotName: 'A' }],
      })
      await plant.done(dryRun.changeStatus({ lotId: lot, newStatus: 'QA_HOLD' }, plant.ada))
      await plant.done(dryRun.saveLot({ name: 'B', materialId: plant.material.sugar, status: 'AVAILABLE' }, plant.ada))
      await plant.refused(dryRun.saveInventoryLotRecord({ ...request, quantity: 11 }, plant.ada))
      expect([await plant.dump(), await Effect.runPromise(plant.store.checkpoint()), await plant.get(lot)]).toEqual(
        before,
      )
    })

    it('is alone with what it loaded: of many at once, as many succeed as there is stock for', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const fields = { quantity: 1, startDate: at(5), sourceLocationId: plant.location.dock }
      const all = await Promise.all(
        Array.from({ length: 25 }, () => plant.result(plant.saving('CONSUME', lot, fields))),
      )
      expect(all.filter(Result.isSuccess)).toHaveLength(10)
      expect(await plant.stock(lot)).toEqual({})
      expect(await sequencesOf(plant)).toEqual(upTo(12))
      expect((await Effect.runPromise(plant.store.verify())).mismatches).toEqual([])
    })

    it('gives a deleted lot’s name free, and keeps the others in their order', async () => {
      const plant = await withPlant(makeStore)
      const make = async (name: string) =>
        (await plant.done(plant.inventory.saveLot({ name, materialId: plant.material.sugar }, plant.ada))).id ?? ''
      const [first, second] = [await make('A'), await make('B')]
      await plant.done(plant.inventory.deleteLot(first, plant.ada))
      expect(await plant.refused(plant.inventory.getLot(first, plant.ada))).toMatchObject({ _tag: 'NotFound' })
      const third = await make('A')
      const { items } = await plant.done(plant.inventory.listLots({}, plant.ada))
      expect(items.map(({ id }) => id)).toEqual([second, third])
    })
  })
}
