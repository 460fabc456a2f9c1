import { graphlib, layout as place } from '@dagrejs/dagre'
import type { PictureLine } from './picture-graph.ts'
import { portsOf, type Way } from './ports.ts'

/** How wide and high the box of a lot is. */
export const boxSize = { width: 228, height: 82 } as const
/** How high a line of words is. */
export const wordsHeight = 15

/** A point of a picture, in its pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The way of a line, and the middle of its words. */
export interface PlacedLine {
  readonly points: readonly Point[]
  readonly words: Point
}

/** Where everything stands. Boxes by the id of the lot, at their upper left corner; lines by their id. */
export interface Placed {
  readonly width: number
  readonly height: number
  readonly boxes: ReadonlyMap<string, Point>
  readonly lines: ReadonlyMap<string, PlacedLine>
}

/** What of a line says where it stands. */
export interface LineToPlace extends Pick<PictureLine, 'id' | 'source' | 'target'> {
  /** The room that its words take. */
  readonly words: { readonly width: number; readonly height: number }
}

// A line whose words have a place of their own costs a column more: too slow where there are many.
const mostWithWords = 250
const margin = 24

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 })

const between = (from: Point, to: Point): Point => ({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 })

/** Places lots from left to right along the lines between them. The same lots and lines stand at the same places. */
export const layout = (lots: readonly string[], lines: readonly LineToPlace[]): Placed => {
  const hasWords = lines.length <= mostWithWords
  const graph = new graphlib.Graph({ multigraph: true })
  // The usual ranker of the library takes minutes for a thousand lots.
  const ranker = hasWords ? 'tight-tree' : 'longest-path'
  const gaps = { nodesep: 22, edgesep: 16, ranksep: hasWords ? 24 : 170, marginx: margin, marginy: margin }
  graph.setGraph({ rankdir: 'LR', ranker, ...gaps })
  for (const lot of lots) graph.setNode(lot, { ...boxSize })
  const drawn = lines.filter(({ source, target }) => graph.hasNode(source) && graph.hasNode(target))
  for (const { id, source, target, words } of drawn)
    graph.setEdge(source, target, hasWords ? { ...words, labelpos: 'c' } : {}, id)
  place(graph)
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number }
  const boxes = new Map(
    lots.map((lot) => {
      const { x, y } = graph.node(lot) as Point
      return [lot, rounded({ x: x - boxSize.width / 2, y: y - boxSize.height / 2 })] as const
    }),
  )
  const ways = drawn.map(({ id, source, target }): Way & { readonly words: Point | undefined } => {
    const { points, x, y } = graph.edge(source, target, id) as { readonly points: readonly Point[] } & Partial<Point>
    const words = x === undefined || y === undefined ? undefined : { x, y }
    return { id, source, target, between: points.slice(1, -1), words }
  })
  const ports = portsOf(ways, boxes, boxSize)
  const placed = ways.map(({ id, between: inner, words }) => {
    const [from, to] = [ports.source.get(id) ?? { x: 0, y: 0 }, ports.target.get(id) ?? { x: 0, y: 0 }]
    const points = [from, ...inner, to]
    // Where the layout kept no place for the words they stand in the first gap.
    return [id, { points: points.map(rounded), words: rounded(words ?? between(from, inner[0] ?? to)) }] as const
  })
  return {
    width: Math.ceil(Math.max(width, boxSize.width)),
    height: Math.ceil(Math.max(height, boxSize.height)),
    boxes,
    lines: new Map(placed),
  }
}
