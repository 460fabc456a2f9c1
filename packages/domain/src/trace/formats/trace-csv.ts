import { csvLine } from '../../text/csv.ts'
import type { TraceEdge, TraceNode, TraceView } from '../trace-view.ts'

const head = [
  ...['reach', 'depth', 'lotId', 'lotName', 'materialPath', 'status', 'effectiveStatus', 'onHand', 'onHandUnit'],
  ...['share', 'shareExact', 'shareUnit'],
  ...['sourceLotId', 'sourceLotName', 'targetLotId', 'targetLotName', 'lotRecordType', 'recordIds'],
  ...['quantity', 'unitOfMeasureSymbol', 'startDate', 'endDate', 'inferred', 'memo'],
]

const ofNode = (node: TraceNode) => [
  ...[node.reach, node.depth, node.lotId, node.lotName, node.materialPath, node.status, node.effectiveStatus],
  ...[node.onHand, node.unitOfMeasureSymbol, node.share, node.shareExact, node.shareUnitOfMeasureSymbol],
]

const cutOff = 'There are more lots or steps than these: ask for more, or choose one direction or a smaller depth'

/** A row that has only its first cells. */
const begun = (cells: readonly (string | number | boolean | null)[]): string =>
  csvLine([...cells, ...new Array<null>(head.length - cells.length).fill(null)])

/**
 * A trace as CSV, line by line: one for each edge, which begins with the lot that it reached, and before these one for
 * each lot that none of them begins with, such as the traced one. Where it was cut off, the last says so: TRUNCATED. Text
 * that a spreadsheet would take for a formula begins with an apostrophe.
 */
export function* traceCsv({ nodes, edges, truncated }: TraceView): Generator<string> {
  const names = new Map(nodes.map(({ lotId, lotName }) => [lotId, lotName]))
  const up = new Map(nodes.filter(({ reach }) => reach !== 'DESCENDANT').map((node) => [node.lotId, node]))
  const down = new Map(nodes.filter(({ reach }) => reach !== 'ANCESTOR').map((node) => [node.lotId, node]))
  const reachedBy = ({ source, target }: TraceEdge): TraceNode | undefined => {
    const ancestor = up.has(target) ? up.get(source) : undefined
    return ancestor === undefined || ancestor.reach === 'SELF' ? (down.get(target) ?? ancestor) : ancestor
  }
  const told = new Set(edges.map(reachedBy))
  yield csvLine(head)
  for (const node of nodes) if (!told.has(node)) yield begun(ofNode(node))
  for (const edge of edges) {
    const node = reachedBy(edge)
    if (node === undefined) continue
    yield csvLine([
      ...ofNode(node),
      ...[edge.source, names.get(edge.source) ?? null, edge.target, names.get(edge.target) ?? null],
      ...[edge.lotRecordType, edge.recordIds.join(' '), edge.quantity, edge.unitOfMeasureSymbol],
      ...[edge.startDate, edge.endDate, edge.inferred, edge.memo],
    ])
  }
  if (truncated) yield begun(['TRUNCATED', null, null, cutOff])
}
