import { csvLine } from '../../text/csv.ts'
import type { TraceEdge, TraceNode, TraceView } from '../trace-view.ts'

const head = [
  ...['reach', 'depth', 'lotId', 'lotName', 'materialPath', 'status', 'effectiveStatus', 'onHand', 'onHandUnit'],
  ...['share', 'shareExact', 'shareUnit'],
  ...['sourceLotId', 'sourceLotName', 'targetLotId', 'targetLotName', 'lotRecordType', 'recordIds'],
  ...['quantity', 'unitOfMeasureSymbol', 'startDate', 'endDate', 'inferred', 'memo'],
]

/**
 * A trace as CSV, line by line: one for each edge, which begins with the lot that it reached. Text that a spreadsheet
 * would take for a formula begins with an apostrophe.
 */
export function* traceCsv({ nodes, edges }: TraceView): Generator<string> {
  const names = new Map(nodes.map(({ lotId, lotName }) => [lotId, lotName]))
  const up = new Map(nodes.filter(({ reach }) => reach !== 'DESCENDANT').map((node) => [node.lotId, node]))
  const down = new Map(nodes.filter(({ reach }) => reach !== 'ANCESTOR').map((node) => [node.lotId, node]))
  const reachedBy = ({ source, target }: TraceEdge): TraceNode | undefined => {
    const ancestor = up.has(target) ? up.get(source) : undefined
    return ancestor === undefined || ancestor.reach === 'SELF' ? (down.get(target) ?? ancestor) : ancestor
  }
  yield csvLine(head)
  for (const edge of edges) {
    const node = reachedBy(edge)
    if (node === undefined) continue
    yield csvLine([
      ...[node.reach, node.depth, node.lotId, node.lotName, node.materialPath, node.status, node.effectiveStatus],
      ...[node.onHand, node.unitOfMeasureSymbol, node.share, node.shareExact, node.shareUnitOfMeasureSymbol],
      ...[edge.source, names.get(edge.source) ?? null, edge.target, names.get(edge.target) ?? null],
      ...[edge.lotRecordType, edge.recordIds.join(' '), edge.quantity, edge.unitOfMeasureSymbol],
      ...[edge.startDate, edge.endDate, edge.inferred, edge.memo],
    ])
  }
}
