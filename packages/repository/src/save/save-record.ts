import { effectiveDate, type LotRecord } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import type { Keys } from '../load/loaded.ts'
import { execute, first, type Program } from '../program.ts'
import { inserting, updatingEntity } from '../rows/entity-statements.ts'
import { recordCodec } from '../rows/lot-record.ts'
import { insertion, statement } from '../statement.ts'
import type { FormerLotTable, Tables } from '../tables.ts'
import { keyIn, keyOrNull } from './keys.ts'
import type { SaveLinks } from './save-links.ts'

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
  'posted_sequence',
] as const

/** Brings a record's row up to its latest version. What others say of it (reversed, taken back) is left alone. */
export const makeSaveRecord = (db: Kysely<Tables>, { link, unlink }: SaveLinks) => {
  const insertRecord = inserting(db, 'lot_record', recordCodec, ['id', ...referring, 'taken_back'])
  const updateRecord = updatingEntity(db, 'lot_record', recordCodec, referring, ['id'])
  const present = statement((p: { readonly id: number }) =>
    db
      .selectFrom('lot_record')
      .select(['lot', 'secondary_lot', 'posted_sequence', 'taken_back', 'reversed_by'])
      .where('id', '=', p.id),
  )
  const rememberFormerLots = makeFormerLots(db)

  return function* saveRecord(keys: Keys, record: LotRecord, sequence: number): Program<number> {
    const references = {
      lot: keyIn(keys.lots, record.inventoryLotId),
      secondary_lot: keyOrNull(keys.lots, record.secondaryInventoryLotId),
      source: keyOrNull(keys.locations, record.sourceLocationId),
      destination: keyOrNull(keys.locations, record.destinationLocationId),
      reason_code: keyOrNull(keys.reasonCodes, record.materialReasonCodeId),
      reversal_of: keyOrNull(keys.records, record.reversalOf),
      consume_record: keyOrNull(keys.records, record.consumeRecordId),
      effective_at: effectiveDate(record),
      sequence,
      posted_sequence: record.posted ? sequence : null,
    }
    if (record.version === 1) {
      // Its key is the sequence of its first version: nobody else has that, and nobody has to ask the database for it.
      // Keys that the database gave, in earlier releases, are no greater than the sequences of their time.
      yield* execute(insertRecord(record, { id: sequence, taken_back: 0, ...references }))
      keys.records.set(record.id, sequence)
      yield* link(keys, record, sequence, 0)
      return sequence
    }
    const id = keyIn(keys.records, record.id)
    const before = yield* first(present({ id }))
    if (before === undefined) throw new Error(`lot record ${record.id} is no more`)
    yield* rememberFormerLots(id, before, references)
    const posted_sequence = before.posted_sequence ?? references.posted_sequence
    yield* execute(updateRecord(record, { id, ...references, posted_sequence }))
    yield* unlink({ record: id, lot: before.lot, secondaryLot: before.secondary_lot })
    // In a restore the record does not say so itself: its reversal came before this version.
    if (before.reversed_by === null) yield* link(keys, record, id, before.taken_back)
    return id
  }
}

// A record that has not posted may be given other lots. Its earlier versions go on naming the ones before, which
// therefore must stay.
const makeFormerLots = (db: Kysely<Tables>) => {
  const insert = insertion(db, 'former_lot', ['lot', 'record', 'role'])
  const remembered = statement((p: FormerLotTable) =>
    db
      .selectFrom('former_lot')
      .select('lot')
      .where('lot', '=', p.lot)
      .where('record', '=', p.record)
      .where('role', '=', p.role),
  )
  return function* (record: number, before: Lots, after: Lots): Program<void> {
    const roles = [
      { lot: before.lot, now: after.lot, role: 'inventory_lot_id' },
      { lot: before.secondary_lot, now: after.secondary_lot, role: 'secondary_inventory_lot_id' },
    ] as const
    for (const { lot, now, role } of roles) {
      if (lot === null || lot === now) continue
      const row = { lot, record, role }
      if ((yield* first(remembered(row))) === undefined) yield* execute(insert(row))
    }
  }
}
