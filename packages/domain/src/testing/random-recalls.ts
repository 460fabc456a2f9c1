import { expect } from 'vitest'
import type { TraceView } from '../trace/trace-view.ts'
import { at } from './clock.ts'
import type { Plant } from './fixtures.ts'

/**
 * What must hold of the recall of every lot: it reaches what the trace reaches, with the same shares; its stock is that of
 * the lots; and everything adds up, now and at any moment.
 */
export const judgeRecalls = async (plant: Plant, traces: ReadonlyMap<string, TraceView>): Promise<void> => {
  const { inventory, ada, done } = plant
  for (const { lotId, nodes } of traces.values()) {
    const recall = await done(inventory.recallLot(lotId, {}, ada))
    expect(recall).toMatchObject({ complete: true, balanced: true, asOf: null })
    const told = recall.lots.map((lot) => [
      lot.lotName,
      lot.depth,
      lot.shareExact,
      lot.shareUnitOfMeasureSymbol,
      lot.onHand,
      lot.status,
    ])
    const below = nodes.filter(({ reach }) => reach !== 'ANCESTOR')
    expect(told).toEqual(
      below.map((node) => [
        node.lotName,
        node.depth,
        node.shareExact,
        node.shareUnitOfMeasureSymbol,
        node.onHand,
        node.status,
      ]),
    )
    for (const { stock, onHand, unexplained, entriesUnexplained, totalUnexplained } of recall.lots) {
      expect([unexplained, entriesUnexplained, totalUnexplained]).toEqual([0, 0, 0])
      expect(stock.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(onHand)
    }
    for (const day of [3, 6]) {
      const then = await done(inventory.recallLot(lotId, { asOf: at(day) }, ada))
      expect(then.lots.map(({ lotName, unexplained }) => [lotName, unexplained])).toEqual(
        then.lots.map(({ lotName }) => [lotName, 0]),
      )
    }
  }
}
