import type { Ulid } from '../identifiers/ulid.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Instant } from '../time/instant.ts'
import type { LotStatus } from './lot-status.ts'

/** Who wrote a row and when; `modified…` is null until the first change. */
export interface Authorship {
  readonly createdDate: Instant
  readonly createdBy: string
  readonly modifiedDate: Instant | null
  readonly modifiedBy: string | null
}

/** The fields that every documented entity has for the user's own words. */
export interface Annotations {
  readonly notes: string | null
  readonly enabled: boolean
  readonly spare1: string | null
  readonly spare2: string | null
  readonly spare3: string | null
}

/** The names of {@link Annotations}. */
export const annotationFields = [
  'notes',
  'enabled',
  'spare1',
  'spare2',
  'spare3',
] as const satisfies readonly (keyof Annotations)[]

/** A batch of one material. (material, name) is unique. */
export interface Lot extends Annotations, Authorship {
  readonly id: Ulid
  readonly name: string
  readonly materialId: Ulid
  readonly unitOfMeasureId: Ulid
  /** The status it began with; `status` is this one folded over the lot's entries. */
  readonly initialStatus: LotStatus
  readonly status: LotStatus
  /** All that was ever added, in millionths of the lot's unit. It falls only when a posting is taken back. */
  readonly totalQuantity: Quantity
  readonly expirationDate: Instant | null
  /** When it became CLOSED; null in any other status. */
  readonly closedDate: Instant | null
  readonly supplierId: string | null
  /** Counts the saves of the lot itself (its fields, status and total), from 1. Stock that moves does not count. */
  readonly version: number
}

/** How much of a lot lies at a location: one row per (location, lot), kept when it reaches zero. */
export interface InventoryRow extends Annotations {
  readonly id: Ulid
  readonly locationId: Ulid
  readonly lotId: Ulid
  /** In millionths of the lot's unit. The sum of the row's stock entries. */
  readonly quantity: Quantity
  /** The label of the row: a pallet or license plate. */
  readonly name: string | null
  readonly productionOrderId: Ulid | null
  readonly productionOrderName: string | null
  /** The greatest effective time among the row's entries. */
  readonly lastEffectiveDate: Instant
}

/** Whether a lot is at or past its expiration date at a moment. */
export const isExpired = (lot: Pick<Lot, 'expirationDate'>, at: Instant): boolean =>
  lot.expirationDate !== null && at >= lot.expirationDate

/** What the lot's status amounts to at a moment: EXPIRED from the expiration date on, whatever the status says. */
export const effectiveStatus = (lot: Pick<Lot, 'status' | 'expirationDate'>, at: Instant): LotStatus =>
  isExpired(lot, at) ? 'EXPIRED' : lot.status

/**
 * The status that rules look at: the status now, and the expiry at the record's effective time.
 * SHIPPED and CLOSED stay what they are past the expiration date: a lot that is gone does not become stock by ageing.
 */
export const rulingStatus = (lot: Lot, at: Instant, status: LotStatus = lot.status): LotStatus =>
  status !== 'SHIPPED' && status !== 'CLOSED' && isExpired(lot, at) ? 'EXPIRED' : status
