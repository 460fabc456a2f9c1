import type { Ulid } from '../../identifiers/ulid.ts'
import type { Consumption, Known, KnownRecord, LaterRecord } from '../../known.ts'
import type { LotStatus } from '../../lot/lot-status.ts'
import { effectiveDate, type LotEntry, type LotRecord, type TakeBack } from '../../lot-record/lot-record.ts'
import type { Quantity } from '../../quantity/quantity.ts'
import { type Instant, lastInstant } from '../../time/instant.ts'
import { byTime } from './load-timelines.ts'
import { historiesOf, isLive, type RecordHistory, type Tables } from './tables.ts'

const lotsOf = ({ inventoryLotId, secondaryInventoryLotId }: LotRecord): readonly Ulid[] =>
  secondaryInventoryLotId === null || secondaryInventoryLotId === inventoryLotId
    ? [inventoryLotId]
    : [inventoryLotId, secondaryInventoryLotId]

/** Every location that a record names or posted to. */
export const placesOf = ({ record, versions }: RecordHistory): readonly (Ulid | null)[] => [
  record.sourceLocationId,
  record.destinationLocationId,
  ...versions.flatMap(({ version }) => version.stockEntries.map(({ locationId }) => locationId)),
]

const hasStockEntryOf =
  (lotId: Ulid) =>
  ({ versions }: RecordHistory): boolean =>
    versions.some(({ version }) => version.stockEntries.some((entry) => entry.lotId === lotId))

const changesStatus = ({ status }: LotEntry): boolean => status !== null && status[0] !== status[1]

const changedStatusOf =
  (lotId: Ulid) =>
  ({ versions }: RecordHistory): boolean =>
    versions.some(({ version }) => version.lotEntries.some((entry) => entry.lotId === lotId && changesStatus(entry)))

const datedOf =
  (lotId: Ulid) =>
  ({ versions }: RecordHistory): boolean =>
    versions.some(({ version }) =>
      version.lotEntries.some((entry) => entry.lotId === lotId && entry.expiration !== null),
    )

/** Only a change of status gives a lot a later date than it had. */
const isDated = (history: RecordHistory): boolean =>
  history.record.lotRecordType === 'STATUS_CHANGE' && datedOf(history.record.inventoryLotId)(history)

const confirmedOf =
  (confirmed: LotStatus | null) =>
  (lotId: Ulid) =>
  ({ versions }: RecordHistory): boolean =>
    versions.some(({ version }) =>
      version.lotEntries.some(
        ({ lotId: id, status }) => id === lotId && status?.[0] === confirmed && status[1] === confirmed,
      ),
    )

const shippedOf = (tables: Tables, { record, versions }: RecordHistory): KnownRecord['shipped'] =>
  versions.every(({ version }) => version.stockEntries.length === 0)
    ? []
    : lotsOf(record).flatMap((lotId) =>
        historiesOf(tables, lotId)
          .filter(isLive)
          .flatMap((history) =>
            history.versions.flatMap(({ version, sequence }) =>
              version.lotEntries
                .filter((entry) => entry.lotId === lotId && changesStatus(entry) && entry.status?.[1] === 'SHIPPED')
                .map((entry) => ({ id: history.record.id, lotId, from: entry.status?.[0] ?? 'SHIPPED', sequence })),
            ),
          )
          .sort((left, right) => left.sequence - right.sequence)
          .map(({ id, from }) => ({ id, lotId, from })),
      )

const isReversal = ({ record }: RecordHistory): boolean => record.reversalOf !== null

const laterRecords = (
  tables: Tables,
  { record, postedSequence }: RecordHistory,
  concerns: (lotId: Ulid) => (history: RecordHistory) => boolean,
  which = isLive,
): readonly LaterRecord[] => {
  // What has not posted has nothing that a later record could stand in the way of.
  if (postedSequence === 0) return []
  return lotsOf(record)
    .flatMap((lotId) =>
      historiesOf(tables, lotId)
        .filter((later) => which(later) && later.postedSequence > postedSequence)
        .filter(concerns(lotId))
        .map((later) => ({ lotId, later })),
    )
    .sort((left, right) => left.later.postedSequence - right.later.postedSequence)
    .map(({ lotId, later }) => ({ id: later.record.id, lotRecordType: later.record.lotRecordType, lotId }))
}

const mayFree = ({ record }: RecordHistory): boolean =>
  lotsOf(record).length > 1 || record.lotRecordType === 'UNCONSUME'

/** What the first change since says that the status was; the status of now where it never changed. */
const statusThen = (tables: Tables, lotId: Ulid, postedSequence: number): LotStatus | undefined => {
  const since = historiesOf(tables, lotId)
    .flatMap(({ versions }) => versions)
    .filter(({ sequence }) => sequence >= postedSequence)
    .sort((left, right) => left.sequence - right.sequence)
    .flatMap(({ version }) => version.lotEntries)
  const first = since.find((entry) => entry.lotId === lotId && entry.status !== null)
  return first?.status?.[0] ?? tables.lots.get(lotId)?.lot.status
}

const statusesThen = (tables: Tables, history: RecordHistory): ReadonlyMap<Ulid, LotStatus> =>
  history.postedSequence === 0 || !mayFree(history)
    ? new Map()
    : new Map(
        lotsOf(history.record).flatMap((lotId) => {
          const status = statusThen(tables, lotId, history.postedSequence)
          return status === undefined ? [] : [[lotId, status] as const]
        }),
      )

const takesBackOf = ({ versions }: RecordHistory): readonly TakeBack[] =>
  versions.flatMap(({ version }) => version.takesBack)

const takenBackBy = (history: RecordHistory, consumeRecordId: Ulid): Quantity =>
  takesBackOf(history).reduce((sum, back) => (back.consumeRecordId === consumeRecordId ? sum + back.quantity : sum), 0)

// A record takes back only what was consumed of its own lot, so that lot's records are all that can have done it.
const takersBackOf = (tables: Tables, { id, inventoryLotId }: LotRecord) =>
  historiesOf(tables, inventoryLotId)
    .map((history) => ({ history, quantity: takenBackBy(history, id) }))
    .filter(({ quantity }) => quantity !== 0)

/** How much of a CONSUME record has been taken back. */
export const takenBackOf = (tables: Tables, record: LotRecord): Quantity =>
  takersBackOf(tables, record).reduce((sum, { quantity }) => sum + quantity, 0)

/** A record with all that its versions posted, and what has happened since. */
export const knownRecord = (tables: Tables, history: RecordHistory): KnownRecord => ({
  record: history.record,
  postedSequence: history.postedSequence,
  stockEntries: history.versions.flatMap(({ version }) => version.stockEntries),
  lotEntries: history.versions.flatMap(({ version }) => version.lotEntries),
  takesBack: takesBackOf(history),
  takenBack: takenBackOf(tables, history.record),
  laterPostings: laterRecords(tables, history, hasStockEntryOf),
  laterStatusChanges: laterRecords(tables, history, changedStatusOf),
  laterConfirmations:
    history.record.lotRecordType === 'STATUS_CHANGE'
      ? laterRecords(tables, history, confirmedOf(history.record.lotStatus))
      : [],
  laterDates: isDated(history) ? laterRecords(tables, history, datedOf) : [],
  laterStatusReversals: mayFree(history) ? laterRecords(tables, history, changedStatusOf, isReversal) : [],
  statusesThen: statusesThen(tables, history),
  shipped: shippedOf(tables, history),
  takenBackBy: takersBackOf(tables, history.record)
    .filter(
      ({ history: taker, quantity }) => taker.record.lotRecordType === 'UNCONSUME' && isLive(taker) && quantity > 0,
    )
    .map(({ history: { record } }) => ({
      id: record.id,
      lotRecordType: record.lotRecordType,
      lotId: record.inventoryLotId,
    })),
})

/** The CONSUME records of some lots that are not yet wholly taken back, newest first. */
export const consumptionsOf = (tables: Tables, lotIds: readonly Ulid[]): readonly Consumption[] =>
  [...new Set(lotIds)]
    .flatMap((lotId) => historiesOf(tables, lotId).filter(({ record }) => record.inventoryLotId === lotId))
    .filter((history) => history.record.lotRecordType === 'CONSUME' && isLive(history))
    .map(({ record, postedSequence }) => ({
      record,
      open: (record.quantity ?? 0) - takenBackOf(tables, record),
      sequence: postedSequence,
      effectiveDate: effectiveDate(record),
    }))
    .filter(({ open }) => open > 0)
    .sort((left, right) => byTime(right, left))
    .map(({ record, open }) => ({ record, open }))

/** The effective time of the last live record that changed the lot's status, but for those that are looked at themselves. */
export const lastStatusChange = (
  tables: Tables,
  lotId: Ulid,
  except: { readonly has: (id: Ulid) => boolean },
): Instant | undefined =>
  historiesOf(tables, lotId)
    .filter((history) => isLive(history) && !except.has(history.record.id) && changedStatusOf(lotId)(history))
    .map(({ record }) => effectiveDate(record))
    .reduce<Instant | undefined>((last, at) => (last === undefined || at > last ? at : last), undefined)

const roles = [
  { fkColName: 'inventory_lot_id', field: 'inventoryLotId' },
  { fkColName: 'secondary_inventory_lot_id', field: 'secondaryInventoryLotId' },
] as const

/** What refers to a lot. An earlier version counts: it stays readable, and it shows the lot's name. */
export const referencesTo = (tables: Tables, lotId: Ulid): NonNullable<ReturnType<Known['references']['get']>> => [
  ...roles.flatMap(({ fkColName, field }) =>
    historiesOf(tables, lotId)
      .filter(({ versions }) => versions.some(({ version }) => version.record[field] === lotId))
      .map(({ record }) => ({ tableName: 'inventory_lot_records', fkColName, id: record.id })),
  ),
  ...Array.from(tables.lots.get(lotId)?.rows.values() ?? [], ({ id }) => ({
    tableName: 'inventory',
    fkColName: 'lot_id',
    id,
  })),
]

// When a lot's first live stock entry was effective; a split child is as old as its original.
const ageOf = (tables: Tables, lotId: Ulid): Instant => {
  const live = historiesOf(tables, lotId).filter(isLive)
  const origin = live.find(({ record }) => record.lotRecordType === 'SPLIT' && record.secondaryInventoryLotId === lotId)
  if (origin !== undefined) return ageOf(tables, origin.record.inventoryLotId)
  return live
    .filter(hasStockEntryOf(lotId))
    .reduce((first, { record }) => Math.min(first, effectiveDate(record)), lastInstant)
}

/** The ages of lots; one that nothing was posted to has none. */
export const agesOf = (tables: Tables, lotIds: readonly Ulid[]): ReadonlyMap<Ulid, Instant> =>
  new Map(lotIds.map((lotId) => [lotId, ageOf(tables, lotId)] as const).filter(([, age]) => age !== lastInstant))
