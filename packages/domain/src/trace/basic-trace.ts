import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import { showQuantity } from '../quantity/quantity.ts'
import type { LotRef } from '../scope.ts'
import { showInstant } from '../time/instant.ts'
import { sidesFrom } from './gather.ts'
import { type Joined, joined, recordsOf } from './joined.ts'
import { type LotTable, readLots } from './lot-table.ts'
import { ask, type Key, type Walk } from './questions.ts'
import type { Reach } from './reach.ts'
import { type RecordTable, readRecords } from './record-table.ts'
import { shownIdAt } from './shown-id.ts'
import { primaryIsSource } from './trace-link.ts'
import type { TraceQuery } from './trace-request.ts'
import type { TraceEdge, TraceNode, TraceView } from './trace-view.ts'

/** A lot of a basic trace. */
export type BasicTraceNode = Pick<TraceNode, 'lotId' | 'reach' | 'depth' | 'terminal'>
/** A step of a basic trace: inferred where it has two records, a memo where the quantity is null. */
export type BasicTraceEdge = Omit<TraceEdge, 'startDate' | 'endDate' | 'inferred' | 'memo'>

/** A trace for those who know its lots and records, or look them up themselves: how they hang together, and with how much. */
export interface BasicTraceView extends Pick<TraceView, 'lotId' | 'direction' | 'depth' | 'asOf' | 'truncated'> {
  readonly nodes: readonly BasicTraceNode[]
  readonly edges: readonly BasicTraceEdge[]
}

/** All that a basic trace says, before it is put into words. */
export interface GatheredBasic extends Joined {
  readonly query: TraceQuery
  readonly sides: readonly Reach[]
  readonly lots: LotTable
  /** Without dates; in the order of `recordsOf`. */
  readonly table: RecordTable
}

/** Walks from a lot and gathers what its basic trace shows. Undefined where there is no such lot. */
export function* gatherBasic(lot: LotRef, query: TraceQuery): Walk<GatheredBasic | undefined> {
  const root = yield* ask('key', { lot })
  if (root === undefined) return undefined
  const sides = yield* sidesFrom(root, query)
  const reached = joined(sides[0], sides[1])
  const lots = yield* readLots(reached.keys)
  const table = yield* readRecords(recordsOf(reached), false)
  return { query, sides, ...reached, lots, table }
}

/** What a basic trace says as a whole. */
export const basicWholeOf = ({ query, sides, lots }: GatheredBasic): Omit<BasicTraceView, 'nodes' | 'edges'> => ({
  lotId: shownIdAt(lots.ids, 0),
  direction: query.direction,
  depth: query.depth,
  asOf: query.asOf === null ? null : showInstant(query.asOf),
  truncated: sides.some(({ truncated }) => truncated),
})

/** A lot as it is shown, by its place. */
interface Shown extends Omit<BasicTraceNode, 'lotId'> {
  readonly place: number
}

/** Who is shown, nearest first: the lot itself, then what each side reached. */
export function* basicNodesOf({ sides, keys, seconds }: GatheredBasic): Generator<Shown, void, unknown> {
  const terminal = sides.some(({ terminals }) => terminals.has(keys[0] as Key))
  yield { place: 0, reach: 'SELF', depth: 0, terminal }
  for (const { side, places, depths, terminals } of sides) {
    const reach = side === 'up' ? 'ANCESTOR' : 'DESCENDANT'
    for (const [key, own] of places) {
      if (own === 0) continue
      const place = side === sides[0]?.side ? own : (seconds[own] as number)
      yield { place, reach, depth: depths[own] as number, terminal: terminals.has(key) }
    }
  }
}

/**
 * Traces a lot without names, status, stock, dates and shares: the ids of what it was made of and what it went into, with
 * depths and quantities. Undefined where there is no such lot.
 */
export function* traceLotBasic(lot: LotRef, query: TraceQuery): Walk<BasicTraceView | undefined> {
  const gathered = yield* gatherBasic(lot, query)
  if (gathered === undefined) return undefined
  const { froms, tos, quantities, produced, lots, table } = gathered
  const lotIds = Array.from(lots.units, (_, place) => shownIdAt(lots.ids, place))
  let second = froms.length
  return {
    ...basicWholeOf(gathered),
    nodes: Array.from(basicNodesOf(gathered), ({ place, ...node }) => ({ lotId: lotIds[place] as string, ...node })),
    edges: froms.map((from, place) => {
      const type = table.types[place] as LotRecordType
      const to = tos[place] as number
      const quantity = quantities[place] ?? null
      const recordIds = [shownIdAt(table.ids, place)]
      if (produced.has(place)) recordIds.push(shownIdAt(table.ids, second++))
      return {
        source: lotIds[from] as string,
        target: lotIds[to] as string,
        lotRecordType: type,
        recordIds,
        unitOfMeasureSymbol: lots.units[primaryIsSource(type) ? from : to] as string,
        quantity: quantity === null ? null : showQuantity(quantity),
      }
    }),
  }
}
