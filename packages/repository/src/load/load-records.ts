import type { LotRecord, Ulid } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { all, first, type Program } from '../program.ts'
import { isLive } from '../rows/live.ts'
import { recordCodec, selectRecords } from '../rows/lot-record.ts'
import { statement, wideStatement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { LoadLaterRecords } from './load-later-records.ts'
import type { LoadLots } from './load-lots.ts'
import type { LoadMasterData } from './load-master-data.ts'
import type { LoadPostings } from './load-postings.ts'
import { makeLoadReferences } from './load-references.ts'
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
  const byUlid = wideStatement((p: { readonly ulid: Ulid }) => selectRecords(db).where('lot_record.ulid', '=', p.ulid))
  const openConsumptions = wideStatement((p: { readonly lot: number }) =>
    selectRecords(db)
      .where('lot_record.lot', '=', p.lot)
      .where('lot_record.type', '=', 'CONSUME')
      .where(isLive('lot_record'))
      .whereRef('lot_record.quantity', '>', 'lot_record.taken_back')
      .orderBy('lot_record.effective_at', 'desc')
      .orderBy('lot_record.posted_sequence', 'desc'),
  )
  const lotKey = statement((p: { readonly ulid: Ulid }) => db.selectFrom('lot').select('id').where('ulid', '=', p.ulid))

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
    const key = row.get('lot_record_id')
    keys.records.set(id, key)
    for (const lotId of lotsOf(record)) yield* parts.loadLot(loaded, { id: lotId })
    const postings = yield* parts.loadPostings(loaded, key)
    const places = [
      record.sourceLocationId,
      record.destinationLocationId,
      ...postings.stockEntries.map((e) => e.locationId),
    ]
    for (const place of places) if (place !== null) yield* parts.loadLocation(loaded, { id: place })
    if (record.materialReasonCodeId !== null) yield* parts.loadReasonCode(loaded, { id: record.materialReasonCodeId })
    const postedSequence = row.get('lot_record_posted_sequence') ?? 0
    loaded.records.set(id, {
      record,
      postedSequence,
      ...postings,
      takenBack: row.get('lot_record_taken_back'),
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
        loaded.keys.records.set(record.id, row.get('lot_record_id'))
        loaded.consumptions.push({ record, open: (record.quantity ?? 0) - row.get('lot_record_taken_back') })
      }
    }
  }

  function* loadLastStatusChanges(loaded: Loaded, lotIds: readonly Ulid[]): Program<void> {
    const own = new Set(Array.from(loaded.records.keys(), (id) => loaded.keys.records.get(id) ?? 0))
    for (const lotId of new Set(lotIds)) {
      const lot = yield* keyOfLot(loaded, lotId)
      const at = lot === undefined ? null : yield* parts.loadLastStatusChange(lot, own)
      if (at !== null) loaded.lastStatusChanges.set(lotId, at)
    }
  }

  const references = makeLoadReferences(db)
  function* loadReferences(loaded: Loaded, lotIds: readonly Ulid[]): Program<void> {
    for (const lotId of lotIds) {
      const lot = yield* keyOfLot(loaded, lotId)
      loaded.references.set(lotId, lot === undefined ? [] : yield* references(lot))
    }
  }

  return { loadRecord, loadConsumptions, loadLastStatusChanges, loadReferences }
}
