import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

/** All versions in one order, and being told of new ones. */
export const feedContract = (makeStore: MakeStore): void => {
  const stage = async () => {
    const plant = await withPlant(makeStore)
    const [a, b] = [await plant.lot('A', { stock: 10 }), await plant.lot('B')]
    const { id } = await plant.save('SCRAP', a, { notes: 'first' })
    await plant.changeStatus(b, 'QA_HOLD')
    await plant.done(plant.inventory.saveInventoryLotRecord({ id, notes: 'second' }, plant.ada))
    return {
      ...plant,
      a,
      b,
      versions: (sequence: number, limit = 200) => plant.done(plant.store.versionsAfter(sequence, limit)),
    }
  }

  describe('the feed', () => {
    it('is empty where nothing was written', async () => {
      const { store, close } = await makeStore()
      expect(await Effect.runPromise(store.versionsAfter(0, 10))).toEqual([])
      await close?.()
    })

    it('has every version once, in order and without gaps, each as it was', async () => {
      const { versions, store, inventory, ada } = await stage()
      const { count } = await Effect.runPromise(store.checkpoint())
      const all = await versions(0)
      expect(all.map(({ sequence }) => sequence)).toEqual(Array.from({ length: count }, (_, index) => index + 1))
      expect(all.slice(-3).map(({ version, record }) => [version, record.lotRecordType, record.notes])).toEqual([
        [1, 'SCRAP', 'first'],
        [1, 'STATUS_CHANGE', null],
        [2, 'SCRAP', 'second'],
      ])
      const scrapped = all.at(-1)?.record.id ?? ''
      const ofRecord = await Effect.runPromise(inventory.getInventoryLotRecordVersions(scrapped, ada))
      expect(all.filter(({ record }) => record.id === scrapped)).toEqual(ofRecord)
    })

    it('goes on after any sequence, with as many as asked for', async () => {
      const { versions } = await stage()
      const whole = await versions(0)
      for (const limit of [1, 2, whole.length, 1000])
        for (let sequence = 0; sequence <= whole.length; sequence++)
          expect(await versions(sequence, limit)).toEqual(whole.slice(sequence, sequence + limit))
      expect(await versions(whole.length + 5)).toEqual([])
    })

    it('has nothing of a dry run or of what was refused', async () => {
      const { versions, inventory, ada, a, saving, refused } = await stage()
      const whole = await versions(0)
      await Effect.runPromise(inventory.dryRun.changeStatus({ lotId: a, newStatus: 'QA_HOLD' }, ada))
      await refused(saving('SCRAP', a, { notes: 'third', status: 'NONE' }))
      expect(await versions(0)).toEqual(whole)
    })

    it('tells who watches of every commit, until it is let go', async () => {
      const { store, changeStatus, a, b } = await stage()
      // A store may tell once too often: who is told looks and finds nothing new.
      const told = [0, 0]
      const letGo = told.map((_, index) => store.watch(() => (told[index] = (told[index] ?? 0) + 1)))
      await changeStatus(a, 'QA_HOLD')
      expect(Math.min(...told)).toBeGreaterThan(0)
      letGo[0]?.()
      const [one = 0, two = 0] = told
      await changeStatus(b, 'AVAILABLE')
      expect(told[0]).toBe(one)
      expect(told[1]).toBeGreaterThan(two)
      letGo[1]?.()
    })
  })
}
