import type { Change, LotEntry, LotStatus, StockEntry, TakeBack, Ulid } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { all, type Program } from '../program.ts'
import { lookup } from '../statement.ts'
import type { Bit, Tables } from '../tables.ts'
import type { Loaded } from './loaded.ts'

/** All that the versions of one record posted. */
export interface Postings {
  readonly stockEntries: readonly StockEntry[]
  readonly lotEntries: readonly LotEntry[]
  readonly takesBack: readonly TakeBack[]
}

/** The columns of a lot entry. */
export interface LotEntryRow {
  readonly effective_at: number
  readonly status_from: LotStatus | null
  readonly status_to: LotStatus | null
  readonly sets_expiration: Bit
  readonly expiration_from: number | null
  readonly expiration_to: number | null
  readonly sets_closed: Bit
  readonly closed_from: number | null
  readonly closed_to: number | null
  readonly total: number
}

const statusOf = ({ status_from: from, status_to: to }: LotEntryRow): Change<LotStatus> | null =>
  from === null || to === null ? null : [from, to]

/** Reads a lot entry of the lot. */
export const lotEntryOf = (lotId: Ulid, row: LotEntryRow): LotEntry => ({
  lotId,
  effectiveDate: row.effective_at,
  status: statusOf(row),
  expiration: row.sets_expiration === 1 ? [row.expiration_from, row.expiration_to] : null,
  closed: row.sets_closed === 1 ? [row.closed_from, row.closed_to] : null,
  total: row.total,
})

/** The columns that `lotEntryOf` reads. */
export const lotEntryColumns = [
  'lot_entry.effective_at',
  'lot_entry.status_from',
  'lot_entry.status_to',
  'lot_entry.sets_expiration',
  'lot_entry.expiration_from',
  'lot_entry.expiration_to',
  'lot_entry.sets_closed',
  'lot_entry.closed_from',
  'lot_entry.closed_to',
  'lot_entry.total',
] as const

interface OfRecord {
  readonly record: number
}

/** Reads what records posted, in the order in which they did. */
export const makeLoadPostings = (db: Kysely<Tables>) => {
  const stockEntriesOf = lookup((p: OfRecord) =>
    db
      .selectFrom('record_version')
      .innerJoin('stock_entry', 'stock_entry.sequence', 'record_version.sequence')
      .innerJoin('lot', 'lot.id', 'stock_entry.lot')
      .innerJoin('location', 'location.id', 'stock_entry.location')
      .select(['stock_entry.quantity', 'stock_entry.effective_at', 'lot.ulid as lot', 'location.ulid as location'])
      .select('stock_entry.location as key')
      .where('record_version.record', '=', p.record)
      .orderBy('record_version.version')
      .orderBy('stock_entry.position'),
  )
  const lotEntriesOf = lookup((p: OfRecord) =>
    db
      .selectFrom('record_version')
      .innerJoin('lot_entry', 'lot_entry.sequence', 'record_version.sequence')
      .innerJoin('lot', 'lot.id', 'lot_entry.lot')
      .select(lotEntryColumns)
      .select('lot.ulid as lot')
      .where('record_version.record', '=', p.record)
      .orderBy('record_version.version')
      .orderBy('lot_entry.position'),
  )
  const takesBackOf = lookup((p: OfRecord) =>
    db
      .selectFrom('record_version')
      .innerJoin('take_back', 'take_back.sequence', 'record_version.sequence')
      .innerJoin('lot_record', 'lot_record.id', 'take_back.consume_record')
      .select(['take_back.quantity', 'lot_record.ulid', 'lot_record.id'])
      .where('record_version.record', '=', p.record)
      .orderBy('record_version.version')
      .orderBy('take_back.position'),
  )

  function* loadPostings({ keys }: Loaded, record: number): Program<Postings> {
    const stock = yield* all(stockEntriesOf({ record }))
    const lots = yield* all(lotEntriesOf({ record }))
    const back = yield* all(takesBackOf({ record }))
    for (const { location, key } of stock) keys.locations.set(location, key)
    for (const { ulid, id } of back) keys.records.set(ulid, id)
    return {
      stockEntries: stock.map((row) => ({
        locationId: row.location,
        lotId: row.lot,
        quantity: row.quantity,
        effectiveDate: row.effective_at,
      })),
      lotEntries: lots.map((row) => lotEntryOf(row.lot, row)),
      takesBack: back.map(({ ulid, quantity }) => ({ consumeRecordId: ulid, quantity })),
    }
  }

  return { loadPostings }
}
/** What `makeLoadPostings` makes. */
export type LoadPostings = ReturnType<typeof makeLoadPostings>
