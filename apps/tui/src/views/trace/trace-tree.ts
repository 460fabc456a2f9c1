import type { TraceEdge, TraceNode, TraceView } from '@lotbook/domain'

/** Which way a tree goes: to what the lot came from, or to what it went into. */
export type Way = 'ANCESTORS' | 'DESCENDANTS'

/** A row of the tree. */
export interface TraceRow {
  readonly node: TraceNode
  readonly depth: number
  /** The step that led here; undefined for the traced lot. */
  readonly edge: TraceEdge | undefined
  /** The lot stands further up with everything below it: it is not told twice. */
  readonly isRepeated: boolean
}

/** A trace as a tree, from the traced lot. A lot that is reached on several ways is drawn out on the first only. */
export const traceRows = ({ lotId, nodes, edges }: TraceView, way: Way): readonly TraceRow[] => {
  const byId = new Map(nodes.map((node) => [node.lotId, node]))
  const steps = new Map<string, { readonly edge: TraceEdge; readonly next: string }[]>()
  for (const edge of edges) {
    const [from, next] = way === 'ANCESTORS' ? [edge.target, edge.source] : [edge.source, edge.target]
    const known = steps.get(from)
    if (known === undefined) steps.set(from, [{ edge, next }])
    else known.push({ edge, next })
  }
  const rows: TraceRow[] = []
  const seen = new Set<string>()
  // A stack of its own: a trace may be deeper than calls can be.
  const open: { readonly id: string; readonly depth: number; readonly edge: TraceEdge | undefined }[] = [
    { id: lotId, depth: 0, edge: undefined },
  ]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { id, depth, edge } = at
    const node = byId.get(id)
    if (node === undefined) continue
    const below = steps.get(id) ?? []
    const isRepeated = seen.has(id) && below.length > 0
    rows.push({ node, depth, edge, isRepeated })
    if (seen.has(id)) continue
    seen.add(id)
    for (const step of below.toReversed()) open.push({ id: step.next, depth: depth + 1, edge: step.edge })
  }
  return rows
}
