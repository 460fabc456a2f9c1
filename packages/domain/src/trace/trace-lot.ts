import type { LotRef } from '../known.ts'
import { type Instant, showInstant } from '../time/instant.ts'
import { lotsOf, recordsOf } from './details.ts'
import { foldShares, type NoShares, type SideShares } from './fold.ts'
import { ask, type Edge, type Key, type Side, type TracedLot, type Walk } from './questions.ts'
import { inChunks, type Reach, reach } from './reach.ts'
import type { TraceQuery } from './trace-request.ts'
import { type TraceEdge, type TraceNode, type TraceView, traceEdge, traceNode } from './trace-view.ts'

// Edges for each lot that a trace may hold.
const edgesPerLot = 10

const sidesOf: Readonly<Record<TraceQuery['direction'], readonly Side[]>> = {
  ANCESTORS: ['up'],
  DESCENDANTS: ['down'],
  BOTH: ['up', 'down'],
}

type Lots = ReadonlyMap<Key, TracedLot>

interface Sided {
  readonly walked: Reach
  readonly shares: SideShares | NoShares
}

const sharesIn = ({ shares }: Sided): SideShares | undefined => ('why' in shares ? undefined : shares)

const shareUnitOf = (told: SideShares | undefined, key: Key, lots: Lots): string | undefined => {
  const by = told?.partial.get(key)
  return by === undefined ? undefined : lots.get(by)?.unit.symbol
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

/** Who is shown, nearest first: the lot itself, then what each side reached. */
function* nodesOf(root: Key, sides: readonly Sided[], lots: Lots, now: Instant): Walk<readonly TraceNode[]> {
  const nodes: TraceNode[] = []
  const up = sides.find(({ walked }) => walked.side === 'up')
  const self = lots.get(root)
  if (self !== undefined) {
    const own = up && sharesIn(up)
    const share = sides.some((side) => sharesIn(side) !== undefined) ? { numerator: 1n, denominator: 1n } : undefined
    const terminal = sides.some(({ walked }) => walked.terminals.has(root))
    const shares = { share, originShare: own?.origins.get(root), shareUnit: shareUnitOf(own, root, lots) }
    nodes.push(traceNode(self, { reach: 'SELF', depth: 0, terminal, ...shares }, now))
  }
  for (const side of sides) {
    const { walked } = side
    const told = sharesIn(side)
    for (const chunk of inChunks([...walked.depths], 2000)) {
      yield* ask('pause', {})
      for (const [key, depth] of chunk) {
        const lot = lots.get(key)
        if (lot === undefined || key === root) continue
        const facts = {
          reach: walked.side === 'up' ? ('ANCESTOR' as const) : ('DESCENDANT' as const),
          depth,
          terminal: walked.terminals.has(key),
          share: told?.shares.get(key),
          originShare: told?.origins.get(key),
          shareUnit: shareUnitOf(told, key, lots),
        }
        nodes.push(traceNode(lot, facts, now))
      }
    }
  }
  return nodes
}

function* edgesOf(sides: readonly Sided[], lots: Lots): Walk<readonly TraceEdge[]> {
  const edges = allEdges(sides)
  const shown: TraceEdge[] = []
  for (const chunk of inChunks(edges, 2000)) {
    const records = yield* recordsOf(
      chunk.flatMap(({ record, produced }) => (produced === null ? [record] : [record, produced])),
    )
    for (const edge of chunk) {
      const [from, to, record] = [lots.get(edge.from), lots.get(edge.to), records.get(edge.record)]
      const produced = edge.produced === null ? undefined : records.get(edge.produced)
      if (from !== undefined && to !== undefined && record !== undefined)
        shown.push(traceEdge(edge, { from, to, record, produced }))
    }
  }
  return shown
}

/**
 * Traces a lot: what it was made of and what it went into, to any depth, with quantities and shares. Undefined where
 * there is no such lot.
 */
export function* traceLot(lot: LotRef, query: TraceQuery, now: Instant): Walk<TraceView | undefined> {
  const root = yield* ask('key', { lot })
  if (root === undefined) return undefined
  const { direction, depth, asOf, limit } = query
  const sides: Sided[] = []
  for (const side of sidesOf[direction]) {
    const walked = yield* reach(root, { side, depth, asOf, lots: limit, edges: limit * edgesPerLot })
    sides.push({ walked, shares: yield* foldShares(root, walked, depth, asOf) })
  }
  // Every end of an edge was reached.
  const lots = yield* lotsOf(sides.flatMap(({ walked }) => [...walked.depths.keys()]))
  const nodes = yield* nodesOf(root, sides, lots, now)
  return {
    lotId: nodes[0]?.lotId ?? '',
    direction,
    depth,
    asOf: asOf === null ? null : showInstant(asOf),
    truncated: sides.some(({ walked }) => walked.truncated),
    sharesLeftOut: sides.map(({ shares }) => ('why' in shares ? shares.why : null)).find((why) => why !== null) ?? null,
    nodes,
    edges: yield* edgesOf(sides, lots),
    terminalNodes: [...new Set(nodes.filter(({ terminal }) => terminal).map(({ lotId }) => lotId))],
  }
}
