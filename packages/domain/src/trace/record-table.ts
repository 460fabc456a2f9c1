import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import { ask, type Key, type Walk } from './questions.ts'
import { ShownIds } from './shown-id.ts'

/** What a trace shows of its records, by their places: numbers and bytes, because there may be a million of them. */
export interface RecordTable {
  /** The ids as they are shown, in ASCII, `shownIdLength` bytes each. */
  readonly ids: Uint8Array
  readonly types: readonly LotRecordType[]
  /** Like `endDates` empty where they are not shown. */
  readonly startDates: Float64Array
  /** NaN = none. */
  readonly endDates: Float64Array
}

// What is read in one turn keeps others waiting: this takes about a millisecond.
const chunk = 1000

const digitBits = 11
const digits = 2 ** digitBits

/**
 * The places of some keys in the order of the keys, digit by digit: a store finds rows three times as fast in the order in
 * which they lie. Keys that are further apart than four milliards only come in another order.
 */
function* inOrder(keys: readonly Key[]): Walk<Uint32Array> {
  const count = keys.length
  let [least, greatest] = [Number.POSITIVE_INFINITY, 0]
  for (const key of keys) {
    if (key < least) least = key
    if (key > greatest) greatest = key
  }
  const offsets = new Uint32Array(count)
  for (let place = 0; place < count; place++) offsets[place] = (keys[place] as Key) - least
  let order = new Uint32Array(count).map((_, place) => place)
  let next = new Uint32Array(count)
  for (let shift = 0; shift < 32 && greatest - least >= 2 ** shift; shift += digitBits) {
    const begins = new Uint32Array(digits + 1)
    for (const offset of offsets) begins[((offset >>> shift) % digits) + 1]! += 1
    for (let digit = 1; digit < digits; digit++) begins[digit]! += begins[digit - 1] as number
    for (const place of order) {
      const digit = ((offsets[place] as number) >>> shift) % digits
      next[begins[digit]!++] = place
    }
    ;[order, next] = [next, order]
    yield* ask('pause', {})
  }
  return order
}

/** Reads what is shown of some records, with their dates or without. */
export function* readRecords(keys: readonly Key[], dates: boolean): Walk<RecordTable> {
  const count = keys.length
  const types: LotRecordType[] = new Array(count)
  const ids = new ShownIds(count)
  const startDates = new Float64Array(dates ? count : 0)
  const endDates = new Float64Array(dates ? count : 0)
  const order = yield* inOrder(keys)
  for (let at = 0; at < count; at += chunk) {
    const records: Key[] = []
    for (const place of order.subarray(at, at + chunk)) records.push(keys[place] as Key)
    const found = yield* ask('recordColumns', { records, dates })
    ids.read(found.ids)
    for (let index = 0; index < records.length; index++) {
      const place = order[at + index] as number
      ids.set(place, index)
      types[place] = found.types[index] as LotRecordType
      if (!dates) continue
      startDates[place] = found.startDates[index] as number
      endDates[place] = found.endDates[index] ?? Number.NaN
    }
  }
  return { ids: ids.bytes, types, startDates, endDates }
}
