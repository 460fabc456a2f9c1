import type { LotRef } from '../scope.ts'
import type { Instant } from '../time/instant.ts'
import { lotsOf } from './details.ts'
import { foldShares, type NoShares, type SideShares } from './fold.ts'
import { type Joined, joined, recordsOf } from './joined.ts'
import { ask, type Key, type Side, type TracedLot, type Walk } from './questions.ts'
import { type Reach, reach } from './reach.ts'
import { type RecordTable, readRecords } from './record-table.ts'
import type { TraceQuery } from './trace-request.ts'
import type { NodeFacts } from './trace-view.ts'

// Edges for each lot that a trace may hold.
const edgesPerLot = 10

const sidesOf: Readonly<Record<TraceQuery['direction'], readonly [Side, Side?]>> = {
  ANCESTORS: ['up'],
  DESCENDANTS: ['down'],
  BOTH: ['up', 'down'],
}

/** One side of a trace: what was reached, and how much came through. */
export interface Sided {
  readonly walked: Reach
  readonly shares: SideShares | NoShares
}

/** All that a trace says, before it is put into words. */
export interface Gathered extends Joined {
  readonly query: TraceQuery
  /** The moment that is looked at: `asOf`, else now. */
  readonly at: Instant
  readonly root: Key
  readonly sides: readonly Sided[]
  /** Every lot that was reached. */
  readonly lots: ReadonlyMap<Key, TracedLot>
  /** In the order of `recordsOf`. */
  readonly table: RecordTable
}

/** Walks one side of a trace, or both. */
export function* sidesFrom(
  root: Key,
  { direction, depth, asOf, limit }: TraceQuery,
): Walk<readonly [Reach, ...Reach[]]> {
  const options = { depth, asOf, lots: limit, edges: limit * edgesPerLot }
  const [first, second] = sidesOf[direction]
  const walked = yield* reach(root, { side: first, ...options })
  return second === undefined ? [walked] : [walked, yield* reach(root, { side: second, ...options })]
}

/** Walks from a lot and gathers what its trace shows. Undefined where there is no such lot. */
export function* gather(lot: LotRef, query: TraceQuery, now: Instant): Walk<Gathered | undefined> {
  const root = yield* ask('key', { lot })
  if (root === undefined) return undefined
  const walks = yield* sidesFrom(root, query)
  const sides: Sided[] = []
  for (const walked of walks) sides.push({ walked, shares: yield* foldShares(root, walked, query.depth, query.asOf) })
  const reached = joined(walks[0], walks[1])
  const lots = yield* lotsOf(reached.keys, query.asOf)
  const table = yield* readRecords(recordsOf(reached), true)
  return { query, at: query.asOf ?? now, root, sides, lots, ...reached, table }
}

/** What a trace says as a whole. */
export const wholeOf = ({
  sides,
}: Gathered): { readonly truncated: boolean; readonly sharesLeftOut: string | null } => ({
  truncated: sides.some(({ walked }) => walked.truncated),
  sharesLeftOut: sides.map(({ shares }) => ('why' in shares ? shares.why : null)).find((why) => why !== null) ?? null,
})

/** A lot as a walk met it. */
export interface Met extends Pick<NodeFacts, 'reach' | 'depth' | 'terminal'> {
  readonly key: Key
}

/** What one side reached, nearest first, without the lot itself. */
export function* metOn({ side, places, depths, terminals }: Reach): Generator<Met, void, unknown> {
  const reach = side === 'up' ? 'ANCESTOR' : 'DESCENDANT'
  for (const [key, place] of places) {
    const depth = depths[place] as number
    if (depth > 0) yield { key, reach, depth, terminal: terminals.has(key) }
  }
}

/** The lot itself, as the sides met it. */
export const metFirst = (root: Key, sides: readonly Reach[]): Met => ({
  ...{ key: root, reach: 'SELF', depth: 0 },
  terminal: sides.some(({ terminals }) => terminals.has(root)),
})

const toldBy = ({ shares }: Sided): SideShares | undefined => ('why' in shares ? undefined : shares)

/** Who is shown, nearest first: the lot itself, then what each side reached. */
export function* nodesOf({ root, sides, lots }: Gathered): Generator<readonly [TracedLot, NodeFacts], void, unknown> {
  const unitOf = (told: SideShares | undefined, key: Key): string | undefined => {
    const by = told?.partial.get(key)
    return by === undefined ? undefined : lots.get(by)?.unit.symbol
  }
  const self = lots.get(root)
  if (self !== undefined) {
    const up = sides.find(({ walked }) => walked.side === 'up')
    const own = up && toldBy(up)
    const share = sides.some((side) => toldBy(side) !== undefined) ? { numerator: 1n, denominator: 1n } : undefined
    const shares = { share, originShare: own?.origins.get(root), shareUnit: unitOf(own, root) }
    const { reach, depth, terminal } = metFirst(
      root,
      sides.map(({ walked }) => walked),
    )
    yield [self, { reach, depth, terminal, ...shares }]
  }
  for (const side of sides) {
    const told = toldBy(side)
    for (const { key, reach, depth, terminal } of metOn(side.walked)) {
      const lot = lots.get(key)
      if (lot === undefined) continue
      const share = told?.shares.get(key)
      const originShare = told?.origins.get(key)
      yield [lot, { reach, depth, terminal, share, originShare, shareUnit: unitOf(told, key) }]
    }
  }
}
