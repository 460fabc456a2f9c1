import type { Ulid } from './identifiers/ulid.ts'
import { findingBy } from './layered-map.ts'
import type { InventoryRow, Lot } from './lot/lot.ts'
import type { LotStatus, Policy } from './lot/lot-status.ts'
import type { LotEntry, LotRecord, RecordVersion, StockEntry, TakeBack } from './lot-record/lot-record.ts'
import type { LotRecordType } from './lot-record/lot-record-type.ts'
import type { Location, Material, ReasonCode, Unit, UnitConversion } from './master-data/master-data.ts'
import type { Quantity } from './quantity/quantity.ts'
import type { Affected } from './recall/affected.ts'
import type { LotRef, Ref, Scope, ScopedLotRef } from './scope.ts'
import type { Instant } from './time/instant.ts'

/** A lot with its stock: every row it ever had, by location. The locations of its rows are loaded with it. */
export interface KnownLot {
  readonly lot: Lot
  readonly rows: ReadonlyMap<Ulid, InventoryRow>
}

/** A live record that came after the one in question, as a reason not to take that back. */
export interface LaterRecord {
  readonly id: Ulid
  readonly lotRecordType: LotRecordType
  readonly lotId: Ulid
}

/** A live record that made a lot SHIPPED, and the status that the lot had before. */
export interface Shipped {
  readonly id: Ulid
  readonly lotId: Ulid
  readonly from: LotStatus
}

/** A record with all that its versions posted, and what has happened since. */
export interface KnownRecord {
  readonly record: LotRecord
  /** The sequence of its first posting version; 0 if it has not posted. */
  readonly postedSequence: number
  readonly stockEntries: readonly StockEntry[]
  readonly lotEntries: readonly LotEntry[]
  readonly takesBack: readonly TakeBack[]
  /** A CONSUME: how much of it has been taken back. */
  readonly takenBack: Quantity
  /** Live records with stock entries of the record's lots and a greater sequence. */
  readonly laterPostings: readonly LaterRecord[]
  /** Live records that changed the status of the record's lots (to another one) with a greater sequence. */
  readonly laterStatusChanges: readonly LaterRecord[]
  /** Live changes of its lot to the same status, which it had already, with a greater sequence, of a STATUS_CHANGE: somebody confirmed it. */
  readonly laterConfirmations: readonly LaterRecord[]
  /** Live records that gave its lot another expiration date with a greater sequence, of a STATUS_CHANGE that gave one itself. */
  readonly laterDates: readonly LaterRecord[]
  /** Reversals that changed the status of the record's lots (to another one) with a greater sequence, of a record with two lots, or of an UNCONSUME. */
  readonly laterStatusReversals: readonly LaterRecord[]
  /** The statuses of its lots just before it posted, of a record with two lots, or an UNCONSUME, that posted; empty of any other. */
  readonly statusesThen: ReadonlyMap<Ulid, LotStatus>
  /** What made its lots SHIPPED, the last one last; of a record that has stock entries. */
  readonly shipped: readonly Shipped[]
  /** Live UNCONSUME records that took back some of it. */
  readonly takenBackBy: readonly LaterRecord[]
}

/** A count of a row: a live, posted EDIT. */
export interface Count {
  readonly recordId: Ulid
  readonly sequence: number
  readonly effectiveDate: Instant
}

/** A row's stock entries from `Known.since` on, in order of effective time, and the counts among them. */
export interface Timeline {
  readonly entries: readonly { readonly effectiveDate: Instant; readonly quantity: Quantity }[]
  readonly counts: readonly Count[]
}

/** A CONSUME record that may still be taken back. */
export interface Consumption {
  readonly record: LotRecord
  readonly open: Quantity
}

/** A row that is below zero: since when, and what it held then. */
export interface BelowZero {
  readonly locationId: Ulid
  readonly lotId: Ulid
  readonly moment: Instant
  readonly quantity: Quantity
}

/** What changes of fields are kept of. */
export const changedEntities = [
  ...(['lot', 'inventory', 'unit', 'unit conversion', 'material', 'location', 'reason code'] as const),
  ...(['setting', 'webhook'] as const),
] as const

/** One changed field of something that is not a record: lots, stock labels, master data, settings, webhooks. */
export interface FieldChange {
  readonly entity: (typeof changedEntities)[number]
  readonly entityId: string
  readonly field: string
  readonly from: string | number | boolean | null
  readonly to: string | number | boolean | null
  readonly changedDate: Instant
  readonly changedBy: string
}

/** What is known for one change, and after it what will be true. Immutable: `apply` makes a new one. */
export interface Known {
  readonly policy: Policy
  readonly lots: ReadonlyMap<Ulid, KnownLot>
  readonly locations: ReadonlyMap<Ulid, Location>
  readonly materials: ReadonlyMap<Ulid, Material>
  readonly units: ReadonlyMap<Ulid, Unit>
  readonly reasonCodes: ReadonlyMap<Ulid, ReasonCode>
  readonly records: ReadonlyMap<Ulid, KnownRecord>
  /** By `rowKey`; a row that is missing here has no entries at or after `since`. */
  readonly timelines: ReadonlyMap<string, Timeline>
  readonly consumptions: readonly Consumption[]
  /** Whether `consumptionsUpTo` left some out. */
  readonly consumptionsCut: boolean
  readonly conversions: ReadonlyMap<Ulid, UnitConversion>
  /** When a lot's first stock entry was effective; a split child is as old as its original. For lots of `stockAt`, and with `agesOfAll` for all. */
  readonly ages: ReadonlyMap<Ulid, Instant>
  /** What `belowZeroAt` found: for each row the first moment, the earliest first. */
  readonly belowZero: readonly BelowZero[]
  /** What `affectedBy` found; not there where nothing was asked or there is no such lot. */
  readonly affected?: Affected | undefined
  /** The names that `numbering` asked for. */
  readonly takenNames: ReadonlySet<string>
  /** The number of the last lot that this change named by itself, by what stands before it: all lower ones are taken. */
  readonly numbered?: ReadonlyMap<string, number>
  /** Effective time of the last live record, other than those in `records`, that changed a lot's status; where asked for and where there is one. */
  readonly lastStatusChanges: ReadonlyMap<Ulid, Instant>
  readonly references: ReadonlyMap<
    Ulid,
    readonly { readonly tableName: string; readonly fkColName: string; readonly id: Ulid }[]
  >
}

const named = { locationId: '', lotId: '', key: '' }

/** Names a row within a change. The last name is kept: a decision asks for one row again and again, and a new text is hashed anew. */
export const rowKey = (locationId: Ulid, lotId: Ulid): string => {
  if (named.lotId !== lotId || named.locationId !== locationId) {
    named.locationId = locationId
    named.lotId = lotId
    named.key = `${locationId} ${lotId}`
  }
  return named.key
}

/** What a decision leaves to be written, together or not at all. */
export interface Outcome<A> {
  /** What is true afterwards. A store writes each lot, row and master-data object that is not the very one it loaded. */
  readonly known: Known
  /** Versions to append, in this order; each takes the next sequence. */
  readonly versions: readonly RecordVersion[]
  readonly changes: readonly FieldChange[]
  readonly deletedLots: readonly Ulid[]
  /** Makes the answer from the sequences of the written versions (null in a dry run). */
  readonly answer: (sequences: readonly (number | null)[]) => A
}

/** More must be known: the store loads this scope in the same transaction and asks again. */
export interface Wider {
  readonly wider: Scope
}

/** Time, author and ids for a decision: they come in as arguments so that deciding stays pure. */
export interface Stamp {
  readonly now: Instant
  readonly actor: string
  readonly newId: () => Ulid
}

const find = <A extends { readonly id: Ulid }>(
  all: ReadonlyMap<Ulid, A>,
  ref: Ref,
  namesOf: (item: A) => readonly string[],
): A | undefined => {
  if ('id' in ref) return all.get(ref.id)
  for (const item of all.values()) if (namesOf(item).includes(ref.name)) return item
  return undefined
}

/** The loaded location with this id or path. */
export const findLocation = (known: Known, ref: Ref): Location | undefined =>
  find(known.locations, ref, ({ path }) => [path])

/** The loaded material with this id or path. */
export const findMaterial = (known: Known, ref: Ref): Material | undefined =>
  find(known.materials, ref, ({ path }) => [path])

/** The loaded unit with this id, symbol or name. */
export const findUnit = (known: Known, ref: Ref): Unit | undefined =>
  find(known.units, ref, ({ symbol, name }) => [symbol, name])

const nameWithin = (material: Ulid | undefined, name: string): string => `${material} ${name}`

const lotCalled = findingBy<Ulid, KnownLot>(({ lot }) => nameWithin(lot.materialId, lot.name))

/** The loaded lot with this id, or this name within a material. */
export const findLot = (known: Known, ref: ScopedLotRef): KnownLot | undefined => {
  if ('id' in ref) return known.lots.get(ref.id)
  const material =
    'material' in ref ? findMaterial(known, ref.material) : { id: known.lots.get(ref.sameMaterialAs)?.lot.materialId }
  return lotCalled(known.lots, nameWithin(material?.id, ref.name))
}

/** Whether a record, as far as it is known here, has not been reversed. */
export const isStanding = ({ records }: Known, id: Ulid): boolean =>
  (records.get(id)?.record.reversedBy ?? null) === null

/** The ids of lots that a scope names by id, or as lots that are loaded by now. */
export const idsOfLots = (known: Known, lots: readonly (Ulid | LotRef)[]): readonly Ulid[] =>
  lots.flatMap((lot) => (typeof lot === 'string' ? [lot] : (findLot(known, lot)?.lot.id ?? [])))

/** Whether nothing of the lot lies anywhere: every row is zero. */
export const isEmpty = ({ rows }: KnownLot): boolean => {
  for (const { quantity } of rows.values()) if (quantity !== 0) return false
  return true
}

/** The lot's stock over all locations, in millionths. */
export const onHand = ({ rows }: KnownLot): Quantity => {
  let sum = 0
  for (const { quantity } of rows.values()) sum += quantity
  return sum
}

/** What the row held at a moment: all entries up to and including it. Only for moments at or after the scope's `since`. */
export const balanceAt = (known: Known, locationId: Ulid, lotId: Ulid, at: Instant): Quantity => {
  const row = known.lots.get(lotId)?.rows.get(locationId)
  if (row === undefined) return 0
  let balance = row.quantity
  for (const entry of known.timelines.get(rowKey(locationId, lotId))?.entries ?? [])
    if (entry.effectiveDate > at) balance -= entry.quantity
  return balance
}
