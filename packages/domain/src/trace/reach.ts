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
  /** The least number of steps to each lot, nearest first. */
  readonly depths: ReadonlyMap<Key, number>
  readonly edges: readonly Edge[]
  /** Where the walk ended because there is nothing further. */
  readonly terminals: ReadonlySet<Key>
  /** A limit was met: there are more lots or edges than these. */
  readonly truncated: boolean
}

// How many lots one question is about: answers stay short, so that others wait for none of them.
const chunk = 200

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
  const depths = new Map([[root, 0]])
  const edges: Edge[] = []
  const terminals = new Set<Key>()
  let truncated = false
  let level: readonly Key[] = [root]

  for (let steps = 1; level.length > 0 && !truncated; steps += 1) {
    const next: Key[] = []
    // One level beyond the last is looked at, only to tell where the ends are.
    const isShown = depth === null || steps <= depth
    const goesOn = new Set<Key>()
    const take = (edge: Edge): void => {
      const [near, far] = side === 'down' ? [edge.from, edge.to] : [edge.to, edge.from]
      if (truncated) return
      goesOn.add(near)
      if (!isShown) return
      if (edges.length >= options.edges || (!depths.has(far) && depths.size >= options.lots)) {
        truncated = true
        return
      }
      if (!depths.has(far)) {
        depths.set(far, steps)
        next.push(far)
      }
      edges.push(edge)
    }
    for (const lots of inChunks(level)) {
      yield* readEdges(lots, side, asOf, (page) => {
        for (const edge of page) take(edge)
        return !truncated
      })
      if (truncated) break
    }
    if (!truncated) for (const lot of level) if (!goesOn.has(lot)) terminals.add(lot)
    if (!isShown) break
    level = next.sort(byNumber)
  }
  return { side, depths, edges, terminals, truncated }
}
