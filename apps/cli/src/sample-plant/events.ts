import type { Instant, LotRecordType, LotStatus } from '@lotbook/domain'
import type { LocationPath } from './locations.ts'
import type { MaterialPath } from './materials.ts'
import type { ReasonCodeName } from './reason-codes.ts'

/** A lot is made known. Names are unique over the whole plant, so they stand for the lots from then on. */
export interface NewLot {
  readonly kind: 'lot'
  readonly at: Instant
  readonly name: string
  readonly material: MaterialPath
  readonly supplierId?: string
  /** An id that the documented examples use. */
  readonly id?: string
}

/** A record is written, by default when what it tells has ended. */
export interface NewRecord {
  readonly kind: 'record'
  readonly type: Exclude<LotRecordType, 'STATUS_CHANGE'>
  readonly at: Instant
  readonly lot: string
  readonly other?: string
  readonly from?: LocationPath
  readonly to?: LocationPath
  readonly quantity?: number
  /** How long it took, in minutes. */
  readonly minutes?: number
  /** It has begun and is not over. */
  readonly running?: boolean
  readonly reason?: ReasonCodeName
  readonly order?: string
  readonly notes?: string
  /** A name by which a later event finds the record. */
  readonly key?: string
  /** The key of the CONSUME record that this one takes back. */
  readonly takesBack?: string
}

/** A lot changes its status. */
export interface NewStatus {
  readonly kind: 'status'
  readonly at: Instant
  readonly lot: string
  readonly to: LotStatus
  readonly notes: string
  readonly reason?: ReasonCodeName
}

/** The quantity of an earlier record is put right. */
export interface Correction {
  readonly kind: 'correction'
  readonly at: Instant
  readonly key: string
  readonly quantity: number
  readonly notes: string
}

/** An earlier record is taken back. */
export interface Reversal {
  readonly kind: 'reversal'
  readonly at: Instant
  readonly key: string
  readonly notes: string
}

/** Something that happened in the sample plant, at one moment. */
export type PlantEvent = NewLot | NewRecord | NewStatus | Correction | Reversal

/** A lot is made known. */
export const lot = (at: Instant, name: string, material: MaterialPath, more: Partial<NewLot> = {}): NewLot => ({
  ...more,
  kind: 'lot',
  at,
  name,
  material,
})

/** A record is written. */
export const record = (
  at: Instant,
  type: NewRecord['type'],
  ofLot: string,
  what: Omit<NewRecord, 'kind' | 'at' | 'type' | 'lot'>,
): NewRecord => ({ ...what, kind: 'record', at, type, lot: ofLot })

/** A lot changes its status. */
export const status = (
  at: Instant,
  ofLot: string,
  to: LotStatus,
  notes: string,
  reason?: ReasonCodeName,
): NewStatus => ({ kind: 'status', at, lot: ofLot, to, notes, ...(reason !== undefined && { reason }) })

/** What the laboratory writes when all is well. */
export const released = (at: Instant, ofLot: string): NewStatus =>
  status(at, ofLot, 'AVAILABLE', 'All values within limits', 'Released by the laboratory')
