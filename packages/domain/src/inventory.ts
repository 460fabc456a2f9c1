import type { Effect } from 'effect'
import type { ActionName, actionCatalog } from './actions/catalog.ts'
import type { newChangeStatusRequest } from './actions/change-status.ts'
import type { LotActions } from './actions/lot-actions.ts'
import type { newInventoryLotRecord } from './actions/save-inventory-lot-record-request.ts'
import type { newLot } from './actions/save-lot-request.ts'
import type { EventFunctions, PublishFunctions } from './events/events.ts'
import type { NewUlid } from './identifiers/ulid.ts'
import type { LotRecordType } from './lot-record/lot-record-type.ts'
import type { Grant, Permission } from './permissions.ts'
import type { QueryPage } from './queries/find-lots.ts'
import type { newLotHistoryRequest } from './queries/lot-history.ts'
import type { RecallHold } from './recall/recall-hold.ts'
import type { RecallView } from './recall/recall-view.ts'
import type { Reference, Refusal } from './refusals.ts'
import type { Checkpoint, Page, Receipt, Store, VersionView } from './store.ts'
import type { Instant } from './time/instant.ts'
import type { BasicTraceView } from './trace/basic-trace.ts'
import type { LotTraceGraph, LotTraceRow } from './trace/documented.ts'
import type { TraceView } from './trace/trace-view.ts'
import type { InventoryView, LotView } from './views/lot-view.ts'
import type {
  LocationView,
  MaterialView,
  ReasonCodeView,
  UnitConversionView,
  UnitView,
} from './views/master-data-view.ts'
import type { HistoryView, RecordView } from './views/record-view.ts'

/** Who calls, and with which rights. */
export interface Caller {
  /**
   * Written as the author of everything the call writes: a key's name, `local:<user>`, or what a program says, 1 to 255
   * visible characters. Without one nothing is written (ValidationFailed on `actor`).
   */
  readonly actor: string
  readonly grants: readonly Grant[]
}

/** A call that may write. */
export interface Call extends Caller {
  /** The version that the caller has seen (`If-Match`); another one is refused with VersionConflict. */
  readonly expectedVersion?: number | undefined
  /** Makes the call happen once, however often it is sent. */
  readonly receipt?: Receipt | undefined
}

/** What the documented `validate…` functions return: field → messages; empty when all is well. */
export type ViolationMap = Readonly<Record<string, readonly string[]>>

/** What a dry run shows: the records, the rows and the lots as they would be. Ids of what would be new are null. */
export interface Preview {
  /** The first of the records; null where none would be written. */
  readonly record: RecordView | null
  /** All that would be answered, in the order in which they would be written. */
  readonly records: readonly RecordView[]
  readonly balances: readonly InventoryView[]
  readonly lots: readonly LotView[]
}

/** What an action answers: its record, or with `allowMultiple` or `cascade` all of them, in the order written. */
export type ActionAnswer = RecordView | { readonly items: readonly RecordView[] }

/** The documented actions. `R` is what they answer, `L` what those do that always write several records. */
export type Actions<R, L> = {
  readonly [N in ActionName]: (request: unknown, call: Call) => Effect.Effect<N extends 'scrapAll' ? L : R, Refusal>
} & {
  /** Several actions in their order, all or nothing: `{ requests: [{ type, … }, …] }`. */
  readonly executeInventoryActions: (request: unknown, call: Call) => Effect.Effect<L, Refusal>
}

type Stem<N extends ActionName> = (typeof actionCatalog)[N]['stem']

/** The templates of the actions: `newConsumeRequest` and so on. */
export type Templates = {
  readonly [N in ActionName as `new${Stem<N>}Request`]: () => ReturnType<(typeof actionCatalog)[N]['template']>
}

/** The validators of the actions: `validateConsumeRequest` and so on. */
export type Validators = { readonly [N in ActionName as `validate${Stem<N>}Request`]: Validate }

/** The functions that write the ledger. `R` is what the record functions answer, `L` what those of lots do, `V` what a reversal does. */
export interface Writes<R, L, V> {
  readonly saveInventoryLotRecord: (request: unknown, call: Call) => Effect.Effect<R, Refusal>
  readonly changeStatus: (request: unknown, call: Call) => Effect.Effect<R, Refusal>
  /** Takes a posted record back (`id`, `notes`, `materialReasonCodeId`); with `cascade: true` what stands in the way first. */
  readonly reverseLotRecord: (request: unknown, call: Call) => Effect.Effect<V, Refusal>
  readonly saveLot: (request: unknown, call: Call) => Effect.Effect<L, Refusal>
}

/** Lists what a query asks for, a page at a time. */
export type Find<A> = (query: unknown, caller: Caller) => Effect.Effect<Page<A>, Refusal>
/** Says what is wrong with a request, field by field; writes nothing. */
export type Validate = (request: unknown, caller: Caller) => Effect.Effect<ViolationMap, Refusal>
type Save<A> = (request: unknown, call: Call) => Effect.Effect<A, Refusal>
/** Looks one thing up. */
export type Get<A> = (idOrName: string, caller: Caller) => Effect.Effect<A, Refusal>

/** The functions that write records and lots, with their templates, validators and dry runs. */
export interface WriteFunctions
  extends Writes<RecordView, LotView, ActionAnswer>,
    Actions<ActionAnswer, readonly RecordView[]>,
    Templates,
    Validators {
  /** The same writes, done in full and taken back: what would be true, or why not. */
  readonly dryRun: Writes<Preview, Preview, Preview> &
    Actions<Preview, Preview> &
    Pick<RecallFunctions, 'holdRecalledLots'>
  readonly newInventoryLotRecord: () => ReturnType<typeof newInventoryLotRecord>
  readonly validateInventoryLotRecord: Validate
  readonly newChangeStatusRequest: () => ReturnType<typeof newChangeStatusRequest>
  readonly validateChangeStatusRequest: Validate
  readonly newLot: () => ReturnType<typeof newLot>
  readonly validateLot: Validate
}

/** The functions that find lots and what happened to them. */
export interface LotFunctions {
  readonly newLotHistoryRequest: () => ReturnType<typeof newLotHistoryRequest>
  readonly getLot: Get<LotView>
  readonly getLotByIdOrNameAndMaterial: (
    idOrName: Argument,
    materialIdOrPath: Argument,
    caller: Caller,
    /** `asOf` and `asKnownAt`, as a list takes them: the lot as it was, or as it was believed to be. */
    moment?: unknown,
  ) => Effect.Effect<LotView, Refusal>
  readonly listLots: Find<LotView>
  /** The lots that a query request asks for: the documented page. */
  readonly findLots: (queryRequest: unknown, caller: Caller) => Effect.Effect<QueryPage<LotView>, Refusal>
  /** What may be done with a lot now: every action and every status, with the reason where not. */
  readonly getLotActions: Get<LotActions>
  /** All rows of a lot's history, oldest first; those where it is the secondary lot too. */
  readonly getLotHistory: (request: unknown, caller: Caller) => Effect.Effect<readonly HistoryView[], Refusal>
  readonly getInventoryLotReferences: Get<readonly Reference[]>
  readonly deleteLot: (id: string, call: Call) => Effect.Effect<{ readonly id: string }, Refusal>
}

/** The end of the ledger as it is now: two that are equal mean that nothing was written in between. */
export interface LedgerEnd extends Checkpoint {
  /** Grows with every change of a lot, a row's label, master data, a key or a setting; it counts nothing else. */
  readonly lastChange: number
}

/** The functions that find lot records and stock. */
export interface RecordFunctions {
  /** How many versions there are, the hash of the last, and a number for all that is no record. */
  readonly getCheckpoint: (caller: Caller) => Effect.Effect<LedgerEnd, Refusal>
  readonly getInventoryLotRecord: Get<RecordView>
  /** What refers to a record: its reversal, and the UNCONSUME records that took some of it back. */
  readonly getInventoryLotRecordReferences: Get<readonly Reference[]>
  readonly getInventoryLotRecordVersions: Get<readonly VersionView[]>
  readonly findInventoryLotRecords: Find<RecordView>
  readonly findInventory: Find<InventoryView>
}

/** The functions that keep units, conversions, materials, locations and reason codes. */
export interface MasterDataFunctions {
  readonly saveUnit: Save<UnitView>
  readonly getUnit: Get<UnitView>
  readonly findUnits: Find<UnitView>
  readonly saveUnitConversion: Save<UnitConversionView>
  readonly getUnitConversion: Get<UnitConversionView>
  readonly findUnitConversions: Find<UnitConversionView>
  readonly saveMaterial: Save<MaterialView>
  readonly getMaterial: Get<MaterialView>
  readonly findMaterials: Find<MaterialView>
  readonly saveLocation: Save<LocationView>
  readonly getLocation: Get<LocationView>
  readonly findLocations: Find<LocationView>
  readonly saveReasonCode: Save<ReasonCodeView>
  readonly getReasonCode: Get<ReasonCodeView>
  readonly findReasonCodes: (
    query: unknown,
    caller: Caller,
    type?: LotRecordType,
  ) => Effect.Effect<Page<ReasonCodeView>, Refusal>
}

/** An argument of a documented function that reads: empty text and null are the same as nothing. */
export type Argument = string | null

/** The documented functions that answer with every row, a page at a time after a cursor, for faces that pass rows on. */
export interface PageFunctions {
  readonly getAllLots: PageAfter<LotView>
  readonly getLotsForMaterial: PageAfter<LotView>
  readonly getAllInventory: PageAfter<InventoryView>
  readonly getAllInventoryAtLocation: PageAfter<InventoryView>
  readonly getAllInventoryForLocationAndChildren: PageAfter<InventoryView>
  readonly getInventoryForMaterial: PageAfter<InventoryView>
}

/** One page of every row. `given` holds the documented arguments by their names. */
export type PageAfter<A> = (given: object, after: string | null, caller: Caller) => Effect.Effect<Page<A>, Refusal>

/** The documented functions that answer with every row: what is disabled or zero is left out, as in every list. */
export interface WholeFunctions {
  readonly pages: PageFunctions
  readonly getAllLots: (caller: Caller) => Effect.Effect<readonly LotView[], Refusal>
  readonly getLotsForMaterial: Of<LotView>
  readonly getAllInventory: (caller: Caller) => Effect.Effect<readonly InventoryView[], Refusal>
  readonly getAllInventoryAtLocation: Of<InventoryView>
  /** Everywhere, where no location is given. */
  readonly getAllInventoryForLocationAndChildren: Of<InventoryView>
  readonly getInventoryForMaterial: Of<InventoryView>
}
type Of<A> = (idOrPath: Argument, caller: Caller) => Effect.Effect<readonly A[], Refusal>

/** The functions of single rows of stock, of room for it, and of the caller's own rights. */
export interface StockFunctions {
  /** The row of a lot at a location, be it zero. The material is looked at only where the lot is named. */
  readonly getInventoryByLotAndLocation: (
    lotIdOrName: Argument,
    materialIdOrPath: Argument,
    locationIdOrPath: Argument,
    caller: Caller,
  ) => Effect.Effect<InventoryView, Refusal>
  /** Writes label, production order and notes of a row; a given value replaces, null keeps, empty text clears. */
  readonly setInventoryMetadata: Save<InventoryView>
  /** Whether the location would take the quantity of the lot (in the lot's unit), as a posting now would find. */
  readonly checkLocationHasCapacity: (
    locationIdOrPath: Argument,
    lotIdOrName: Argument,
    materialIdOrPath: Argument,
    quantity: number | string | null,
    caller: Caller,
  ) => Effect.Effect<boolean, Refusal>
  /** Every permission that the caller holds, sorted; a parent stands for all that it grants. Needs none. */
  readonly getInventoryPermissions: (caller: Caller) => Effect.Effect<readonly Permission[], Refusal>
}

/** The functions that say where lots came from and where they went. */
export interface TraceFunctions {
  /** Traces a lot, given by id or by name with the `material` of the query, in both directions unless asked otherwise. */
  readonly traceLot: (idOrName: string, query: unknown, caller: Caller) => Effect.Effect<TraceView, Refusal>
  /** The same without names, status, stock, dates and shares: the ids, the depths and the quantities, in a fraction of the time. */
  readonly traceLotBasic: (idOrName: string, query: unknown, caller: Caller) => Effect.Effect<BasicTraceView, Refusal>
  /** As documented: `rootNodeId`, `direction` INPUT or OUTPUT, `depth` (1). */
  readonly getLotTraceGraph: (request: unknown, caller: Caller) => Effect.Effect<LotTraceGraph, Refusal>
  /** As documented: the records of `inventoryLotRecordIds` as rows, in that order. */
  readonly getLotTraceTable: (request: unknown, caller: Caller) => Effect.Effect<readonly LotTraceRow[], Refusal>
}

/** The functions that recall a lot: they say what it reached, and hold it. */
export interface RecallFunctions {
  /** Everything that a lot reached, given by id or by name with the `material` of the query. */
  readonly recallLot: (idOrName: string, query: unknown, caller: Caller) => Effect.Effect<RecallView, Refusal>
  /**
   * Puts every affected lot that has stock on QA_HOLD, all or nothing, and says why the others are left as they are.
   * Refused where the recall is truncated.
   */
  readonly holdRecalledLots: (idOrName: string, request: unknown, call: Call) => Effect.Effect<RecallHold, Refusal>
}

/** Everything that Lotbook can do: one method per function. Every face calls this, and nothing writes around it. */
export interface Inventory
  extends WriteFunctions,
    LotFunctions,
    RecordFunctions,
    WholeFunctions,
    StockFunctions,
    MasterDataFunctions,
    TraceFunctions,
    RecallFunctions,
    PublishFunctions {}

/** What is for those who send a trace on: its text, without the objects. */
export interface TraceTexts {
  /** What `traceLot` answers, or `traceLotBasic` where the query has `detail: BASIC`, as JSON in pieces of UTF-8, which are made as they are taken. */
  readonly traceLotJson: (
    idOrName: string,
    query: unknown,
    caller: Caller,
  ) => Effect.Effect<Iterable<Uint8Array>, Refusal>
}

/** What is for those who send a page of records on: its text, without the objects. */
export interface RecordTexts {
  /** What `findInventoryLotRecords` answers, as JSON in UTF-8. */
  readonly findInventoryLotRecordsJson: (query: unknown, caller: Caller) => Effect.Effect<Uint8Array, Refusal>
}

/** An inventory over a store of its own: with the feed of what is written there. */
export interface LocalInventory extends Inventory, EventFunctions, TraceTexts, RecordTexts {}

/** What the ledger takes from outside: where it is kept, what time it is, and fresh ids. */
export interface InventoryParts {
  readonly store: Store
  readonly now: () => Instant
  readonly newUlid: NewUlid
}
