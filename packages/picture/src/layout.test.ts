import { describe, expect, it } from 'vitest'
import { boxSize, layout } from './layout.ts'

const line = (source: string, target: string) => ({
  id: `${source} ${target}`,
  source,
  target,
  words: { width: 90, height: 15 },
})

describe('layout', () => {
  it('puts what material comes from to the left of what it goes into', () => {
    const { boxes, width, height } = layout(['A', 'B', 'C'], [line('A', 'B'), line('B', 'C')])
    const [a = 0, b = 0, c = 0] = ['A', 'B', 'C'].map((lot) => boxes.get(lot)?.x ?? 0)
    expect([a >= 0, a + boxSize.width < b, b + boxSize.width < c, c + boxSize.width <= width]).toEqual([
      ...[true, true, true, true],
    ])
    expect(height).toBe(boxSize.height + 2 * 24)
  })

  it('lets lines leave on the right and enter on the left, each at a place of its own', () => {
    const { boxes, lines } = layout(['A', 'B', 'C'], [line('A', 'C'), line('B', 'C')])
    const ends = [...lines.values()].map(({ points }) => points.at(-1))
    const box = boxes.get('C')
    expect(ends.map((end) => end?.x)).toEqual([box?.x, box?.x])
    expect(new Set(ends.map((end) => end?.y)).size).toBe(2)
    const [start] = lines.get('A C')?.points ?? []
    expect(start?.x).toBe((boxes.get('A')?.x ?? 0) + boxSize.width)
  })

  it('lays no box over another, with many lines too, and leaves out lines to lots that are not there', () => {
    const lots = Array.from({ length: 300 }, (_, index) => `L${index}`)
    const lines = lots.slice(1).map((lot, index) => line(`L${Math.floor(index / 3)}`, lot))
    const { boxes, lines: placed } = layout(lots, [...lines, line('L0', 'gone')])
    expect(placed.size).toBe(299)
    const columns = new Map<number, number[]>()
    for (const { x, y } of boxes.values()) columns.set(x, [...(columns.get(x) ?? []), y])
    for (const rows of columns.values()) {
      const sorted = rows.toSorted((a, b) => a - b)
      for (const [index, y] of sorted.entries())
        if (index > 0) expect(y - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(boxSize.height)
    }
  })
})
