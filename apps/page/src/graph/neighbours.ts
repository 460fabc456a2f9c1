import { boxSize, type Point } from '@lotbook/picture'
import type { PlacedPicture } from './use-placed.ts'

/** Where an arrow key goes. */
export type Way = 'left' | 'right' | 'above' | 'below'

const nearest = (from: Point, others: readonly (readonly [id: string, at: Point])[]): string | undefined => {
  const far = ({ x, y }: Point): number => Math.abs(x - from.x) + Math.abs(y - from.y)
  return others.toSorted(([, first], [, second]) => far(first) - far(second))[0]?.[0]
}

/**
 * The lot that an arrow key goes to: left and right along the lines, to the nearest lot that is joined, above and below
 * to the next one in the same column, or else the nearest on that side. Undefined where there is none.
 */
export const neighbour = ({ lines, placed }: PlacedPicture, lotId: string, way: Way): string | undefined => {
  const from = placed.boxes.get(lotId)
  if (from === undefined) return undefined
  const at = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const box = placed.boxes.get(id)
      return box === undefined || id === lotId ? [] : [[id, box] as const]
    })
  if (way === 'left' || way === 'right') {
    const joined = lines.flatMap(({ source, target }) =>
      way === 'left' ? (target === lotId ? [source] : []) : source === lotId ? [target] : [],
    )
    return nearest(from, at(joined))
  }
  const onSide = at([...placed.boxes.keys()]).filter(([, { y }]) => (way === 'above' ? y < from.y : y > from.y))
  const column = onSide.filter(([, { x }]) => Math.abs(x - from.x) < boxSize.width / 2)
  return nearest(from, column.length > 0 ? column : onSide)
}
