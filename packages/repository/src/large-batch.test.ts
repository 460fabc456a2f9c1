import { makePlant, memory, type StoreUnderTest } from '@lotbook/domain/testing'
import { describe, expect, it } from 'vitest'
import { openStore } from './open-store.ts'

const most = 10_000

describe.each<[string, () => Promise<StoreUnderTest>]>([
  ['memory', async () => memory()],
  ['SQLite', () => openStore({ filename: ':memory:' })],
])('a list of 10,000 consumptions of one lot in %s', (_name, open) => {
  it('is done in about as many steps as it has actions', async () => {
    const plant = await makePlant(await open())
    const lot = await plant.lot('A', { stock: most })
    const one = { type: 'CONSUME', lotIdOrName: lot, sourceLocationIdOrPath: 'Plant/Dock', quantity: 1 }
    const send = async (count: number): Promise<number> => {
      const begun = process.cpuUsage()
      const requests = Array.from({ length: count }, () => one)
      const records = await plant.done(plant.inventory.executeInventoryActions({ requests }, plant.ada))
      expect(records).toHaveLength(count)
      return process.cpuUsage(begun).user / 1000
    }
    const few = await send(most / 10)
    const many = await send(most - most / 10)
    expect(await plant.stock(lot)).toEqual({})
    // Nine times as many; quadratic would be eighty-one times as long.
    expect(many).toBeLessThan(few * 40)
  })
})
