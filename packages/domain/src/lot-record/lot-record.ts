import type { Ulid } from '../identifiers/ulid.ts'
import type { Stamp } from '../known.ts'
import type { Annotations, Authorship } from '../lot/lot.ts'
import type { LotStatus, Policy } from '../lot/lot-status.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Instant } from '../time/instant.ts'
import type { LotRecordType } from './lot-record-type.ts'
import type { RecordStatus } from './record-status.ts'

/** One transaction of the ledger, as it stands after its latest version. */
export interface LotRecord extends Annotations, Authorship {
  readonly id: Ulid
  readonly lotRecordType: LotRecordType
  readonly status: RecordStatus
  readonly inventoryLotId: Ulid
  readonly secondaryInventoryLotId: Ulid | null
  readonly sourceLocationId: Ulid | null
  readonly destinationLocationId: Ulid | null
  /** In millionths of the primary lot's unit; null on a memo and on a change of status. */
  readonly quantity: Quantity | null
  /** A STATUS_CHANGE: the new status. Any other type: a note, filled with the lot's status when it was written. */
  readonly lotStatus: LotStatus | null
  readonly startDate: Instant
  readonly endDate: Instant | null
  readonly operationRecordId: Ulid | null
  readonly operationId: Ulid | null
  readonly inventoryOperationId: Ulid | null
  readonly inventoryOperationName: string | null
  readonly productionOrderId: Ulid | null
  readonly productionOrderName: string | null
  readonly materialReasonCodeId: Ulid | null
  readonly shiftRecordId: Ulid | null
  /** It moved stock or changed a lot. */
  readonly posted: boolean
  /** Counts the saves of this record, from 1. */
  readonly version: number
  /** A STATUS_CHANGE: the status before it. */
  readonly previousStatus: LotStatus | null
  /** A STATUS_CHANGE that passed a re-test: the new expiration date. */
  readonly expirationDate: Instant | null
  readonly reversalOf: Ulid | null
  /** The reversal of this record, if there is one. It is derived, and no version of its own. */
  readonly reversedBy: Ulid | null
  /** An EDIT: what the row held after the count. */
  readonly countedQuantity: Quantity | null
  readonly requestedQuantity: Quantity | null
  readonly requestedUnitOfMeasureSymbol: string | null
  /** An UNCONSUME: the CONSUME record that it takes back, where it names one. */
  readonly consumeRecordId: Ulid | null
  /** The policy in force when this version was written. */
  readonly policy: Policy
}

const BLANK: unknown = null

/** A record with nothing in it yet but when and by whom it is written. */
export const blankRecord = ({ now, actor, newId }: Stamp, policy: Policy): LotRecord => ({
  id: newId(),
  // Whoever begins with a blank record sets its type and lot next.
  lotRecordType: BLANK as LotRecordType,
  inventoryLotId: BLANK as Ulid,
  status: 'COMPLETED',
  secondaryInventoryLotId: null,
  sourceLocationId: null,
  destinationLocationId: null,
  quantity: null,
  lotStatus: null,
  startDate: now,
  endDate: null,
  operationRecordId: null,
  operationId: null,
  inventoryOperationId: null,
  inventoryOperationName: null,
  productionOrderId: null,
  productionOrderName: null,
  materialReasonCodeId: null,
  shiftRecordId: null,
  posted: false,
  version: 1,
  previousStatus: null,
  expirationDate: null,
  reversalOf: null,
  reversedBy: null,
  countedQuantity: null,
  requestedQuantity: null,
  requestedUnitOfMeasureSymbol: null,
  consumeRecordId: null,
  policy,
  notes: null,
  enabled: true,
  spare1: null,
  spare2: null,
  spare3: null,
  createdDate: now,
  createdBy: actor,
  modifiedDate: null,
  modifiedBy: null,
})

/** The effective time of a record: its end, else its start. */
export const effectiveDate = (record: Pick<LotRecord, 'startDate' | 'endDate'>): Instant =>
  record.endDate ?? record.startDate

/** One leg of a record. Inventory of a (location, lot) is the sum of its stock entries. */
export interface StockEntry {
  readonly locationId: Ulid
  readonly lotId: Ulid
  /** Signed, in millionths of the lot's unit. */
  readonly quantity: Quantity
  readonly effectiveDate: Instant
}

/** A value before and after. */
export type Change<A> = readonly [from: A, to: A]

/** What a record did to a lot itself. Status, expiry and total are the lot's beginning folded over its lot entries. */
export interface LotEntry {
  readonly lotId: Ulid
  readonly effectiveDate: Instant
  readonly status: Change<LotStatus> | null
  readonly expiration: Change<Instant | null> | null
  readonly closed: Change<Instant | null> | null
  /** Signed change of the total, in millionths. */
  readonly total: Quantity
}

/** How much of a CONSUME record an UNCONSUME gives back; negative when that is itself taken back. */
export interface TakeBack {
  readonly consumeRecordId: Ulid
  readonly quantity: Quantity
}

/** A record as one save left it, with what that save posted. Versions are appended and never change. */
export interface RecordVersion {
  readonly record: LotRecord
  readonly stockEntries: readonly StockEntry[]
  readonly lotEntries: readonly LotEntry[]
  readonly takesBack: readonly TakeBack[]
  /** When this version was written, and by whom. */
  readonly writtenDate: Instant
  readonly writtenBy: string
}
