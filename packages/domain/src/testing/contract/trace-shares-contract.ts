import { describe, expect, it } from 'vitest'
import { at } from '../clock.ts'
import type { MakeStore } from './store-contract.ts'
import { tracedPlant } from './traced-plant.ts'

/** How much of a lot is of another. */
export const traceSharesContract = (makeStore: MakeStore): void => {
  describe('the shares of a trace', () => {
    it('follows blends: what goes out later is of the mixture of that moment', async () => {
      const { made, plant, consumed, reached, idOf, line } = await tracedPlant(makeStore)
      await made('A', 40)
      await made('B', 10)
      await made('T', 10)
      await made('P', 0)
      await made('Q', 0)
      const pour = (from: string, quantity: number, day: number) =>
        plant.save('MERGE', idOf('T'), {
          quantity,
          secondaryInventoryLotId: idOf(from),
          sourceLocationId: line,
          startDate: at(day),
        })
      await pour('A', 30, 3)
      await consumed('T', 'P', 20, { startDate: at(4) })
      await pour('B', 10, 5)
      await consumed('T', 'Q', 5, { startDate: at(6) })
      expect(await reached('P', 'ancestors')).toEqual({ T: '1', A: '3/4', B: '0' })
      // 20 were left, of which 15 from A; 10 from B came.
      expect(await reached('Q', 'ancestors')).toEqual({ T: '1', A: '1/2', B: '1/3' })
      expect(await reached('A', 'descendants')).toEqual({ T: '1/2', P: '3/4', Q: '1/2' })
    })

    it('gives no share to what cannot be converted, and converts exactly what can be', async () => {
      const { plant, made, consumed, reached, traced } = await tracedPlant(makeStore)
      await made('A', 10)
      await made('B', 10)
      await made('M', 0, { material: 'milk' })
      await made('C', 12, { material: 'cap' })
      await consumed('C', 'M', 12)
      await consumed('A', 'M', 3)
      expect(await reached('M', 'ancestors')).toEqual({ A: null, C: null })
      const { nodes } = await traced('M', { direction: 'ancestors' })
      expect(nodes[0]).toMatchObject({ share: 1, originShare: 1 })
      const factor = { from: 'kg', to: 'l', factor: '1/3' }
      await plant.done(plant.inventory.saveUnitConversion(factor, plant.ada))
      await made('L', 10, { material: 'milk' })
      await consumed('L', 'M', 2)
      expect(await reached('M', 'ancestors')).toEqual({ A: '1/3', C: null, L: '2/3' })
    })

    it('says of what unit a share is where something of another dimension went in, here or on the way', async () => {
      const { made, consumed, produced, traced } = await tracedPlant(makeStore)
      const litres = { material: 'milk' } as const
      await made('Salt', 10)
      await made('Cream', 10, litres)
      await made('Powder', 0)
      await made('Milk', 10, litres)
      await made('Cheese', 0)
      await made('Sauce', 0)
      await consumed('Milk', 'Powder', 1)
      await consumed('Salt', 'Powder', 1)
      await produced('Powder', 2, { startDate: at(3) })
      await consumed('Powder', 'Cheese', 1, { startDate: at(4) })
      await produced('Cheese', 2)
      await consumed('Cheese', 'Sauce', 1, { startDate: at(5) })
      const units = async (name: string, direction: string) =>
        Object.fromEntries(
          (await traced(name, { direction })).nodes.map(({ lotName, share, shareUnitOfMeasureSymbol: unit }) => [
            lotName,
            [share, unit],
          ]),
        )
      // Sauce and cheese are of powder alone: only what is in the powder is told by kilograms.
      expect(await units('Sauce', 'ancestors')).toEqual({
        Sauce: [1, null],
        Cheese: [1, null],
        Powder: [1, null],
        Milk: [null, null],
        Salt: [1, 'kg'],
      })
      expect(await units('Powder', 'ancestors')).toEqual({ Powder: [1, 'kg'], Milk: [null, null], Salt: [1, 'kg'] })
      expect(await units('Salt', 'descendants')).toEqual({
        Salt: [1, null],
        Powder: [1, 'kg'],
        Cheese: [1, 'kg'],
        Sauce: [1, 'kg'],
      })
      expect(await units('Powder', 'descendants')).toEqual({ Powder: [1, null], Cheese: [1, null], Sauce: [1, null] })
      await consumed('Cream', 'Sauce', 1, { startDate: at(5) })
      expect((await units('Sauce', 'ancestors'))['Cheese']).toEqual([1, 'kg'])
      expect((await units('Powder', 'descendants'))['Sauce']).toEqual([1, 'kg'])
    })

    it('goes through rework once, however often it went round', async () => {
      const { made, consumed, reached } = await tracedPlant(makeStore)
      await made('A', 10)
      await made('R', 10)
      await made('P', 10)
      await consumed('R', 'P', 10, { startDate: at(3) })
      await consumed('P', 'R', 5, { startDate: at(4) })
      await consumed('A', 'R', 5, { startDate: at(5) })
      const shares = await reached('R', 'ancestors')
      expect(shares).toEqual({ A: '1/2', P: '1/2' })
      expect(await reached('P', 'ancestors')).toEqual({ R: '1/2', A: '0' })
    })
  })
}
