import type { LotRecordType } from '../../lot-record/lot-record-type.ts'
import { instantLength, writeInstant } from '../../time/instant.ts'
import type { Joined } from '../joined.ts'
import type { LotTable } from '../lot-table.ts'
import type { RecordTable } from '../record-table.ts'
import { copyShownId, shownIdLength } from '../shown-id.ts'
import { primaryIsSource } from '../trace-link.ts'
import { type ByteText, type Stamp, stampOf } from './byte-text.ts'
import { kept } from './kept.ts'

const json = JSON.stringify

/** All that an edge shares with many others: its bytes are the same, but for ids, dates and the quantity. */
interface Kind {
  readonly type: LotRecordType
  readonly unit: string
  readonly inferred: boolean
  readonly memo: boolean
  /** Without dates it is an edge of a basic trace. */
  readonly dates: 'both' | 'start' | 'none'
}

// The quantity comes last: what stands before it has the same length in all edges of a kind.
const stampOfKind = ({ type, unit, inferred, memo, dates }: Kind): Stamp => {
  const id = shownIdLength
  const second = inferred ? (['","', id] as const) : []
  const end = dates === 'both' ? (['"', instantLength, '"'] as const) : ['null']
  const told = ['","endDate":', ...end, `,"inferred":${inferred},"memo":${memo}`]
  return stampOf(
    ...['{"source":"', id, '","target":"', id, `","lotRecordType":"${type}","recordIds":["`, id, ...second],
    `"],"unitOfMeasureSymbol":${json(unit)}`,
    ...(dates === 'none' ? [] : [',"startDate":"', instantLength, ...told]),
    memo ? ',"quantity":null}' : ',"quantity":',
  )
}

const end = stampOf('}')

/**
 * Writes edges as JSON by their places, one after the other, field by field as a `TraceEdge` has them, or without dates as a
 * `BasicTraceEdge`.
 */
export const edgeWriter = (
  { froms, tos, quantities, produced }: Joined,
  { units, ids }: LotTable,
  { ids: recordIds, types, startDates, endDates }: RecordTable,
  out: ByteText,
  hasDates: boolean,
): ((place: number) => void) => {
  const [ofLots, ofRecords] = [new DataView(ids.buffer), new DataView(recordIds.buffer)]
  const hasInferred = produced.size > 0
  let second = froms.length
  const stampsBy = kept<string, string, Stamp[]>(() => [])
  // Most edges are of the kind of the one before.
  let last = { type: '', unit: '', stamps: [] as Stamp[] }
  return (place) => {
    const [from, to] = [froms[place] as number, tos[place] as number]
    const type = types[place] as LotRecordType
    const unit = units[primaryIsSource(type) ? from : to] as string
    if (type !== last.type || unit !== last.unit) last = { type, unit, stamps: stampsBy(`${type} ${unit}`, unit) }
    const quantity = quantities[place] ?? null
    const [inferred, memo] = [hasInferred && produced.has(place), quantity === null]
    const dates = !hasDates ? 'none' : Number.isNaN(endDates[place]) ? 'start' : 'both'
    const flags = (inferred ? 1 : 0) + (memo ? 2 : 0) + (dates === 'both' ? 4 : 0)
    const stamp = last.stamps[flags] ?? stampOfKind({ type, unit, inferred, memo, dates })
    last.stamps[flags] = stamp
    const at = out.stamp(stamp)
    const { view } = out
    const { gaps } = stamp
    copyShownId(view, at + (gaps[0] as number), ofLots, from)
    copyShownId(view, at + (gaps[1] as number), ofLots, to)
    copyShownId(view, at + (gaps[2] as number), ofRecords, place)
    let gap = 3
    if (inferred) copyShownId(view, at + (gaps[gap++] as number), ofRecords, second++)
    if (hasDates) writeInstant(out.bytes, at + (gaps[gap++] as number), startDates[place] as number)
    if (dates === 'both') writeInstant(out.bytes, at + (gaps[gap] as number), endDates[place] as number)
    if (quantity === null) return
    out.quantity(quantity)
    out.stamp(end)
  }
}
