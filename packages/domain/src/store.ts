import type { Effect, Result } from 'effect'
import type { Ulid } from './identifiers/ulid.ts'
import type { Known, Outcome, Wider } from './known.ts'
import type { LotStatus, Policy } from './lot/lot-status.ts'
import type { LotRecordType } from './lot-record/lot-record-type.ts'
import type { RecordStatus } from './lot-record/record-status.ts'
import type { LotField } from './queries/lot-fields.ts'
import type { IdempotencyKeyReused, NotFound, Refusal, StorageUnavailable, ValidationFailed } from './refusals.ts'
import type { LotRef, Ref, Scope } from './scope.ts'
import type { Instant } from './time/instant.ts'
import type { Walk } from './trace/questions.ts'
import type { InventoryView, LotView } from './views/lot-view.ts'
import type {
  LocationView,
  MaterialView,
  ReasonCodeView,
  UnitConversionView,
  UnitView,
} from './views/master-data-view.ts'
import type { RecordView } from './views/record-view.ts'

/** Makes a change happen once, however often it is sent: the answer is kept with its effect. */
export interface Receipt {
  /** What the key belongs to: who calls, and which operation. */
  readonly scope: string
  readonly key: string
  /** A digest of the request; the same key with another one is refused. */
  readonly fingerprint: string
  /** When it is asked for. */
  readonly now: Instant
  /** Until when the answer is kept at least. It holds as long as it is kept. */
  readonly expires: Instant
  /** Called when the answer is the kept one and nothing was done now. */
  readonly onReplay: () => void
}

/** How a change is to be made. */
export interface ChangeOptions {
  /** Do all of it, then take it back: nothing stays, no sequence is used, a receipt is ignored. */
  readonly dryRun?: boolean
  readonly receipt?: Receipt | undefined
}

/** Which import: one file of one caller, or one request. */
export interface ImportKey {
  readonly scope: string
  readonly key: string
  /** A digest of what is imported; the same key with another one is refused. */
  readonly fingerprint: string
  /** Until when it is known that it was done; null = for good. */
  readonly expires: Instant | null
}

/** How many rows of an import have been decided, and what became of them. */
export interface ImportCounts {
  readonly rows: number
  readonly saved: number
  readonly alreadyThere: number
  readonly refused: number
}

/** How far an import has come. It is kept in the transactions of the rows themselves. */
export interface ImportRun extends ImportCounts {
  readonly id: number
  /** The line of the last row that was decided; 0 before the first. */
  readonly line: number
  readonly finished: boolean
}

/** A row of an import that was refused: where, and why by field. */
export interface RefusedRow {
  readonly line: number
  readonly errors: Readonly<Record<string, readonly string[]>>
}

/** What an import came to: its counts, and the first refused rows (at most 100). */
export interface ImportReport extends ImportRun {
  readonly errors: readonly RefusedRow[]
}

/** Does a change as one row of an import: that it was decided is kept with its effect, and it is not done again. */
export interface ImportStep<A> {
  readonly run: number
  readonly line: number
  /** The line of the row before it. Only what follows on that one is done, so that no row is passed over. */
  readonly after: number
  /** The answer where the row was decided before: nothing is done now. */
  readonly before: A
  /** Whether the answer counts as saved or as being there already. */
  readonly saves: (answer: A) => boolean
  /** What is kept of a refusal. */
  readonly errors: (refusal: Refusal) => RefusedRow['errors']
}

/** A page of a list, and the cursor of the next one. */
export interface Page<A> {
  readonly items: readonly A[]
  readonly next: string | null
}

/** Which part of a list: at most `limit` items (1 to 200), after a cursor that an earlier page gave. */
export interface Paging {
  readonly limit: number
  readonly after: string | null
  /** The list, its order and its filters: a cursor holds for the same only. Left out by who takes no cursors of others. */
  readonly list?: string
}

/** Which moment is looked at; without either, the present. */
export interface Moment {
  /** What was true then: only what is effective up to and including it counts, as it is recorded today. */
  readonly asOf?: Instant
  /** What was believed then: only versions that were known by it count. The last of them ends at one sequence. */
  readonly asKnownAt?: Instant
}

/** From the least to the greatest, both included. */
export interface Between {
  readonly least?: number
  readonly greatest?: number
}

/** Words of the user's own. */
export interface AnnotationQuery {
  readonly notesContains?: string
  readonly spare1?: string
  readonly spare2?: string
  readonly spare3?: string
}

/** Which lots. All that is given must hold. Names and settings are those of today whatever the moment. */
export interface LotQuery extends Paging, Moment {
  readonly lot?: LotRef
  readonly material?: Ref
  readonly name?: string
  readonly nameContains?: string
  readonly status?: LotStatus
  readonly effectiveStatus?: LotStatus
  /** Stock at this location, or below it with `subtree`. */
  readonly location?: Ref
  readonly subtree?: boolean
  readonly onHand?: boolean
  /** Disabled lots too. */
  readonly includeDisabled?: boolean
  /** Only those that are enabled, or only those that are not. */
  readonly enabled?: boolean
  readonly supplierId?: string
  readonly expiration?: Between
  readonly totalQuantity?: Between
  readonly stock?: Between
  readonly created?: Between
  /** The lots that were made last come first. */
  readonly newestFirst?: boolean
  readonly now: Instant
}

/** One filter of a search: what is stored in the field, compared. Text compares by code point. */
export interface LotFilter {
  readonly field: LotField
  readonly condition:
    | 'EQUALS'
    | 'NOT_EQUALS'
    | 'CONTAINS'
    | 'STARTS_WITH'
    | 'ENDS_WITH'
    | 'GREATER_THAN'
    | 'GREATER_THAN_OR_EQUAL_TO'
    | 'LESS_THAN'
    | 'LESS_THAN_OR_EQUAL_TO'
  /**
   * Text for text fields; for the others whole numbers as they are kept. One, or for EQUALS several: one of them. A field
   * without a value holds for NOT_EQUALS only.
   */
  readonly values: readonly (string | number)[]
}

/** A search for lots. All filters must hold. Without a sort, and among equals, by id; what has no value comes last. */
export interface LotSearch {
  readonly filters: readonly LotFilter[]
  readonly sort: readonly { readonly field: LotField; readonly descending: boolean }[]
  /** At most this many lots, after `offset` others; null = all. */
  readonly limit: number | null
  readonly offset: number
  readonly now: Instant
}

/** What a search found: the lots that were asked for, and how many there are. */
export interface LotsFound {
  readonly items: readonly LotView[]
  readonly total: number
}

/** Which lot records, in the order in which they were first written. All that is given must hold. */
export interface RecordQuery extends Paging, Moment, AnnotationQuery {
  /** The lot in either role. */
  readonly lot?: LotRef
  readonly primaryLot?: LotRef
  readonly secondaryLot?: LotRef
  readonly material?: Ref
  /** Source or destination; or below it with `subtree`, which holds for the next two as well. */
  readonly location?: Ref
  readonly source?: Ref
  readonly destination?: Ref
  readonly subtree?: boolean
  /** Any of these. */
  readonly lotRecordType?: readonly LotRecordType[]
  /** Any of these. */
  readonly status?: readonly RecordStatus[]
  readonly posted?: boolean
  /** Whether a reversal has taken it back. */
  readonly reversed?: boolean
  /** Whether it takes another record back. */
  readonly isReversal?: boolean
  /** Matches `operationId` or `operationRecordId`. */
  readonly operationId?: Ulid
  readonly inventoryOperationId?: Ulid
  readonly productionOrder?: Ref
  readonly materialReasonCodeId?: Ulid
  readonly operationRecordId?: Ulid
  readonly shiftRecordId?: Ulid
  readonly lotStatus?: LotStatus
  readonly createdBy?: string
  readonly modifiedBy?: string
  readonly enabled?: boolean
  readonly quantity?: Between
  readonly created?: Between
  readonly modified?: Between
  /** Effective at or after. */
  readonly from?: Instant
  /** Effective at or before. */
  readonly to?: Instant
  readonly newestFirst?: boolean
}

/**
 * Which stock. All that is given must hold; rows that are zero are left out unless asked for. Labels, production orders
 * and notes are those of today whatever the moment.
 */
export interface InventoryQuery extends Paging, Moment, AnnotationQuery {
  readonly location?: Ref
  readonly subtree?: boolean
  readonly lot?: LotRef
  readonly lotName?: string
  readonly material?: Ref
  /** The label of the row. */
  readonly name?: string
  readonly lotStatus?: LotStatus
  /** What the lot's status amounts to at `now`. */
  readonly effectiveStatus?: LotStatus
  /** The moment at which a lot is expired or not. */
  readonly now: Instant
  readonly productionOrder?: Ref
  readonly quantity?: Between
  /** Only rows below zero, or only others. */
  readonly negative?: boolean
  readonly includeZero?: boolean
}

/** One version of a record, with its place in the chain. */
export interface VersionView {
  readonly version: number
  readonly sequence: number
  readonly writtenDate: string
  readonly writtenBy: string
  readonly hash: string
  readonly record: RecordView
}

/** The present end of the chain: how many versions there are, and the hash of the last. */
export interface Checkpoint {
  readonly count: number
  readonly head: string
}

/** One thing that does not fit: where, and what is wrong there. */
export interface Mismatch {
  /** The record, lot or row concerned, by id. */
  readonly subject: string
  readonly sequence: number | null
  readonly problem: string
}

/** What `verify` found. */
export interface Verification {
  readonly checkpoint: Checkpoint
  readonly records: number
  readonly lots: number
  readonly inventoryRows: number
  /** The first things that do not fit, in order of sequence; empty when all fits. At most 100 are listed. */
  readonly mismatches: readonly Mismatch[]
}

/** Why a page of a list cannot be given: the cursor is none that a page of the list gave, or the store is not there. */
export type ListRefusal = ValidationFailed | StorageUnavailable

/** Where a ledger is kept. Implemented in memory, on SQLite and on PostgreSQL; one suite of tests holds for all. */
export interface Store {
  /**
   * Loads what the scope names, decides and saves, in one transaction. A refusal writes nothing.
   * A decision that needs to know more names a wider scope, and is asked again with it.
   * The effect ends only when what was written is durable.
   */
  readonly change: <A>(
    scope: Scope,
    decide: (known: Known) => Result.Result<Outcome<A>, Refusal> | Wider,
    options?: ChangeOptions & { readonly step?: ImportStep<A> | undefined },
  ) => Effect.Effect<A, Refusal>
  /** Begins an import, or finds how far it came. Another fingerprint than the first is refused. */
  readonly beginImport: (
    key: ImportKey,
    now: Instant,
  ) => Effect.Effect<ImportRun, IdempotencyKeyReused | StorageUnavailable>
  /** Notes that an import has come to its end, where `finished`, and says what it came to. */
  readonly reportImport: (run: number, finished: boolean) => Effect.Effect<ImportReport, StorageUnavailable>
  /** Loads what the scope names and looks at it; writes nothing. */
  readonly view: <A>(scope: Scope, look: (known: Known) => A) => Effect.Effect<A, StorageUnavailable>
  readonly policy: () => Effect.Effect<Policy, StorageUnavailable>
  /** Sets the policy of the store and writes who did it into the change table. */
  readonly setPolicy: (policy: Policy, actor: string, now: Instant) => Effect.Effect<void, StorageUnavailable>
  readonly findLots: (query: LotQuery) => Effect.Effect<Page<LotView>, NotFound | ListRefusal>
  readonly searchLots: (search: LotSearch) => Effect.Effect<LotsFound, StorageUnavailable>
  readonly findRecords: (query: RecordQuery) => Effect.Effect<Page<RecordView>, NotFound | ListRefusal>
  /** The JSON of what `findRecords` answers, as UTF-8. */
  readonly findRecordsJson: (query: RecordQuery) => Effect.Effect<Uint8Array, NotFound | ListRefusal>
  readonly findInventory: (query: InventoryQuery) => Effect.Effect<Page<InventoryView>, NotFound | ListRefusal>
  readonly recordById: (id: Ulid) => Effect.Effect<RecordView | undefined, StorageUnavailable>
  /** The versions of a record, first to last; empty where there is no such record. */
  readonly recordVersions: (id: Ulid) => Effect.Effect<readonly VersionView[], StorageUnavailable>
  /**
   * The versions of all records after a sequence (0: from the first), in order and without gaps, at most `limit`;
   * each record as it was in that version, with the names of today. Empty at the end of the ledger.
   */
  readonly versionsAfter: (sequence: number, limit: number) => Effect.Effect<readonly VersionView[], StorageUnavailable>
  /**
   * Calls the listener soon after every commit, of this process or another on the same store, until the function that
   * comes back is called. It may be called where nothing is new; it must not throw. Keeps no process alive.
   */
  readonly watch: (listener: () => void) => () => void
  readonly findUnits: (page: Paging) => Effect.Effect<Page<UnitView>, ListRefusal>
  readonly findUnitConversions: (
    page: Paging & { readonly id?: Ulid },
  ) => Effect.Effect<Page<UnitConversionView>, ListRefusal>
  readonly findMaterials: (page: Paging) => Effect.Effect<Page<MaterialView>, ListRefusal>
  readonly findLocations: (page: Paging & { readonly under?: string }) => Effect.Effect<Page<LocationView>, ListRefusal>
  readonly findReasonCodes: (
    page: Paging & { readonly lotRecordType?: LotRecordType },
  ) => Effect.Effect<Page<ReasonCodeView>, ListRefusal>
  /** Answers all that a walk asks, at one moment of the ledger; others get their answers in between. */
  readonly trace: <A>(walk: () => Walk<A>) => Effect.Effect<A, StorageUnavailable>
  readonly checkpoint: () => Effect.Effect<Checkpoint, StorageUnavailable>
  /** A number that grows with every row of the change table; 0 while there is none. */
  readonly lastChange: () => Effect.Effect<number, StorageUnavailable>
  /** Recomputes balances, totals, statuses and the chain. `against` is an earlier checkpoint, kept elsewhere. */
  readonly verify: (against?: Checkpoint) => Effect.Effect<Verification, StorageUnavailable>
}
