import type { Quantity } from '../quantity/quantity.ts'
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

/** What was reached, as lists: there may be a million edges. */
export interface Reach {
  readonly side: Side
  /** Each lot with its place, nearest first; the first lot's is 0. */
  readonly places: ReadonlyMap<Key, number>
  /** The least number of steps to each lot, by its place. */
  readonly depths: readonly number[]
  /** The places of both lots of each edge: of the one it was met from, and of the other. */
  readonly nears: readonly number[]
  readonly fars: readonly number[]
  /** What else an `Edge` has, for each edge. `produced` has only those of inferred edges, by their places. */
  readonly records: readonly Key[]
  readonly quantities: readonly (Quantity | null)[]
  readonly produced: ReadonlyMap<number, Key>
  /** Where the walk ended because there is nothing further. */
  readonly terminals: ReadonlySet<Key>
  /** A limit was met: there are more lots or edges than these. */
  readonly truncated: boolean
}

// How many lots one question is about: answers stay short, so that others wait for none of them.
const chunk = 400

const inKeyOrder = (keys: readonly Key[]): readonly Key[] => Array.from(Float64Array.from(keys).sort())

/** Gives each part of a list its turn. */
export function* inChunks<A>(items: readonly A[], size = chunk): Generator<readonly A[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}

/** Takes an edge between the lot it was met from and another, and says whether to go on. */
type TakeEdge = (near: Key, far: Key, record: Key, quantity: Quantity | null, produced: Key | null) => boolean

/** Reads the edges of some lots a page at a time: those of records that name both lots, then the inferred ones. */
export function* readEdges(lots: readonly Key[], side: Side, asOf: Instant | null, take: TakeEdge): Walk<void> {
  let after: EdgeCursor | null = null
  do {
    const page: EdgePage = yield* ask('edges', { lots, side, asOf, after })
    const { places, others, records, quantities } = page
    for (let at = 0; at < records.length; at++) {
      const near = lots[places[at] as number] as Key
      if (!take(near, others[at] as Key, records[at] as Key, quantities[at] as Quantity | null, null)) return
    }
    after = page.next
  } while (after !== null)
  let afterInferred: InferredCursor | null = null
  do {
    const page: InferredPage = yield* ask('inferred', { lots, side, asOf, after: afterInferred })
    for (const { from, to, record, quantity, produced } of page.edges) {
      const [near, far] = side === 'down' ? [from, to] : [to, from]
      if (!take(near, far, record, quantity, produced)) return
    }
    afterInferred = page.next
  } while (afterInferred !== null)
}

/** The edges of a walk one by one. */
export const edgesOf = ({ side, places, nears, fars, records, quantities, produced }: Reach): readonly Edge[] => {
  const keys = [...places.keys()]
  return records.map((record, at) => {
    const [near, far] = [keys[nears[at] as number] as Key, keys[fars[at] as number] as Key]
    const [from, to] = side === 'down' ? [near, far] : [far, near]
    return { from, to, record, produced: produced.get(at) ?? null, quantity: quantities[at] as Quantity | null }
  })
}

/**
 * Walks from a lot along the edges, breadth first, one level after the other. Every lot is asked for once, so cycles end
 * and the number of paths does not matter. Within a level lots come in the order in which they were made.
 */
export function* reach(root: Key, options: ReachOptions): Walk<Reach> {
  const { side, depth, asOf } = options
  const places = new Map([[root, 0]])
  const keys = [root]
  const depths = [0]
  const [nears, fars, records]: [number[], number[], Key[]] = [[], [], []]
  const quantities: (Quantity | null)[] = []
  const produced = new Map<number, Key>()
  const terminals = new Set<Key>()
  let truncated = false
  // Where the lots of a level begin, by their places.
  let begin = 0

  for (let steps = 1; begin < keys.length && !truncated; steps += 1) {
    const level = inKeyOrder(keys.slice(begin))
    const end = keys.length
    // One level beyond the last is looked at, only to tell where the ends are.
    const isShown = depth === null || steps <= depth
    const goesOn: boolean[] = new Array(end - begin).fill(false)
    // Edges of one lot come one after the other.
    let [last, lastPlace] = [Number.NaN, 0]
    const take: TakeEdge = (near, far, record, quantity, producedBy) => {
      if (near !== last) {
        last = near
        lastPlace = places.get(near) as number
        goesOn[lastPlace - begin] = true
      }
      if (!isShown) return true
      const known = places.get(far)
      if (records.length >= options.edges || (known === undefined && places.size >= options.lots)) {
        truncated = true
        return false
      }
      const place = known ?? places.size
      if (known === undefined) {
        places.set(far, place)
        depths.push(steps)
        keys.push(far)
      }
      if (producedBy !== null) produced.set(records.length, producedBy)
      nears.push(lastPlace)
      fars.push(place)
      records.push(record)
      quantities.push(quantity)
      return true
    }
    for (const lots of inChunks(level)) {
      yield* readEdges(lots, side, asOf, take)
      if (truncated) break
    }
    if (!truncated) for (const [at, goes] of goesOn.entries()) if (!goes) terminals.add(keys[begin + at] as Key)
    if (!isShown) break
    begin = end
  }
  return { side, places, depths, nears, fars, records, quantities, produced, terminals, truncated }
}
