import type { LotRecordType } from '../../lot-record/lot-record-type.ts'
import { showQuantity } from '../../quantity/quantity.ts'
import { instantLength, writeInstant } from '../../time/instant.ts'
import type { Gathered } from '../gather.ts'
import type { Edge, Key, TracedLot } from '../questions.ts'
import { shownIdLength, writeShownId } from '../record-table.ts'
import { unitOfEdge } from '../trace-view.ts'
import { type ByteText, type Stamp, stampOf } from './byte-text.ts'
import { kept } from './kept.ts'

const json = JSON.stringify

const headOf = (type: LotRecordType): Stamp => {
  const id = shownIdLength
  return stampOf('{"source":"', id, '","target":"', id, `","lotRecordType":"${type}","recordIds":["`, id, '"')
}

const secondId = stampOf(',"', shownIdLength, '"')
const quantity = stampOf('],"quantity":')

type Flags = readonly [hasEnd: boolean, inferred: boolean, memo: boolean]

const tailOf = (unit: string, [hasEnd, inferred, memo]: Flags): Stamp => {
  const end = hasEnd ? (['"', instantLength, '"'] as const) : ['null']
  const start = [`,"unitOfMeasureSymbol":${json(unit)},"startDate":"`, instantLength, '","endDate":']
  return stampOf(...start, ...end, `,"inferred":${inferred},"memo":${memo}}`)
}

// One stamp for each of the eight ways in which the flags may stand.
const tailsOf = (unit: string): readonly Stamp[] =>
  Array.from({ length: 8 }, (_, bits) => tailOf(unit, [(bits & 4) !== 0, (bits & 2) !== 0, (bits & 1) !== 0]))

const copyId = (to: Uint8Array, at: number, from: Uint8Array, place: number): void => {
  const first = place * shownIdLength
  for (let index = 0; index < shownIdLength; index++) to[at + index] = from[first + index] as number
}

/** Writes edges as JSON, in their order, field by field as a `TraceEdge` has them. `produced` is the place of that record. */
export const edgeWriter = (
  { lots, records }: Gathered,
  out: ByteText,
): ((edge: Edge, place: number, produced: number) => void) => {
  const places = new Map<Key, number>()
  const known: TracedLot[] = []
  const lotIds = new Uint8Array(lots.size * shownIdLength)
  for (const [key, traced] of lots) {
    writeShownId(lotIds, places.size * shownIdLength, traced.lot.id, 0)
    places.set(key, places.size)
    known.push(traced)
  }
  const heads = kept(headOf)
  const tails = kept(tailsOf)
  return (edge, place, produced) => {
    const [from, to] = [places.get(edge.from) as number, places.get(edge.to) as number]
    const type = records.types[place] as LotRecordType
    const end = records.endDates[place] as number
    const head = heads(type, type)
    const at = out.stamp(head)
    copyId(out.bytes, at + (head.gaps[0] as number), lotIds, from)
    copyId(out.bytes, at + (head.gaps[1] as number), lotIds, to)
    copyId(out.bytes, at + (head.gaps[2] as number), records.ids, place)
    if (edge.produced !== null)
      copyId(out.bytes, out.stamp(secondId) + (secondId.gaps[0] as number), records.ids, produced)
    out.stamp(quantity)
    out.text(edge.quantity === null ? 'null' : String(showQuantity(edge.quantity)))
    const unit = unitOfEdge(type, known[from] as TracedLot, known[to] as TracedLot)
    const hasEnd = !Number.isNaN(end)
    const flags = (hasEnd ? 4 : 0) + (edge.produced === null ? 0 : 2) + (edge.quantity === null ? 1 : 0)
    const tail = tails(unit, unit)[flags] as Stamp
    const after = out.stamp(tail)
    writeInstant(out.bytes, after + (tail.gaps[0] as number), records.startDates[place] as number)
    if (hasEnd) writeInstant(out.bytes, after + (tail.gaps[1] as number), end)
  }
}
