import { type TraceEdge, type TraceView, traceText } from '@lotbook/domain'
import type { KnownLot } from '../genealogy/genealogy.ts'

/**
 * The trace as a CSV file, as the API writes it: of what the filters let through, every step, and every lot that none of
 * these steps reached. What was expanded beside the trace is not in it.
 */
export const csvFile = (trace: TraceView, listed: readonly KnownLot[], steps: readonly TraceEdge[]): Blob => {
  const [lots, edges] = [new Set(listed.map(({ lotId }) => lotId)), new Set(steps)]
  const text = traceText.CSV({
    ...trace,
    nodes: trace.nodes.filter(({ lotId }) => lots.has(lotId)),
    edges: trace.edges.filter((edge) => edges.has(edge)),
  })
  return new Blob([...text], { type: 'text/csv' })
}
