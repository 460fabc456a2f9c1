import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import { ask, type Key, type Walk } from './questions.ts'

/** How many characters an id has as it is shown: 26 and two hyphens. */
export const shownIdLength = 28

/** What a trace shows of its records, by their places: numbers and bytes, because there may be a million of them. */
export interface RecordTable {
  /** The ids as they are shown, in ASCII, `shownIdLength` bytes each. */
  readonly ids: Uint8Array
  readonly types: readonly LotRecordType[]
  readonly startDates: Float64Array
  /** NaN = none. */
  readonly endDates: Float64Array
}

// What is sorted or read in one turn keeps others waiting: these take about a millisecond.
const run = 20_000
const chunk = 1000

const hyphen = 0x2d

/** Writes an id that stands somewhere in a text as it is shown. */
export const writeShownId = (bytes: Uint8Array, at: number, text: string, from: number): void => {
  let to = at
  for (let index = 0; index < 26; index++) {
    if (index === 10 || index === 18) bytes[to++] = hyphen
    bytes[to++] = text.charCodeAt(from + index)
  }
}

/** The places of some keys, in the order of the keys. A store finds rows twice as fast in the order in which they lie. */
const inOrder = (keys: readonly Key[], first: number, count: number): Uint32Array => {
  // One number holds both key and place: together they stay far below 2^53.
  const both = new Float64Array(count)
  for (let place = 0; place < count; place++) both[place] = (keys[first + place] as Key) * count + place
  both.sort()
  const places = new Uint32Array(count)
  for (let index = 0; index < count; index++) {
    const value = both[index] as number
    places[index] = value - Math.floor(value / count) * count
  }
  return places
}

/** Reads what is shown of some records. */
export function* readRecords(keys: readonly Key[]): Walk<RecordTable> {
  const types: LotRecordType[] = new Array(keys.length)
  const ids = new Uint8Array(keys.length * shownIdLength)
  const startDates = new Float64Array(keys.length)
  const endDates = new Float64Array(keys.length)
  for (let first = 0; first < keys.length; first += run) {
    const order = inOrder(keys, first, Math.min(run, keys.length - first))
    for (let at = 0; at < order.length; at += chunk) {
      const records: Key[] = []
      for (const place of order.subarray(at, at + chunk)) records.push(keys[first + place] as Key)
      const found = yield* ask('recordColumns', { records })
      for (let index = 0; index < records.length; index++) {
        const place = first + (order[at + index] as number)
        writeShownId(ids, place * shownIdLength, found.ids, index * 26)
        types[place] = found.types[index] as LotRecordType
        startDates[place] = found.startDates[index] as number
        endDates[place] = found.endDates[index] ?? Number.NaN
      }
    }
  }
  return { ids, types, startDates, endDates }
}

/** The id of the record at a place, as it is shown. */
export const shownIdAt = ({ ids }: RecordTable, place: number): string =>
  String.fromCharCode(...ids.subarray(place * shownIdLength, (place + 1) * shownIdLength))
