import type { LotEntry, RecordVersion } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import type { Keys } from '../load/loaded.ts'
import { execute, type Program } from '../program.ts'
import { bit } from '../rows/codec.ts'
import { insertion, statement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import { keyIn } from './keys.ts'

interface Place {
  readonly sequence: number
  readonly record: number
}

const lotEntryValues = (entry: LotEntry) => ({
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
})

/** Appends what a version posted: stock entries, lot entries, and what it takes back of CONSUME records. */
export const makeSaveEntries = (db: Kysely<Tables>) => {
  const place = ['sequence', 'position', 'record'] as const
  const insertStockEntry = insertion(db, 'stock_entry', [...place, 'location', 'lot', 'quantity', 'effective_at'])
  const insertLotEntry = insertion(db, 'lot_entry', [
    ...place,
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
  const insertTakeBack = insertion(db, 'take_back', [...place, 'consume_record', 'quantity'])
  const takeBack = statement((p: { readonly id: number; readonly quantity: number }) =>
    db
      .updateTable('lot_record')
      .set((value) => ({ taken_back: value('taken_back', '+', p.quantity) }))
      .where('id', '=', p.id),
  )

  return function* saveEntries(keys: Keys, { sequence, record }: Place, version: RecordVersion): Program<void> {
    let position = 0
    for (const { locationId, lotId, quantity, effectiveDate } of version.stockEntries) {
      const location = keyIn(keys.locations, locationId)
      const lot = keyIn(keys.lots, lotId)
      const at = effectiveDate
      yield* execute(insertStockEntry({ sequence, position, record, location, lot, quantity, effective_at: at }))
      position += 1
    }
    position = 0
    for (const entry of version.lotEntries) {
      const lot = keyIn(keys.lots, entry.lotId)
      yield* execute(insertLotEntry({ sequence, position, record, lot, ...lotEntryValues(entry) }))
      position += 1
    }
    position = 0
    for (const { consumeRecordId, quantity } of version.takesBack) {
      const consumed = keyIn(keys.records, consumeRecordId)
      yield* execute(insertTakeBack({ sequence, position, record, consume_record: consumed, quantity }))
      yield* execute(takeBack({ id: consumed, quantity }))
      position += 1
    }
  }
}
