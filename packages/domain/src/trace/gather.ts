import type { LotRef } from '../known.ts'
import type { Instant } from '../time/instant.ts'
import { lotsOf } from './details.ts'
import { foldShares, type NoShares, type SideShares } from './fold.ts'
import { ask, type Edge, type Key, type Side, type TracedLot, type Walk } from './questions.ts'
import { type Reach, reach } from './reach.ts'
import { type RecordTable, readRecords } from './record-table.ts'
import type { TraceQuery } from './trace-request.ts'
import type { NodeFacts } from './trace-view.ts'

// Edges for each lot that a trace may hold.
const edgesPerLot = 10

const sidesOf: Readonly<Record<TraceQuery['direction'], readonly Side[]>> = {
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
export interface Gathered {
  readonly query: TraceQuery
  readonly now: Instant
  readonly root: Key
  readonly sides: readonly Sided[]
  /** Every lot that was reached. */
  readonly lots: ReadonlyMap<Key, TracedLot>
  readonly edges: readonly Edge[]
  /** The record of each edge, then the PRODUCE records of the inferred ones, in the order of the edges. */
  readonly records: RecordTable
}

/** The edges of all sides, each once: a cycle is met from both. */
const allEdges = (sides: readonly Sided[]): readonly Edge[] => {
  const [first, second] = sides
  if (first === undefined || second === undefined) return first?.walked.edges ?? []
  const known = new Set(first.walked.edges.map(({ record, produced }) => `${record} ${produced}`))
  return [
    ...first.walked.edges,
    ...second.walked.edges.filter(({ record, produced }) => !known.has(`${record} ${produced}`)),
  ]
}

/** Walks from a lot and gathers what its trace shows. Undefined where there is no such lot. */
export function* gather(lot: LotRef, query: TraceQuery, now: Instant): Walk<Gathered | undefined> {
  const root = yield* ask('key', { lot })
  if (root === undefined) return undefined
  const { direction, depth, asOf, limit } = query
  const sides: Sided[] = []
  for (const side of sidesOf[direction]) {
    const walked = yield* reach(root, { side, depth, asOf, lots: limit, edges: limit * edgesPerLot })
    sides.push({ walked, shares: yield* foldShares(root, walked, depth, asOf) })
  }
  const edges = allEdges(sides)
  // Every end of an edge was reached.
  const lots = yield* lotsOf(sides.flatMap(({ walked }) => [...walked.depths.keys()]))
  const keys = edges.map(({ record }) => record)
  for (const { produced } of edges) if (produced !== null) keys.push(produced)
  const records = yield* readRecords(keys)
  return { query, now, root, sides, lots, edges, records }
}

/** What a trace says as a whole. */
export const wholeOf = ({
  sides,
}: Gathered): { readonly truncated: boolean; readonly sharesLeftOut: string | null } => ({
  truncated: sides.some(({ walked }) => walked.truncated),
  sharesLeftOut: sides.map(({ shares }) => ('why' in shares ? shares.why : null)).find((why) => why !== null) ?? null,
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
    const terminal = sides.some(({ walked }) => walked.terminals.has(root))
    const shares = { share, originShare: own?.origins.get(root), shareUnit: unitOf(own, root) }
    yield [self, { reach: 'SELF', depth: 0, terminal, ...shares }]
  }
  for (const side of sides) {
    const { walked } = side
    const told = toldBy(side)
    const reach = walked.side === 'up' ? 'ANCESTOR' : 'DESCENDANT'
    for (const [key, depth] of walked.depths) {
      const lot = lots.get(key)
      if (lot === undefined || key === root) continue
      const shares = {
        share: told?.shares.get(key),
        originShare: told?.origins.get(key),
        shareUnit: unitOf(told, key),
      }
      yield [lot, { reach, depth, terminal: walked.terminals.has(key), ...shares }]
    }
  }
}
