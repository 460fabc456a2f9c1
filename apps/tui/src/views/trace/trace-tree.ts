import type { TraceEdge, TraceNode, TraceView } from '@lotbook/domain'

/** Which way a tree goes: to what the lot came from, or to what it went into. */
export type Way = 'ANCESTORS' | 'DESCENDANTS'

/** A row of the tree. */
export interface TraceRow {
  readonly node: TraceNode
  readonly depth: number
  /** The step that led here; undefined for the traced lot. */
  readonly edge: TraceEdge | undefined
  /** What is below it: nothing, rows (shown or not), what stands further up already, or more than was asked for. */
  readonly below: 'nothing' | 'open' | 'closed' | 'above' | 'beyond'
}

/** A trace as a tree, from the traced lot. A lot that is reached on several ways is drawn out on the first only. */
export const traceRows = (
  { lotId, nodes, edges }: TraceView,
  way: Way,
  closed: ReadonlySet<string> = new Set(),
): readonly TraceRow[] => {
  const byId = new Map(nodes.map((node) => [node.lotId, node]))
  const steps = new Map<string, { readonly edge: TraceEdge; readonly next: string }[]>()
  for (const edge of edges) {
    const [from, next] = way === 'ANCESTORS' ? [edge.target, edge.source] : [edge.source, edge.target]
    if (!byId.has(next)) continue
    const known = steps.get(from)
    if (known === undefined) steps.set(from, [{ edge, next }])
    else known.push({ edge, next })
  }
  const rows: TraceRow[] = []
  const seen = new Set<string>()
  const belowOf = (node: TraceNode, hasSteps: boolean): TraceRow['below'] => {
    if (!hasSteps) return node.terminal ? 'nothing' : 'beyond'
    if (seen.has(node.lotId)) return 'above'
    return closed.has(node.lotId) ? 'closed' : 'open'
  }
  // A stack of its own: a trace may be deeper than calls can be.
  const waiting: { readonly id: string; readonly depth: number; readonly edge: TraceEdge | undefined }[] = [
    { id: lotId, depth: 0, edge: undefined },
  ]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const { id, depth, edge } = at
    const node = byId.get(id)
    if (node === undefined) continue
    const next = steps.get(id) ?? []
    const below = belowOf(node, next.length > 0)
    rows.push({ node, depth, edge, below })
    seen.add(id)
    if (below !== 'open') continue
    for (const step of next.toReversed()) waiting.push({ id: step.next, depth: depth + 1, edge: step.edge })
  }
  return rows
}
