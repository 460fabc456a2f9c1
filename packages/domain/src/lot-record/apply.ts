import type { Ulid } from '../identifiers/ulid.ts'
import { type Known, type KnownLot, type KnownRecord, rowKey, type Stamp, type Timeline } from '../known.ts'
import { withEntry } from '../layered-map.ts'
import type { InventoryRow, Lot } from '../lot/lot.ts'
import { effectiveDate, type LotEntry, type RecordVersion, type StockEntry, type TakeBack } from './lot-record.ts'

const newRow = (entry: StockEntry, stamp: Stamp): InventoryRow => ({
  id: stamp.newId(),
  locationId: entry.locationId,
  lotId: entry.lotId,
  quantity: 0,
  name: null,
  productionOrderId: null,
  productionOrderName: null,
  lastEffectiveDate: entry.effectiveDate,
  notes: null,
  enabled: true,
  spare1: null,
  spare2: null,
  spare3: null,
})

const applyStock = (item: KnownLot, entry: StockEntry, stamp: Stamp): KnownLot => {
  const row = item.rows.get(entry.locationId) ?? newRow(entry, stamp)
  return {
    lot: item.lot,
    rows: withEntry(item.rows, entry.locationId, {
      ...row,
      quantity: row.quantity + entry.quantity,
      lastEffectiveDate: Math.max(row.lastEffectiveDate, entry.effectiveDate),
    }),
  }
}

/** The lot after one of its entries. `verify` folds all entries of a lot through this same function. */
export const applyLotEntry = (lot: Lot, entry: LotEntry): Lot => ({
  ...lot,
  status: entry.status?.[1] ?? lot.status,
  expirationDate: entry.expiration === null ? lot.expirationDate : entry.expiration[1],
  closedDate: entry.closed === null ? lot.closedDate : entry.closed[1],
  totalQuantity: lot.totalQuantity + entry.total,
})

const applyLot = (item: KnownLot, entries: readonly LotEntry[], stamp: Stamp): KnownLot => ({
  lot: {
    ...entries.reduce(applyLotEntry, item.lot),
    version: item.lot.version + 1,
    modifiedDate: stamp.now,
    modifiedBy: stamp.actor,
  },
  rows: item.rows,
})

const extend = (timeline: Timeline | undefined, entry: StockEntry): Timeline => {
  if (timeline === undefined) return { entries: [entry], counts: [] }
  const { entries, counts } = timeline
  const at = entries.findLastIndex(({ effectiveDate }) => effectiveDate <= entry.effectiveDate) + 1
  const before = entries[at - 1]
  // Entries of one instant count together.
  return before?.effectiveDate === entry.effectiveDate
    ? { entries: entries.with(at - 1, { ...before, quantity: before.quantity + entry.quantity }), counts }
    : { entries: entries.toSpliced(at, 0, entry), counts }
}

const noStatuses: KnownRecord['statusesThen'] = new Map()

const knownRecord = ({ record, stockEntries, lotEntries, takesBack }: RecordVersion): KnownRecord => ({
  record,
  postedSequence: 0,
  stockEntries,
  lotEntries,
  takesBack,
  takenBack: 0,
  laterPostings: [],
  laterStatusChanges: [],
  shipped: [],
  laterConfirmations: [],
  laterDates: [],
  laterStatusReversals: [],
  statusesThen: noStatuses,
  takenBackBy: [],
})

const applyToRecords = (known: Known, version: RecordVersion): ReadonlyMap<Ulid, KnownRecord> => {
  const { record } = version
  const before = known.records.get(record.id)
  const after =
    before === undefined
      ? knownRecord(version)
      : {
          ...before,
          record,
          stockEntries: [...before.stockEntries, ...version.stockEntries],
          lotEntries: [...before.lotEntries, ...version.lotEntries],
          takesBack: [...before.takesBack, ...version.takesBack],
        }
  const records = withEntry(known.records, record.id, after)
  const original = record.reversalOf === null ? undefined : records.get(record.reversalOf)
  return original === undefined
    ? records
    : withEntry(records, original.record.id, { ...original, record: { ...original.record, reversedBy: record.id } })
}

const takenBackFrom = (takesBack: readonly TakeBack[], id: Ulid): number =>
  takesBack.reduce((sum, { consumeRecordId, quantity }) => (consumeRecordId === id ? sum + quantity : sum), 0)

const groupByLot = <A extends { readonly lotId: Ulid }>(entries: readonly A[]): Map<Ulid, A[]> => {
  const groups = new Map<Ulid, A[]>()
  for (const entry of entries) {
    const group = groups.get(entry.lotId)
    if (group === undefined) groups.set(entry.lotId, [entry])
    else group.push(entry)
  }
  return groups
}

/** What is known after stock entries. Rows that were never there begin at zero. */
export const applyStockEntries = (known: Known, entries: readonly StockEntry[], stamp: Stamp): Known => {
  if (entries.length === 0) return known
  let { lots, timelines } = known
  for (const entry of entries) {
    lots = withEntry(lots, entry.lotId, applyStock(lots.get(entry.lotId) as KnownLot, entry, stamp))
    const key = rowKey(entry.locationId, entry.lotId)
    timelines = withEntry(timelines, key, extend(timelines.get(key), entry))
  }
  return { ...known, lots, timelines }
}

/** What is known after lot entries. */
export const applyLotEntries = (known: Known, entries: readonly LotEntry[], stamp: Stamp): Known => {
  if (entries.length === 0) return known
  let { lots } = known
  for (const [lotId, own] of groupByLot(entries))
    lots = withEntry(lots, lotId, applyLot(lots.get(lotId) as KnownLot, own, stamp))
  return { ...known, lots }
}

const consumptionsAfter = (
  known: Known,
  { record, takesBack }: RecordVersion,
  posts: boolean,
): Known['consumptions'] => {
  const rest =
    takesBack.length === 0
      ? known.consumptions
      : known.consumptions.map((item) => ({
          record: item.record,
          open: item.open - takenBackFrom(takesBack, item.record.id),
        }))
  if (!posts || record.lotRecordType !== 'CONSUME') return rest
  const consumption = { record, open: record.quantity ?? 0 }
  const at = rest.findIndex((item) => effectiveDate(item.record) <= effectiveDate(record))
  return at === -1 ? [...rest, consumption] : rest.toSpliced(at, 0, consumption)
}

const timelinesAfter = (known: Known, { record }: RecordVersion, posts: boolean): Known['timelines'] => {
  if (record.lotRecordType !== 'EDIT' || record.sourceLocationId === null) return known.timelines
  const key = rowKey(record.sourceLocationId, record.inventoryLotId)
  const { entries, counts } = known.timelines.get(key) ?? { entries: [], counts: [] }
  if (record.reversalOf !== null) {
    // A count that is taken back says nothing any more.
    const rest = counts.filter(({ recordId }) => recordId !== record.reversalOf)
    return withEntry(known.timelines, key, { entries, counts: rest })
  }
  if (!posts) return known.timelines
  // It has no sequence yet, and is later than everything that has one.
  const count = { recordId: record.id, sequence: Number.MAX_SAFE_INTEGER, effectiveDate: effectiveDate(record) }
  return withEntry(known.timelines, key, { entries, counts: [...counts, count] })
}

const statusChangesAfter = (
  known: Known,
  { record, lotEntries }: RecordVersion,
  posts: boolean,
): Known['lastStatusChanges'] => {
  const changed = posts ? lotEntries.filter(({ status }) => status !== null && status[0] !== status[1]) : []
  if (changed.length === 0) return known.lastStatusChanges
  const last = new Map(known.lastStatusChanges)
  for (const { lotId } of changed) last.set(lotId, Math.max(last.get(lotId) ?? 0, effectiveDate(record)))
  return last
}

/** A lot is as old as its first entry, and a split child as its original, also where both happen in one change. */
const agesAfter = (known: Known, { record, stockEntries }: RecordVersion, posts: boolean): Known['ages'] => {
  let { ages } = known
  if (!posts) return ages
  const at = effectiveDate(record)
  const child = record.lotRecordType === 'SPLIT' ? record.secondaryInventoryLotId : null
  for (const { lotId } of stockEntries)
    if (lotId !== child && at < (ages.get(lotId) ?? Number.POSITIVE_INFINITY)) ages = withEntry(ages, lotId, at)
  const original = ages.get(record.inventoryLotId)
  return child === null || original === undefined ? ages : withEntry(ages, child, original)
}

/**
 * What is known once the record itself stands, and what it takes back is counted. What posts here for the first time is
 * known to what follows in the same change: a consumption may be taken back, a count and a change of status hold.
 */
export const applyRecord = (known: Known, version: RecordVersion): Known => {
  const { record } = version
  const posts = record.posted && record.reversalOf === null && known.records.get(record.id)?.record.posted !== true
  return {
    ...known,
    records: applyToRecords(known, version),
    consumptions: consumptionsAfter(known, version, posts),
    timelines: timelinesAfter(known, version, posts),
    lastStatusChanges: statusChangesAfter(known, version, posts),
    ages: agesAfter(known, version, posts),
  }
}

/** What is known after a version is written. With its parts, the only place where a quantity, a status or a total changes. */
export const apply = (known: Known, version: RecordVersion, stamp: Stamp): Known =>
  applyRecord(
    applyLotEntries(applyStockEntries(known, version.stockEntries, stamp), version.lotEntries, stamp),
    version,
  )
