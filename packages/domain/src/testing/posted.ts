import type { Ulid } from '../identifiers/ulid.ts'
import type { Known } from '../known.ts'
import type { LotEntry, StockEntry } from '../lot-record/lot-record.ts'
import { lastName } from '../master-data/master-data.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { type Instant, showInstant } from '../time/instant.ts'

/** What a record posted, in words that a test can write down: `Dock A -4 @11-05`, `A total +10 @11-05`. */
export interface Posted {
  readonly stock: readonly string[]
  readonly lots: readonly string[]
  /** What an UNCONSUME takes back. */
  readonly takesBack: readonly (readonly [record: Ulid, quantity: number])[]
}

const date = (at: Instant | null): string => (at === null ? 'none' : showInstant(at).slice(5, 10))
const signed = (quantity: number): string => `${quantity < 0 ? '' : '+'}${showQuantity(quantity)}`

const showStock = (known: Known, { locationId, lotId, quantity, effectiveDate }: StockEntry): string => {
  const place = lastName(known.locations.get(locationId)?.path ?? '?')
  return `${place} ${known.lots.get(lotId)?.lot.name} ${signed(quantity)} @${date(effectiveDate)}`
}

const showLot = (known: Known, { lotId, effectiveDate, status, expiration, closed, total }: LotEntry): string =>
  [
    known.lots.get(lotId)?.lot.name,
    ...(status === null ? [] : [`${status[0]}>${status[1]}`]),
    ...(expiration === null ? [] : [`expires ${date(expiration[0])}>${date(expiration[1])}`]),
    ...(closed === null ? [] : [`closed ${date(closed[0])}>${date(closed[1])}`]),
    ...(total === 0 ? [] : [`total ${signed(total)}`]),
    `@${date(effectiveDate)}`,
  ].join(' ')

/** What all versions of a record posted so far, in order. */
export const showPosted = (known: Known, id: Ulid): Posted => {
  const record = known.records.get(id)
  if (record === undefined) throw new Error(`no record ${id} to look at`)
  return {
    stock: record.stockEntries.map((entry) => showStock(known, entry)),
    lots: record.lotEntries.map((entry) => showLot(known, entry)),
    takesBack: record.takesBack.map(({ consumeRecordId, quantity }) => [consumeRecordId, showQuantity(quantity)]),
  }
}
