import type { Ratio } from '../quantity/ratio.ts'
import { zero } from '../quantity/ratio.ts'
import type { Instant } from '../time/instant.ts'
import { amounts } from './amounts.ts'
import { lotsOf, recordsOf } from './details.ts'
import { leftOutOf } from './left-out.ts'
import { type Mixing, mixingsOf } from './mixings.ts'
import { ask, type Edge, type Key, type LotPosting, type Walk } from './questions.ts'
import { edgesOf, inChunks, type Reach, reach, readEdges } from './reach.ts'
import { Effort, partsThrough, sharesOf } from './shares.ts'

/** The shares of one side of a trace. A lot that is missing was reached, and how much came through it cannot be told. */
export interface SideShares {
  readonly shares: ReadonlyMap<Key, Ratio>
  /** What began in each lot; only for the lots that the traced one came from. */
  readonly origins: ReadonlyMap<Key, Ratio>
  /** Lots whose share is only of what went in by the dimension of a lot's unit: which lot. Others' shares are of everything. */
  readonly partial: ReadonlyMap<Key, Key>
}

/** Why there are no shares, as a sentence. */
export interface NoShares {
  readonly why: string
}

// Shares need every record of every lot on the way, and exact fractions: beyond these there are none.
const mostLots = 2_000
const mostEdges = 20_000
const mostPostings = 50_000

const tooMany: NoShares = { why: `shares are told for at most ${mostLots} lots and ${mostEdges} edges on one side` }
const tooLong: NoShares = { why: 'the exact fractions become too long' }

/** Every edge into some lots, those from other lots too. Undefined where there are too many. */
function* edgesInto(lots: readonly Key[], asOf: Instant | null): Walk<readonly Edge[] | undefined> {
  const edges: Edge[] = []
  for (const chunk of inChunks(lots)) {
    yield* readEdges(chunk, 'up', asOf, (to, from, record, quantity, produced) => {
      edges.push({ from, to, record, produced, quantity })
      return edges.length <= mostEdges
    })
    if (edges.length > mostEdges) return undefined
  }
  return edges
}

/** The lots that are joined by mixings to one of them, on one side of it. */
const joinedBy = (mixings: readonly Mixing[], lot: Key, side: Reach['side']): ReadonlySet<Key> => {
  const next = new Map<Key, Key[]>()
  for (const { from, into } of mixings) {
    if (from === null) continue
    const [near, far] = side === 'down' ? [from, into] : [into, from]
    const others = next.get(near)
    if (others === undefined) next.set(near, [far])
    else others.push(far)
  }
  const found = new Set([lot])
  for (const key of found) for (const other of next.get(key) ?? []) found.add(other)
  return found
}

/**
 * Folds one side of a trace into shares: upwards, how much of the lot came through each other; downwards, how much of
 * each other came through the lot. `walked` is used where it is complete; otherwise all is walked to the end.
 */
export function* foldShares(
  root: Key,
  walked: Reach,
  depth: number | null,
  asOf: Instant | null,
): Walk<SideShares | NoShares> {
  if (walked.places.size > mostLots || walked.records.length > mostEdges) return tooMany
  const { side } = walked
  const all =
    depth === null && !walked.truncated
      ? walked
      : yield* reach(root, { side, depth: null, asOf, lots: mostLots, edges: mostEdges })
  if (all.truncated) return tooMany
  const keys = [...all.places.keys()]
  const edges = side === 'up' ? edgesOf(all) : yield* edgesInto(keys, asOf)
  if (edges === undefined) return tooMany

  const postings: LotPosting[] = []
  for (const chunk of inChunks(keys, 100)) {
    for (const posting of yield* ask('postings', { lots: chunk, asOf })) postings.push(posting)
    if (postings.length > mostPostings) return tooMany
  }
  const lots = yield* lotsOf([...keys, ...edges.map(({ from }) => from)], null)
  const records = yield* recordsOf([...edges, ...postings].map(({ record }) => record))
  const factors = yield* ask('conversions', {})
  const conversions = {
    conversions: new Map(factors.map((factor) => [factor.id, { ...factor, enabled: true }])),
    units: new Map(),
  }

  const effort = new Effort()
  const mixings: Mixing[] = []
  const facts = { lots, records, edges, postings, conversions }
  const amountOf = amounts(facts)
  for (const mixing of mixingsOf(facts, amountOf)) {
    if (!effort.covers(mixing.part)) return tooLong
    mixings.push(mixing)
    if (effort.needsTurn) yield* ask('pause', {})
  }
  const partial = leftOutOf(root, side, edges, amountOf, mixings)
  const told = joinedBy(mixings, root, side)
  const only = (parts: ReadonlyMap<Key, Ratio>): ReadonlyMap<Key, Ratio> =>
    new Map(Array.from(told, (key) => [key, parts.get(key) ?? zero]))
  if (side === 'down') {
    const parts = yield* partsThrough(mixings, root, effort)
    return parts === undefined ? tooLong : { shares: only(parts), origins: new Map(), partial }
  }
  const shares = yield* sharesOf(mixings, root, effort)
  return shares === undefined ? tooLong : { shares: only(shares.through), origins: only(shares.origins), partial }
}
