import {
  canonicalContent,
  chainHash,
  effectiveDate,
  type LotEntry,
  type LotRecord,
  type RecordVersion,
  type Sha256,
  type StockEntry,
  type TakeBack,
} from '@lotbook/domain'
import type { Kysely } from 'kysely'
import type { LedgerHead } from '../ledger-head.ts'
import type { Keys, Loaded } from '../load/loaded.ts'
import { execute, first, type Program } from '../program.ts'
import { bit } from '../rows/codec.ts'
import { recordCodec } from '../rows/lot-record.ts'
import { insertion, insertionWithKey, statement, updating } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { KeyOf } from './keys.ts'

interface Place {
  readonly sequence: number
  readonly record: number
}

interface Lots {
  readonly lot: number
  readonly secondary_lot: number | null
}

const referring = [
  'lot',
  'secondary_lot',
  'source',
  'destination',
  'reason_code',
  'reversal_of',
  'consume_record',
  'effective_at',
  'sequence',
] as const

/** Appends versions to the chain, with what they posted, and brings the records up to them. */
export const makeSaveVersions = (db: Kysely<Tables>, sha256: Sha256, { keyOf, keyOrNull }: KeyOf) => {
  const columns = [...recordCodec.columns, ...referring] as const
  const insertRecord = insertionWithKey(db, 'lot_record', [...columns, 'posted_sequence', 'taken_back'])
  const updateRecord = updating(db, 'lot_record', [...columns, 'posted_sequence'], ['id'])
  const present = statement((p: { readonly id: number }) =>
    db.selectFrom('lot_record').select(['lot', 'secondary_lot', 'posted_sequence']).where('id', '=', p.id),
  )
  const rememberFormerLots = makeFormerLots(db)
  const reverse = updating(db, 'lot_record', ['reversed_by'], ['id'])
  const takeBack = statement((p: { readonly id: number; readonly quantity: number }) =>
    db
      .updateTable('lot_record')
      .set((value) => ({ taken_back: value('taken_back', '+', p.quantity) }))
      .where('id', '=', p.id),
  )
  const insertVersion = insertion(db, 'record_version', ['sequence', 'record', 'version', 'content', 'hash'])
  const insertStockEntry = insertion(db, 'stock_entry', [
    'sequence',
    'position',
    'record',
    'location',
    'lot',
    'quantity',
    'effective_at',
  ])
  const insertLotEntry = insertion(db, 'lot_entry', [
    'sequence',
    'position',
    'record',
    'lot',
    'effective_at',
    'status_from',
    'status_to',
    'sets_expiration',
    'expiration_from',
    'expiration_to',
    'sets_closed',
    'closed_from',
    'closed_to',
    'total',
  ])
  const insertTakeBack = insertion(db, 'take_back', ['sequence', 'position', 'record', 'consume_record', 'quantity'])

  function* saveRecord(keys: Keys, record: LotRecord, sequence: number): Program<number> {
    const row = {
      ...recordCodec.write(record),
      lot: yield* keyOf(keys, 'lots', record.inventoryLotId),
      secondary_lot: yield* keyOrNull(keys, 'lots', record.secondaryInventoryLotId),
      source: yield* keyOrNull(keys, 'locations', record.sourceLocationId),
      destination: yield* keyOrNull(keys, 'locations', record.destinationLocationId),
      reason_code: yield* keyOrNull(keys, 'reasonCodes', record.materialReasonCodeId),
      reversal_of: yield* keyOrNull(keys, 'records', record.reversalOf),
      consume_record: yield* keyOrNull(keys, 'records', record.consumeRecordId),
      effective_at: effectiveDate(record),
      sequence,
    }
    const posts = record.posted ? sequence : null
    const id = keys.records.get(record.id)
    const before = id === undefined ? undefined : yield* first(present({ id }))
    if (id === undefined || before === undefined) {
      const made = yield* first(insertRecord({ ...row, posted_sequence: posts, taken_back: 0 }))
      if (made === undefined) throw new Error('an inserted record has no key')
      keys.records.set(record.id, made.id)
      return made.id
    }
    yield* rememberFormerLots(id, before, row)
    yield* execute(updateRecord({ ...row, id, posted_sequence: before.posted_sequence ?? posts }))
    return id
  }

  function* saveStockEntry(keys: Keys, place: Place, entry: StockEntry, position: number): Program<void> {
    const location = yield* keyOf(keys, 'locations', entry.locationId)
    const lot = yield* keyOf(keys, 'lots', entry.lotId)
    const { quantity } = entry
    yield* execute(insertStockEntry({ ...place, position, location, lot, quantity, effective_at: entry.effectiveDate }))
  }

  function* saveLotEntry(keys: Keys, place: Place, entry: LotEntry, position: number): Program<void> {
    yield* execute(
      insertLotEntry({
        ...place,
        position,
        lot: yield* keyOf(keys, 'lots', entry.lotId),
        effective_at: entry.effectiveDate,
        status_from: entry.status?.[0] ?? null,
        status_to: entry.status?.[1] ?? null,
        sets_expiration: bit(entry.expiration !== null),
        expiration_from: entry.expiration?.[0] ?? null,
        expiration_to: entry.expiration?.[1] ?? null,
        sets_closed: bit(entry.closed !== null),
        closed_from: entry.closed?.[0] ?? null,
        closed_to: entry.closed?.[1] ?? null,
        total: entry.total,
      }),
    )
  }

  function* saveTakeBack(keys: Keys, place: Place, back: TakeBack, position: number): Program<void> {
    const { quantity } = back
    const consumed = yield* keyOf(keys, 'records', back.consumeRecordId)
    yield* execute(insertTakeBack({ ...place, position, consume_record: consumed, quantity }))
    yield* execute(takeBack({ id: consumed, quantity }))
  }

  function* saveVersion({ keys }: Loaded, version: RecordVersion, before: LedgerHead): Program<LedgerHead> {
    const sequence = before.count + 1
    const content = canonicalContent(version)
    const hash = chainHash(sha256, before.head, sequence, content)
    const record = yield* saveRecord(keys, version.record, sequence)
    const place: Place = { sequence, record }
    yield* execute(insertVersion({ ...place, version: version.record.version, content, hash }))
    for (const [position, entry] of version.stockEntries.entries()) yield* saveStockEntry(keys, place, entry, position)
    for (const [position, entry] of version.lotEntries.entries()) yield* saveLotEntry(keys, place, entry, position)
    for (const [position, back] of version.takesBack.entries()) yield* saveTakeBack(keys, place, back, position)
    const { reversalOf } = version.record
    if (reversalOf !== null)
      yield* execute(reverse({ id: yield* keyOf(keys, 'records', reversalOf), reversed_by: record }))
    return { ...before, count: sequence, head: hash }
  }

  /** Writes the versions in their order; what comes back is the head after the last. */
  return function* saveVersions(
    loaded: Loaded,
    versions: readonly RecordVersion[],
    before: LedgerHead,
  ): Program<LedgerHead> {
    let head = before
    for (const version of versions) head = yield* saveVersion(loaded, version, head)
    return head
  }
}

// A record that has not posted may be given other lots. Its earlier versions go on naming the ones before, which
// therefore must stay.
const makeFormerLots = (db: Kysely<Tables>) => {
  const insert = insertion(db, 'former_lot', ['lot', 'record', 'role'])
  const remembered = statement((p: { readonly lot: number; readonly record: number; readonly role: string }) =>
    db
      .selectFrom('former_lot')
      .select('lot')
      .where('lot', '=', p.lot)
      .where('record', '=', p.record)
      .where((where) => where.cast<string>('role', 'text'), '=', p.role),
  )
  return function* (id: number, before: Lots, after: Lots): Program<void> {
    const left = [
      { lot: before.lot, now: after.lot, role: 'inventory_lot_id' },
      { lot: before.secondary_lot, now: after.secondary_lot, role: 'secondary_inventory_lot_id' },
    ]
    for (const { lot: former, now, role } of left) {
      if (former === null || former === now) continue
      const row = { lot: former, record: id, role }
      if ((yield* first(remembered(row))) === undefined) yield* execute(insert(row))
    }
  }
}
