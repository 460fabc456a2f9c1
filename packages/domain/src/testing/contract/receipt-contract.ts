import { describe, expect, it } from 'vitest'
import type { Receipt } from '../../store.ts'
import { at } from '../clock.ts'
import type { Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const attempts = (plant: Plant, lot: string) => {
  let replays = 0
  const receiptOf = (more: Partial<Receipt> = {}): Receipt => ({
    scope: 'ada POST /lot-records',
    key: 'k1',
    fingerprint: 'f1',
    now: plant.clock.now(),
    expires: plant.clock.now() + 7 * 86_400_000,
    onReplay: () => {
      replays += 1
    },
    ...more,
  })
  const fields = { quantity: 4, startDate: at(5), sourceLocationId: plant.location.dock }
  return {
    replays: () => replays,
    consuming: (receipt?: Partial<Receipt>, quantity = 4) =>
      plant.saving('CONSUME', lot, { ...fields, quantity }, { ...plant.ada, receipt: receiptOf(receipt) }),
    dryRun: (receipt?: Partial<Receipt>) =>
      plant.inventory.dryRun.changeStatus(
        { lotId: lot, newStatus: 'QA_HOLD' },
        { ...plant.ada, receipt: receiptOf(receipt) },
      ),
  }
}

/** One key, one effect: the answer is kept with it. */
export const receiptContract = (makeStore: MakeStore): void => {
  describe('a receipt', () => {
    it('gives the kept answer again, and does nothing', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const { consuming, replays } = attempts(plant, lot)
      const first = await plant.done(consuming())
      expect(replays()).toBe(0)
      const before = await plant.dump()
      expect(await plant.done(consuming())).toEqual(first)
      expect(replays()).toBe(1)
      expect(await plant.dump()).toEqual(before)
      expect(await plant.stock(lot)).toEqual({ Dock: 6 })
    })

    it('refuses another request with the same key', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const { consuming, replays } = attempts(plant, lot)
      await plant.done(consuming())
      expect(await plant.refused(consuming({ fingerprint: 'f2' }, 5))).toMatchObject({
        _tag: 'IdempotencyKeyReused',
        key: 'k1',
      })
      expect(replays()).toBe(0)
    })

    it('is one of its scope: another caller or operation may use the same key', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const { consuming } = attempts(plant, lot)
      await plant.done(consuming())
      await plant.done(consuming({ scope: 'eve POST /lot-records' }))
      await plant.refused(consuming({ key: 'k2' }))
      expect(await plant.stock(lot)).toEqual({ Dock: 2 })
    })

    it('is not kept for what was refused: the same key may try again', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 3 })
      const { consuming, replays } = attempts(plant, lot)
      expect(await plant.refused(consuming())).toMatchObject({ _tag: 'InsufficientStock' })
      await plant.receive(lot, 1, 2)
      await plant.done(consuming())
      expect(replays()).toBe(0)
    })

    it('is ignored by a dry run, which neither replays nor keeps', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 10 })
      const { consuming, dryRun, replays } = attempts(plant, lot)
      await plant.done(dryRun())
      const posted = await plant.done(consuming({ fingerprint: 'f2' }))
      expect(posted.sequence).not.toBeNull()
      await plant.done(dryRun({ fingerprint: 'f3' }))
      expect(replays()).toBe(0)
    })

    it('sent many times at once has one effect', async () => {
      const plant = await withPlant(makeStore)
      const lot = await plant.lot('A', { stock: 100 })
      const { consuming, replays } = attempts(plant, lot)
      const all = await Promise.all(Array.from({ length: 20 }, () => plant.done(consuming())))
      expect(new Set(all.map(({ id }) => id)).size).toBe(1)
      expect(replays()).toBe(19)
      expect(await plant.stock(lot)).toEqual({ Dock: 96 })
    })
  })
}
