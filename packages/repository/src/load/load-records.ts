import {
  type Consumption,
  effectiveDate,
  type LotRecord,
  type LotRef,
  type LotStatus,
  type Ulid,
} from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { all, first, type Program } from '../program.ts'
import { isLive } from '../rows/live.ts'
import { recordCodec, selectRecords } from '../rows/lot-record.ts'
import { wideLookup, wideStatement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { LoadArrivals } from './load-arrivals.ts'
import type { LoadLaterRecords } from './load-later-records.ts'
import type { LoadLots } from './load-lots.ts'
import type { LoadMasterData } from './load-master-data.ts'
import type { LoadPostings } from './load-postings.ts'
import { makeLoadReferences } from './load-references.ts'
import type { Loaded } from './loaded.ts'
import { makeLotKey } from './lot-key.ts'

interface Dated extends Consumption {
  readonly sequence: number
}

const lotsOf = ({ inventoryLotId, secondaryInventoryLotId }: LotRecord): readonly Ulid[] =>
  secondaryInventoryLotId === null || secondaryInventoryLotId === inventoryLotId
    ? [inventoryLotId]
    : [inventoryLotId, secondaryInventoryLotId]

const newestFirst = (left: Dated, right: Dated): number =>
  effectiveDate(right.record) - effectiveDate(left.record) || right.sequence - left.sequence

/** Reads records into what is known, with what they posted, what they refer to and what came after them. */
export const makeLoadRecords = (
  db: Kysely<Tables>,
  parts: LoadMasterData & LoadLots & LoadArrivals & LoadPostings & LoadLaterRecords,
) => {
  const byUlid = wideLookup((p: { readonly ulid: Ulid }) => selectRecords(db).where('lot_record.ulid', '=', p.ulid))
  const openConsumptions = wideStatement((p: { readonly lot: number; readonly limit: number }) =>
    selectRecords(db)
      // The newest are found by themselves, so that names are looked up for no more of them.
      .where('lot_record.id', 'in', (query) =>
        query
          .selectFrom('lot_record as open')
          .select('open.id')
          .where('open.lot', '=', p.lot)
          .where('open.type', '=', 'CONSUME')
          .where(isLive('open'))
          .whereRef('open.quantity', '>', 'open.taken_back')
          .orderBy('open.effective_at', 'desc')
          .orderBy('open.posted_sequence', 'desc')
          .limit(p.limit),
      )
      .orderBy('lot_record.effective_at', 'desc')
      .orderBy('lot_record.posted_sequence', 'desc'),
  )
  const openConsumption = wideStatement((p: { readonly lot: number; readonly ulid: Ulid }) =>
    selectRecords(db)
      .where('lot_record.ulid', '=', p.ulid)
      .where('lot_record.lot', '=', p.lot)
      .where('lot_record.type', '=', 'CONSUME')
      .where(isLive('lot_record'))
      .whereRef('lot_record.quantity', '>', 'lot_record.taken_back'),
  )
  const lotKey = makeLotKey(db)

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
    for (const place of places) if (place !== null) yield* parts.loadArrival(loaded, { id: place })
    if (record.materialReasonCodeId !== null) yield* parts.loadReasonCode(loaded, { id: record.materialReasonCodeId })
    const postedSequence = row.get('lot_record_posted_sequence') ?? 0
    const lots = lotsOf(record)
    // Only a record with two lots can bring stock from one that is held into one that is usable, and one that gave back what was consumed.
    const freeing = lots.length > 1 || record.lotRecordType === 'UNCONSUME'
    const pair = freeing && postedSequence > 0 ? lots : []
    // Only a change of status gives a lot a later expiration date than it had.
    const newStatus = record.lotRecordType === 'STATUS_CHANGE' ? record.lotStatus : null
    const isDated = newStatus !== null && postings.lotEntries.some((e) => e.expiration !== null)
    const statusesThen = new Map<Ulid, LotStatus>()
    for (const lotId of pair) {
      const then = (yield* parts.loadStatusThen(keys, lotId, postedSequence)) ?? loaded.lots.get(lotId)?.lot.status
      if (then !== undefined) statusesThen.set(lotId, then)
    }
    loaded.records.set(id, {
      record,
      postedSequence,
      ...postings,
      takenBack: row.get('lot_record_taken_back'),
      laterPostings: yield* parts.loadLaterPostings(keys, lots, postedSequence),
      laterStatusChanges: yield* parts.loadLaterStatusChanges(keys, lots, postedSequence),
      laterConfirmations:
        newStatus === null ? [] : yield* parts.loadLaterConfirmations(keys, lots, postedSequence, newStatus),
      laterDates: isDated ? yield* parts.loadLaterDates(keys, lots, postedSequence) : [],
      laterStatusReversals: yield* parts.loadLaterStatusReversals(keys, pair, postedSequence),
      statusesThen,
      shipped: postings.stockEntries.length === 0 ? [] : yield* parts.loadShipped(keys, lots),
      takenBackBy: yield* parts.loadTakersBack(key),
    })
  }

  /** The open CONSUME records of all these lots together, newest first, no more of them than that, and none but these. */
  function* loadConsumptions(
    loaded: Loaded,
    refs: readonly LotRef[],
    upTo = Number.MAX_SAFE_INTEGER - 1,
    only?: readonly Ulid[],
  ): Program<void> {
    if (refs.length === 0) return
    const lots = new Set<number>()
    for (const ref of refs) {
      const lot = yield* lotKey(loaded, ref)
      if (lot !== undefined) lots.add(lot)
    }
    const found: Dated[] = []
    const calls = Array.from(lots, (lot) =>
      only === undefined
        ? [openConsumptions({ lot, limit: upTo + 1 })]
        : only.map((ulid) => openConsumption({ lot, ulid })),
    )
    for (const call of calls.flat())
      for (const row of yield* all(call)) {
        const record = recordCodec.read(row)
        loaded.keys.records.set(record.id, row.get('lot_record_id'))
        const open = (record.quantity ?? 0) - row.get('lot_record_taken_back')
        found.push({ record, open, sequence: row.get('lot_record_posted_sequence') ?? 0 })
      }
    if (lots.size > 1 || only !== undefined) found.sort(newestFirst)
    for (const { record, open } of found.slice(0, upTo)) loaded.consumptions.push({ record, open })
    loaded.consumptionsCut = found.length > upTo
  }

  function* loadLastStatusChanges(loaded: Loaded, lotIds: readonly Ulid[]): Program<void> {
    if (lotIds.length === 0) return
    const own = new Set(Array.from(loaded.records.keys(), (id) => loaded.keys.records.get(id) ?? 0))
    for (const lotId of new Set(lotIds)) {
      const lot = yield* lotKey(loaded, { id: lotId })
      const at = lot === undefined ? null : yield* parts.loadLastStatusChange(lotId, lot, own)
      if (at !== null) loaded.lastStatusChanges.set(lotId, at)
    }
  }

  const references = makeLoadReferences(db)
  function* loadReferences(loaded: Loaded, lotIds: readonly Ulid[]): Program<void> {
    for (const lotId of lotIds) {
      const lot = yield* lotKey(loaded, { id: lotId })
      loaded.references.set(lotId, lot === undefined ? [] : yield* references(lot))
    }
  }

  return { loadRecord, loadConsumptions, loadLastStatusChanges, loadReferences }
}
