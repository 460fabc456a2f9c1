import type { TraceEdge, TraceNode, TraceView } from '@lotbook/domain'
import { lotsOnce } from '@lotbook/picture'

/** What material came from, or what it went into. */
export type Side = 'up' | 'down'

/** A lot that the page knows. BESIDE: not on the way, but joined to a lot that is. */
export interface KnownLot extends Omit<TraceNode, 'reach'> {
  readonly reach: TraceNode['reach'] | 'BESIDE'
}

/** Everything that the page knows of a trace: what was asked first, and what was added by expanding. */
export interface Genealogy {
  readonly trace: TraceView
  readonly lots: ReadonlyMap<string, KnownLot>
  readonly edges: ReadonlyMap<string, TraceEdge>
  /** Sides of lots of which every step is known: see {@link sideOf}. */
  readonly complete: ReadonlySet<string>
  /** The lots next to a lot, by {@link sideOf}. */
  readonly next: ReadonlyMap<string, ReadonlySet<string>>
}

/** One side of one lot, as a key. */
export const sideOf = (lotId: string, side: Side): string => `${side} ${lotId}`

const edgeKey = ({ source, target, recordIds }: TraceEdge): string => [source, target, ...recordIds].join(' ')

const nextOf = (edges: Iterable<TraceEdge>): ReadonlyMap<string, ReadonlySet<string>> => {
  const next = new Map<string, Set<string>>()
  const join = (key: string, lot: string): void => {
    const others = next.get(key)
    if (others === undefined) next.set(key, new Set([lot]))
    else others.add(lot)
  }
  for (const { source, target } of edges) {
    join(sideOf(target, 'up'), source)
    join(sideOf(source, 'down'), target)
  }
  return next
}

/** The sides of which a trace tells every step: not those where it was cut off. */
const completeSides = ({ nodes, direction, depth, truncated }: TraceView): ReadonlySet<string> => {
  const sides = new Set<string>()
  const deepest = (reach: TraceNode['reach']): number =>
    nodes.reduce((most, node) => (node.reach === reach ? Math.max(most, node.depth) : most), 0)
  // Where there were too many, the last two levels may lack some.
  const upTo = (reach: TraceNode['reach']): number =>
    truncated ? deepest(reach) - 2 : depth === null ? Number.POSITIVE_INFINITY : depth - 1
  const [up, down] = [upTo('ANCESTOR'), upTo('DESCENDANT')]
  for (const { lotId, reach, depth: at } of nodes) {
    if (direction !== 'DESCENDANTS' && reach !== 'DESCENDANT' && at <= up) sides.add(sideOf(lotId, 'up'))
    if (direction !== 'ANCESTORS' && reach !== 'ANCESTOR' && at <= down) sides.add(sideOf(lotId, 'down'))
  }
  return sides
}

/** What a trace tells. */
export const genealogyOf = (trace: TraceView): Genealogy => {
  const edges = new Map(trace.edges.map((edge) => [edgeKey(edge), edge]))
  const lots = new Map<string, KnownLot>(lotsOnce(trace.nodes).map((node) => [node.lotId, node]))
  return { trace, lots, edges, complete: completeSides(trace), next: nextOf(edges.values()) }
}

/** The same with what one more step from a lot told. */
export const withStep = (genealogy: Genealogy, lotId: string, side: Side, step: TraceView): Genealogy => {
  const lots = new Map(genealogy.lots)
  const edges = new Map(genealogy.edges)
  for (const node of step.nodes)
    if (!lots.has(node.lotId)) lots.set(node.lotId, { ...node, reach: 'BESIDE', share: null, originShare: null })
  for (const edge of step.edges) edges.set(edgeKey(edge), edge)
  const complete = new Set(genealogy.complete)
  if (!step.truncated) complete.add(sideOf(lotId, side))
  return { trace: genealogy.trace, lots, edges, complete, next: nextOf(edges.values()) }
}
