import type { LotEntry, StockEntry, TakeBack, Ulid, Verifier } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { lotEntryColumns, lotEntryOf } from '../load/load-postings.ts'
import { all, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'

interface Range {
  readonly after: number
  readonly upTo: number
}

interface Posted {
  readonly stockEntries: StockEntry[]
  readonly lotEntries: LotEntry[]
  readonly takesBack: TakeBack[]
  readonly records: Set<number>
}

const nothing: Posted = { stockEntries: [], lotEntries: [], takesBack: [], records: new Set() }

const beyondAll = Number.MAX_SAFE_INTEGER
// What an entry refers to may be gone, where somebody has been at the tables. It then differs from every content.
const gone = '' as Ulid

/** Tells a verifier every version with the rows made from it, and the rows that no version has. */
export const makeStoredVersions = (db: Kysely<Tables>, pageSize: number) => {
  const versions = statement((p: { readonly after: number }) =>
    db
      .selectFrom('record_version')
      .leftJoin('lot_record', 'lot_record.id', 'record_version.record')
      .select(['record_version.sequence', 'record_version.record', 'record_version.version'])
      .select([
        'record_version.content',
        'record_version.hash',
        'record_version.known_at as knownDate',
        'lot_record.ulid',
      ])
      .where('record_version.sequence', '>', p.after)
      .orderBy('record_version.sequence')
      .limit(pageSize),
  )
  const stock = statement((p: Range) =>
    db
      .selectFrom('stock_entry')
      .leftJoin('location', 'location.id', 'stock_entry.location')
      .leftJoin('lot', 'lot.id', 'stock_entry.lot')
      .select(['stock_entry.sequence', 'stock_entry.record', 'location.ulid as location', 'lot.ulid as lot'])
      .select(['stock_entry.quantity', 'stock_entry.effective_at'])
      .where('stock_entry.sequence', '>', p.after)
      .where('stock_entry.sequence', '<=', p.upTo)
      .orderBy('stock_entry.sequence')
      .orderBy('stock_entry.position'),
  )
  const lots = statement((p: Range) =>
    db
      .selectFrom('lot_entry')
      .leftJoin('lot', 'lot.id', 'lot_entry.lot')
      .select(['lot_entry.sequence', 'lot_entry.record', 'lot.ulid as lot'])
      .select(lotEntryColumns)
      .where('lot_entry.sequence', '>', p.after)
      .where('lot_entry.sequence', '<=', p.upTo)
      .orderBy('lot_entry.sequence')
      .orderBy('lot_entry.position'),
  )
  const back = statement((p: Range) =>
    db
      .selectFrom('take_back')
      .leftJoin('lot_record', 'lot_record.id', 'take_back.consume_record')
      .select(['take_back.sequence', 'take_back.record', 'take_back.quantity', 'lot_record.ulid as consumed'])
      .where('take_back.sequence', '>', p.after)
      .where('take_back.sequence', '<=', p.upTo)
      .orderBy('take_back.sequence')
      .orderBy('take_back.position'),
  )

  function* postedIn(range: Range): Program<Map<number, Posted>> {
    const bySequence = new Map<number, Posted>()
    const at = ({ sequence, record }: { readonly sequence: number; readonly record: number }): Posted => {
      const posted = bySequence.get(sequence) ?? { stockEntries: [], lotEntries: [], takesBack: [], records: new Set() }
      bySequence.set(sequence, posted)
      posted.records.add(record)
      return posted
    }
    for (const row of yield* all(stock(range)))
      at(row).stockEntries.push({
        locationId: row.location ?? gone,
        lotId: row.lot ?? gone,
        quantity: row.quantity,
        effectiveDate: row.effective_at,
      })
    for (const row of yield* all(lots(range))) at(row).lotEntries.push(lotEntryOf(row.lot ?? gone, row))
    for (const row of yield* all(back(range)))
      at(row).takesBack.push({ consumeRecordId: row.consumed ?? gone, quantity: row.quantity })
    return bySequence
  }

  return function* storedVersions(verifier: Verifier): Program<void> {
    let after = 0
    while (true) {
      const page = yield* all(versions({ after }))
      const isLast = page.length < pageSize
      const upTo = isLast ? beyondAll : (page.at(-1)?.sequence ?? beyondAll)
      const posted = yield* postedIn({ after, upTo })
      for (const { sequence, record, ulid, ...version } of page) {
        const { records, ...entries } = posted.get(sequence) ?? nothing
        posted.delete(sequence)
        const entriesOfRecord = records.size === 0 || (records.size === 1 && records.has(record))
        verifier.version({ ...version, ...entries, sequence, recordId: ulid, entriesOfRecord })
      }
      for (const sequence of posted.keys()) verifier.stray(sequence)
      if (isLast) return
      after = upTo
    }
  }
}
