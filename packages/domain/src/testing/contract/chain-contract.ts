import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import { firstHash } from '../../ledger/chain.ts'
import { policies } from '../../lot/lot-status.ts'
import { at } from '../clock.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

/** Every version is chained to the one before it, and the store recomputes all that it holds. */
export const chainContract = (makeStore: MakeStore): void => {
  describe('an empty store', () => {
    it('has an empty chain and verifies', async () => {
      const { store, close } = await makeStore()
      expect(await Effect.runPromise(store.checkpoint())).toEqual({ count: 0, head: firstHash })
      expect(await Effect.runPromise(store.verify())).toEqual({
        checkpoint: { count: 0, head: firstHash },
        records: 0,
        lots: 0,
        inventoryRows: 0,
        mismatches: [],
      })
      await close?.()
    })

    it.each(policies)('begins with the policy it is given: %s', async (policy) => {
      const plant = await withPlant(makeStore, policy)
      expect(await Effect.runPromise(plant.store.policy())).toBe(policy)
    })
  })

  describe('the chain', () => {
    it('verifies after a bit of everything, and against every earlier checkpoint', async () => {
      const plant = await withPlant(makeStore)
      const checkpoints = [await Effect.runPromise(plant.store.checkpoint())]
      const lots = [
        await plant.lot('A', { material: 'milk', stock: 10 }),
        await plant.lot('B', { material: 'milk', status: 'OPEN' }),
      ]
      const [a = '', b = ''] = lots
      const { dock, cellar } = plant.location
      const steps = [
        () =>
          plant.save('MOVE', a, {
            quantity: 4,
            startDate: at(2),
            sourceLocationId: dock,
            destinationLocationId: cellar,
          }),
        () => plant.consume(a, 3, 3),
        () =>
          plant.save('SPLIT', a, { quantity: 2, startDate: at(4), sourceLocationId: dock, secondaryInventoryLotId: b }),
        () => plant.save('UNCONSUME', a, { quantity: 1, startDate: at(4), destinationLocationId: dock }),
        () => plant.save('EDIT', a, { quantity: -0.5, startDate: at(5), sourceLocationId: dock }),
        () => plant.save('MERGE', a, { startDate: at(6), secondaryInventoryLotId: b }),
        () => plant.changeStatus(a, 'QA_HOLD'),
      ]
      for (const step of steps) {
        await step()
        checkpoints.push(await Effect.runPromise(plant.store.checkpoint()))
      }
      expect(checkpoints.map(({ count }) => count)).toEqual([0, 3, 4, 5, 6, 7, 8, 9])
      expect(new Set(checkpoints.map(({ head }) => head)).size).toBe(checkpoints.length)
      for (const against of checkpoints)
        expect(await Effect.runPromise(plant.store.verify(against))).toEqual({
          checkpoint: checkpoints.at(-1),
          records: 9,
          lots: 2,
          inventoryRows: 3,
          mismatches: [],
        })
    })

    it('does not verify against a checkpoint of another history, or of a longer one', async () => {
      const plant = await withPlant(makeStore)
      await plant.lot('A', { stock: 10 })
      const { count, head } = await Effect.runPromise(plant.store.checkpoint())
      for (const against of [
        { count: count - 1, head },
        { count: count + 1, head },
        { count, head: firstHash },
      ])
        expect((await Effect.runPromise(plant.store.verify(against))).mismatches).toHaveLength(1)
    })

    it('hashes each version with the one before it', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A')
      const { id } = await plant.save('SCRAP', lot)
      await plant.done(plant.inventory.saveInventoryLotRecord({ id, notes: 'x' }, plant.ada))
      const versions = await plant.done(plant.inventory.getInventoryLotRecordVersions(id ?? '', plant.ada))
      expect(versions.map(({ version, writtenBy }) => [version, writtenBy])).toEqual([
        [1, 'ada'],
        [2, 'ada'],
      ])
      for (const { hash } of versions) expect(hash).toMatch(/^[0-9a-f]{64}$/u)
      expect((await Effect.runPromise(plant.store.checkpoint())).head).toBe(versions[1]?.hash)
    })
  })
}
