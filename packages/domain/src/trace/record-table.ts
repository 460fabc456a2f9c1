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

/** Puts places into the order of one digit of their numbers, and leaves them as they were where it is the same. */
const sortByDigit = (places: Uint32Array, numbers: Uint32Array, shift: number): Uint32Array => {
  const begins = new Uint32Array(digits + 1)
  for (let at = 0; at < numbers.length; at++) {
    const digit = ((numbers[at] as number) >>> shift) & (digits - 1)
    begins[digit + 1] = (begins[digit + 1] as number) + 1
  }
  for (let digit = 1; digit < digits; digit++) begins[digit] = (begins[digit] as number) + (begins[digit - 1] as number)
  const sorted = new Uint32Array(places.length)
  for (let at = 0; at < places.length; at++) {
    const place = places[at] as number
    const digit = ((numbers[place] as number) >>> shift) & (digits - 1)
    const to = begins[digit] as number
    sorted[to] = place
    begins[digit] = to + 1
  }
  return sorted
}

/** How far each key is from the least. */
const offsetsOf = (keys: readonly Key[]): Uint32Array => {
  let least = Number.POSITIVE_INFINITY
  for (const key of keys) if (key < least) least = key
  const offsets = new Uint32Array(keys.length)
  for (let place = 0; place < keys.length; place++) offsets[place] = (keys[place] as Key) - least
  return offsets
}

/**
 * The places of some keys in the order of the keys, sorted digit by digit: a store finds rows three times as fast in the
 * order in which they lie. Keys that are further apart than 32 bits are only read in another order.
 */
function* inOrder(keys: readonly Key[]): Walk<Uint32Array> {
  const offsets = offsetsOf(keys)
  const greatest = offsets.reduce((most, offset) => (offset > most ? offset : most), 0)
  let places: Uint32Array = new Uint32Array(keys.length)
  for (let place = 0; place < keys.length; place++) places[place] = place
  for (let shift = 0; shift < 32 && greatest >= 2 ** shift; shift += digitBits) {
    places = sortByDigit(places, offsets, shift)
    yield* ask('pause', {})
  }
  return places
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
