import type { Point } from './layout.ts'

/** A line before its ends are put onto the boxes. */
export interface Way {
  readonly id: string
  readonly source: string
  readonly target: string
  /** Between the boxes, without its ends. */
  readonly between: readonly Point[]
}

interface Size {
  readonly width: number
  readonly height: number
}

type End = 'source' | 'target'

const edge = 14

/**
 * The ends of lines: they leave a box on its right and enter one on its left, side by side in the order in which they
 * come, so that none crosses another there.
 */
export const portsOf = (
  ways: readonly Way[],
  boxes: ReadonlyMap<string, Point>,
  { width, height }: Size,
): Readonly<Record<End, ReadonlyMap<string, Point>>> => {
  const middle = (lot: string): number => (boxes.get(lot)?.y ?? 0) + height / 2
  const at = (end: End): ReadonlyMap<string, Point> => {
    const byBox = new Map<string, (readonly [way: Way, comesFrom: number])[]>()
    for (const way of ways) {
      const nearest = end === 'source' ? way.between[0] : way.between.at(-1)
      const other = end === 'source' ? way.target : way.source
      const all = byBox.get(way[end]) ?? []
      byBox.set(way[end], all)
      all.push([way, nearest?.y ?? middle(other)])
    }
    const ports = new Map<string, Point>()
    for (const [lot, all] of byBox) {
      const box = boxes.get(lot) ?? { x: 0, y: 0 }
      const sorted = all.toSorted(([, first], [, second]) => first - second)
      const gap = Math.min(18, (height - 2 * edge) / Math.max(1, sorted.length - 1))
      const start = box.y + height / 2 - (gap * (sorted.length - 1)) / 2
      for (const [index, [way]] of sorted.entries())
        ports.set(way.id, { x: box.x + (end === 'source' ? width : 0), y: start + gap * index })
    }
    return ports
  }
  return { source: at('source'), target: at('target') }
}
