import type { Ulid } from '../identifiers/ulid.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Instant } from '../time/instant.ts'

/** A store's own number of a lot, as in a walk. */
type Key = number

/** What of a lot lies at a place: never zero, in millionths of the lot's unit. */
export interface StockAt {
  readonly lot: Key
  readonly locationId: Ulid
  readonly locationPath: string
  readonly quantity: Quantity
}

/** What the stock entries of a lot add up to. It stands beside its rows, and need not be the same where something was lost. */
export interface EntrySum {
  readonly lot: Key
  readonly quantity: Quantity
}

/** Posted records of one kind in which a lot stands in one role, their quantities added. A reversal counts against its kind. */
export interface Movement {
  readonly lot: Key
  readonly role: 'primary' | 'secondary'
  readonly lotRecordType: LotRecordType
  /** Whether the records' own quantities are below zero: an EDIT that found less. */
  readonly isNegative: boolean
  readonly hasSource: boolean
  readonly hasDestination: boolean
  /** In millionths, as the records say it and not as it was posted. */
  readonly quantity: Quantity
}

/** A live SHIP record, with everything in it that may say who got the stock. */
export interface ShipmentRecord {
  readonly lot: Key
  readonly id: Ulid
  readonly effectiveDate: Instant
  readonly quantity: Quantity
  readonly destinationLocationPath: string | null
  readonly secondaryInventoryLotId: Ulid | null
  readonly secondaryInventoryLotName: string | null
  readonly productionOrderName: string | null
  readonly notes: string | null
  readonly spare1: string | null
  readonly spare2: string | null
  readonly spare3: string | null
}

/** A live record that changes the stock of a lot later than at a moment. */
export interface RecordAhead {
  readonly lot: Key
  readonly id: Ulid
  readonly lotRecordType: LotRecordType
  readonly effectiveDate: Instant
}

interface OfLots {
  readonly lots: readonly Key[]
  readonly asOf: Instant | null
}

/** What a recall asks a store beyond what a trace asks. Each question is about many lots at once. */
export interface RecallQuestions {
  /** Rows as they are kept; with `asOf` what the entries up to then add up to. In the order of the list, then of the paths. */
  readonly stock: { readonly ask: OfLots; readonly answer: readonly StockAt[] }
  /** Told from the entries alone. A lot without entries is left out. */
  readonly entrySums: { readonly ask: OfLots; readonly answer: readonly EntrySum[] }
  /** Told from the records alone. With `asOf` what is reversed, and its reversal, count on neither side. */
  readonly movements: { readonly ask: OfLots; readonly answer: readonly Movement[] }
  /** The records with stock entries after a moment. In the order of the list, then of effective time and of id. */
  readonly ahead: {
    readonly ask: { readonly lots: readonly Key[]; readonly now: Instant }
    readonly answer: readonly RecordAhead[]
  }
  /** In the order of the list, then of effective time and of first writing. */
  readonly shipments: { readonly ask: OfLots; readonly answer: readonly ShipmentRecord[] }
}
