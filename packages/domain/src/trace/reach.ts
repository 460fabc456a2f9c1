import type { Instant } from '../time/instant.ts'
import {
  ask,
  type Edge,
  type EdgeCursor,
  type EdgePage,
  type InferredCursor,
  type InferredPage,
  type Key,
  type Side,
  type Walk,
} from './questions.ts'

/** How far a walk goes. */
export interface ReachOptions {
  readonly side: Side
  /** How many steps at most; null = to the end. */
  readonly depth: number | null
  readonly asOf: Instant | null
  /** How many lots and how many edges at most, the first lot included. */
  readonly lots: number
  readonly edges: number
}

/** What was reached. */
export interface Reach {
  readonly side: Side
  /** Each lot with its place, nearest first; the first lot's is 0. */
  readonly places: ReadonlyMap<Key, number>
  /** The least number of steps to each lot, by its place. */
  readonly depths: readonly number[]
  readonly edges: readonly Edge[]
  /** The places of both lots of each edge: that which was nearer, and the other. */
  readonly nears: readonly number[]
  readonly fars: readonly number[]
  /** Where the walk ended because there is nothing further. */
  readonly terminals: ReadonlySet<Key>
  /** A limit was met: there are more lots or edges than these. */
  readonly truncated: boolean
}

// How many lots one question is about: answers stay short, so that others wait for none of them.
const chunk = 400

const byNumber = (left: Key, right: Key): number => left - right

/** Gives each part of a list its turn. */
export function* inChunks<A>(items: readonly A[], size = chunk): Generator<readonly A[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}

/**
 * Reads the edges of some lots a page at a time: those of records that name both lots, then the inferred ones. `take`
 * says whether to go on.
 */
export function* readEdges(
  lots: readonly Key[],
  side: Side,
  asOf: Instant | null,
  take: (edges: readonly Edge[]) => boolean,
): Walk<void> {
  let after: EdgeCursor | null = null
  do {
    const page: EdgePage = yield* ask('edges', { lots, side, asOf, after })
    if (!take(page.edges)) return
    after = page.next
  } while (after !== null)
  let afterInferred: InferredCursor | null = null
  do {
    const page: InferredPage = yield* ask('inferred', { lots, side, asOf, after: afterInferred })
    if (!take(page.edges)) return
    afterInferred = page.next
  } while (afterInferred !== null)
}

/**
 * Walks from a lot along the edges, breadth first, one level after the other. Every lot is asked for once, so cycles end
 * and the number of paths does not matter. Within a level lots come in the order in which they were made.
 */
export function* reach(root: Key, options: ReachOptions): Walk<Reach> {
  const { side, depth, asOf } = options
  const places = new Map([[root, 0]])
  const depths = [0]
  const edges: Edge[] = []
  const [nears, fars]: [number[], number[]] = [[], []]
  const terminals = new Set<Key>()
  let truncated = false
  let level: readonly Key[] = [root]

  for (let steps = 1; level.length > 0 && !truncated; steps += 1) {
    const next: Key[] = []
    // One level beyond the last is looked at, only to tell where the ends are.
    const isShown = depth === null || steps <= depth
    const goesOn = new Set<Key>()
    // Edges of one lot come one after the other.
    let last: Key | undefined
    let lastPlace = 0
    const take = (edge: Edge): boolean => {
      const near = side === 'down' ? edge.from : edge.to
      const far = side === 'down' ? edge.to : edge.from
      if (near !== last) {
        goesOn.add(near)
        last = near
        lastPlace = places.get(near) as number
      }
      if (!isShown) return true
      const known = places.get(far)
      if (edges.length >= options.edges || (known === undefined && places.size >= options.lots)) return false
      const place = known ?? places.size
      if (known === undefined) {
        places.set(far, place)
        depths.push(steps)
        next.push(far)
      }
      edges.push(edge)
      nears.push(lastPlace)
      fars.push(place)
      return true
    }
    for (const lots of inChunks(level)) {
      yield* readEdges(lots, side, asOf, (page) => {
        truncated = !page.every(take)
        return !truncated
      })
      if (truncated) break
    }
    if (!truncated) for (const lot of level) if (!goesOn.has(lot)) terminals.add(lot)
    if (!isShown) break
    level = next.sort(byNumber)
  }
  return { side, places, depths, edges, nears, fars, terminals, truncated }
}
