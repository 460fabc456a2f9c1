import type { LotRef } from '../scope.ts'
import { type Instant, showInstant } from '../time/instant.ts'
import { gatherBasic } from './basic-trace.ts'
import { basicBytes } from './formats/basic-bytes.ts'
import { traceBytes } from './formats/trace-bytes.ts'
import { type Gathered, gather, nodesOf, wholeOf } from './gather.ts'
import { ask, type Key, type TracedLot, type Walk } from './questions.ts'
import { shownIdAt } from './shown-id.ts'
import type { TraceQuery } from './trace-request.ts'
import { type TraceEdge, type TraceNode, type TraceView, traceEdge, traceNode } from './trace-view.ts'

// So many are put into words until others get their turn.
const perTurn = 2000

function* edgesOf(gathered: Gathered): Walk<readonly TraceEdge[]> {
  const { keys, lots, froms, tos, quantities, produced, table } = gathered
  const shown: TraceEdge[] = []
  let second = froms.length
  for (const [place, from] of froms.entries()) {
    const inferred = produced.has(place)
    const recordIds = [shownIdAt(table.ids, place)]
    if (inferred) recordIds.push(shownIdAt(table.ids, second++))
    const end = table.endDates[place] as number
    const facts = {
      from: lots.get(keys[from] as Key) as TracedLot,
      to: lots.get(keys[tos[place] as number] as Key) as TracedLot,
      lotRecordType: table.types[place] as TraceEdge['lotRecordType'],
      recordIds,
      inferred,
      quantity: quantities[place] ?? null,
      startDate: table.startDates[place] as number,
      endDate: Number.isNaN(end) ? null : end,
    }
    shown.push(traceEdge(facts))
    if (shown.length % perTurn === 0) yield* ask('pause', {})
  }
  return shown
}

/**
 * Traces a lot and writes it as the JSON of a `TraceView`, or of a `BasicTraceView` where the query says so, in pieces of
 * UTF-8 that are made as they are taken.
 */
export function* traceLotBytes(lot: LotRef, query: TraceQuery, now: Instant): Walk<Iterable<Uint8Array> | undefined> {
  if (query.detail === 'BASIC') {
    const basic = yield* gatherBasic(lot, query)
    return basic && basicBytes(basic)
  }
  const gathered = yield* gather(lot, query, now)
  return gathered && traceBytes(gathered)
}

/**
 * Traces a lot: what it was made of and what it went into, to any depth, with quantities and shares. Undefined where
 * there is no such lot.
 */
export function* traceLot(lot: LotRef, query: TraceQuery, now: Instant): Walk<TraceView | undefined> {
  const gathered = yield* gather(lot, query, now)
  if (gathered === undefined) return undefined
  const nodes: TraceNode[] = []
  for (const [traced, facts] of nodesOf(gathered)) {
    nodes.push(traceNode(traced, facts, gathered.at))
    if (nodes.length % perTurn === 0) yield* ask('pause', {})
  }
  const { direction, depth, asOf } = query
  return {
    lotId: nodes[0]?.lotId ?? '',
    direction,
    depth,
    asOf: asOf === null ? null : showInstant(asOf),
    ...wholeOf(gathered),
    nodes,
    edges: yield* edgesOf(gathered),
    terminalNodes: [...new Set(nodes.filter(({ terminal }) => terminal).map(({ lotId }) => lotId))],
  }
}
