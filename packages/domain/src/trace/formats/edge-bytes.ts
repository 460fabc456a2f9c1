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

/** Copies a shown id, in words of four bytes: there are three in every edge. */
const copyId = (to: DataView, at: number, from: DataView, place: number): void => {
  const first = place * shownIdLength
  for (let word = 0; word < shownIdLength; word += 4) to.setInt32(at + word, from.getInt32(first + word, true), true)
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
  const [ofLots, ofRecords] = [new DataView(lotIds.buffer), new DataView(records.ids.buffer)]
  const heads = kept(headOf)
  const tails = kept(tailsOf)
  return (edge, place, produced) => {
    const from = places.get(edge.from) as number
    const to = places.get(edge.to) as number
    const type = records.types[place] as LotRecordType
    const end = records.endDates[place] as number
    const head = heads(type, type)
    const at = out.stamp(head)
    const { view } = out
    copyId(view, at + (head.gaps[0] as number), ofLots, from)
    copyId(view, at + (head.gaps[1] as number), ofLots, to)
    copyId(view, at + (head.gaps[2] as number), ofRecords, place)
    if (edge.produced !== null) {
      const second = out.stamp(secondId) + (secondId.gaps[0] as number)
      copyId(out.view, second, ofRecords, produced)
    }
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
