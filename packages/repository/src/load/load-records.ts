import type { LotRecord, Ulid } from '@lotbook/domain'
import { type Kysely, sql } from 'kysely'
import { all, first, type Program } from '../program.ts'
import { isLive } from '../rows/live.ts'
import { recordCodec, selectRecords } from '../rows/lot-record.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { LoadLaterRecords } from './load-later-records.ts'
import type { LoadLots } from './load-lots.ts'
import type { LoadMasterData } from './load-master-data.ts'
import type { LoadPostings } from './load-postings.ts'
import type { Loaded } from './loaded.ts'

const lotsOf = ({ inventoryLotId, secondaryInventoryLotId }: LotRecord): readonly Ulid[] =>
  secondaryInventoryLotId === null || secondaryInventoryLotId === inventoryLotId
    ? [inventoryLotId]
    : [inventoryLotId, secondaryInventoryLotId]

/** Reads records into what is known, with what they posted, what they refer to and what came after them. */
export const makeLoadRecords = (
  db: Kysely<Tables>,
  parts: LoadMasterData & LoadLots & LoadPostings & LoadLaterRecords,
) => {
  const byUlid = statement((p: { readonly ulid: Ulid }) => selectRecords(db).where('lot_record.ulid', '=', p.ulid))
  const openConsumptions = statement((p: { readonly lot: number }) =>
    selectRecords(db)
      .where('lot_record.lot', '=', p.lot)
      .where('lot_record.type', '=', 'CONSUME')
      .where(isLive('lot_record'))
      .whereRef('lot_record.quantity', '>', 'lot_record.taken_back')
      .orderBy('lot_record.effective_at', 'desc')
      .orderBy('lot_record.posted_sequence', 'desc'),
  )
  const lotKey = statement((p: { readonly ulid: Ulid }) =>
    db.selectFrom('lot').select('id').where('ulid', '=', p.ulid),
  )

  /** The surrogate key of a lot, be it loaded or not. */
  function* keyOfLot({ keys }: Loaded, ulid: Ulid): Program<number | undefined> {
    return keys.lots.get(ulid) ?? (yield* first(lotKey({ ulid })))?.id
  }

  function* loadRecord(loaded: Loaded, id: Ulid): Program<void> {
    if (loaded.records.has(id)) return
    const row = yield* first(byUlid({ ulid: id }))
    if (row === undefined) return
    const { keys } = loaded
    const record = recordCodec.read(row)
    const key = row.lot_record_id
    keys.records.set(id, key)
    for (const lotId of lotsOf(record)) yield* parts.loadLot(loaded, { id: lotId })
    const postings = yield* parts.loadPostings(loaded, key)
    const places = [record.sourceLocationId, record.destinationLocationId, ...postings.stockEntries.map((e) => e.locationId)]
    for (const place of places) if (place !== null) yield* parts.loadLocation(loaded, { id: place })
    if (record.materialReasonCodeId !== null) yield* parts.loadReasonCode(loaded, { id: record.materialReasonCodeId })
    const postedSequence = row.lot_record_posted_sequence ?? 0
    loaded.records.set(id, {
      record,
      postedSequence,
      ...postings,
      takenBack: row.lot_record_taken_back,
      laterPostings: yield* parts.loadLaterPostings(keys, lotsOf(record), postedSequence),
      laterStatusChanges: yield* parts.loadLaterStatusChanges(keys, lotsOf(record), postedSequence),
      takenBackBy: yield* parts.loadTakersBack(key),
    })
  }

  function* loadConsumptions(loaded: Loaded, lotIds: readonly Ulid[]): Program<void> {
    for (const lotId of new Set(lotIds)) {
      const lot = yield* keyOfLot(loaded, lotId)
      if (lot === undefined) continue
      for (const row of yield* all(openConsumptions({ lot }))) {
        const record = recordCodec.read(row)
        loaded.keys.records.set(record.id, row.lot_record_id)
        loaded.consumptions.push({ record, open: (record.quantity ?? 0) - row.lot_record_taken_back })
      }
    }
  }

  function* loadLastStatusChanges(loaded: Loaded, lotIds: readonly Ulid[]): Program<void> {
    for (const lotId of new Set(lotIds)) {
      const lot = yield* keyOfLot(loaded, lotId)
      const at = lot === undefined ? null : yield* parts.loadLastStatusChange(lot)
      if (at !== null) loaded.lastStatusChanges.set(lotId, at)
    }
  }

  const references = makeReferences(db)
  function* loadReferences(loaded: Loaded, lotIds: readonly Ulid[]): Program<void> {
    for (const lotId of lotIds) {
      const lot = yield* keyOfLot(loaded, lotId)
      loaded.references.set(lotId, lot === undefined ? [] : yield* references(lot))
    }
  }

  return { loadRecord, loadConsumptions, loadLastStatusChanges, loadReferences }
}

const greatestList = 1000

const makeReferences = (db: Kysely<Tables>) => {
  const role = (name: 'inventory_lot_id' | 'secondary_inventory_lot_id') =>
    [sql<string>`'inventory_lot_records'`.as('tableName'), sql<string>`${sql.lit(name)}`.as('fkColName')] as const
  interface OfLot {
    readonly lot: number
  }
  const primary = statement((p: OfLot) =>
    db
      .selectFrom('lot_record')
      .select(role('inventory_lot_id'))
      .select('ulid as id')
      .where('lot', '=', p.lot)
      .orderBy('lot_record.id')
      .limit(greatestList),
  )
  const secondary = statement((p: OfLot) =>
    db
      .selectFrom('lot_record')
      .select(role('secondary_inventory_lot_id'))
      .select('ulid as id')
      .where('secondary_lot', '=', p.lot)
      .orderBy('lot_record.id')
      .limit(greatestList),
  )
  // An earlier version counts: it stays readable, and it shows the lot's name.
  const former = statement((p: OfLot) =>
    db
      .selectFrom('former_lot')
      .innerJoin('lot_record', 'lot_record.id', 'former_lot.record')
      .select([sql<string>`'inventory_lot_records'`.as('tableName'), 'former_lot.role as fkColName'])
      .select('lot_record.ulid as id')
      .where('former_lot.lot', '=', p.lot)
      .orderBy('former_lot.record')
      .limit(greatestList),
  )
  const rows = statement((p: OfLot) =>
    db
      .selectFrom('inventory')
      .select([sql<string>`'inventory'`.as('tableName'), sql<string>`'lot_id'`.as('fkColName'), 'ulid as id'])
      .where('lot', '=', p.lot)
      .orderBy('location')
      .limit(greatestList),
  )
  return function* (lot: number) {
    return [
      ...(yield* all(primary({ lot }))),
      ...(yield* all(secondary({ lot }))),
      ...(yield* all(former({ lot }))),
      ...(yield* all(rows({ lot }))),
    ]
  }
}
