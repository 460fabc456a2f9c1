import { Effect, Result } from 'effect'
import type { Action, Circumstances } from './actions/action.ts'
import { whyInvalid, whyNotPermitted } from './actions/action.ts'
import { type ActionName, actionCatalog, type Listed } from './actions/catalog.ts'
import { changeStatus, newChangeStatusRequest } from './actions/change-status.ts'
import { deleteLot, referencesTo } from './actions/delete-lot.ts'
import { executeInventoryActions } from './actions/execute-inventory-actions.ts'
import { reverseLotRecord } from './actions/reverse-lot-record.ts'
import { newInventoryLotRecord, saveInventoryLotRecord } from './actions/save-inventory-lot-record.ts'
import { newLot, saveLot } from './actions/save-lot.ts'
import { type NewUlid, readUlid, type Ulid } from './identifiers/ulid.ts'
import {
  findLocation,
  findLot,
  findMaterial,
  findUnit,
  type Known,
  type KnownLot,
  type LotRef,
  onHand,
} from './known.ts'
import type { RecordVersion } from './lot-record/lot-record.ts'
import type { LotRecordType } from './lot-record/lot-record-type.ts'
import type { UnitConversion } from './master-data/master-data.ts'
import { saveLocation } from './master-data/save-location.ts'
import { saveMaterial } from './master-data/save-material.ts'
import { saveReasonCode } from './master-data/save-reason-code.ts'
import { saveUnit } from './master-data/save-unit.ts'
import { saveUnitConversion } from './master-data/save-unit-conversion.ts'
import type { Grant, Permission } from './permissions.ts'
import {
  newLotHistoryRequest,
  readInventoryQuery,
  readLotHistory,
  readLotQuery,
  readPage,
  readRecordQuery,
  toRef,
} from './queries/queries.ts'
import { NotFound, type Reference, type Refusal } from './refusals.ts'
import type { Decoded } from './request.ts'
import type { Page, Receipt, Store, VersionView } from './store.ts'
import type { Instant } from './time/instant.ts'
import { type InventoryView, inventoryView, type LotView, lotView } from './views/lot-view.ts'
import {
  type LocationView,
  locationView,
  type MaterialView,
  materialView,
  type ReasonCodeView,
  reasonCodeView,
  type UnitConversionView,
  type UnitView,
  unitConversionView,
  unitView,
} from './views/master-data-view.ts'
import { type HistoryView, historyView, namesFromKnown, type RecordView, recordView } from './views/record-view.ts'

/** Who calls, and with which rights. */
export interface Caller {
  /** Written as the author of everything the call writes: a key's name, `local:<user>`, or what a program says. */
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

/** What a dry run shows: the last record, the rows and the lots as they would be. Ids of what would be new are null. */
export interface Preview {
  readonly record: RecordView | null
  readonly balances: readonly InventoryView[]
  readonly lots: readonly LotView[]
}

/** What an action answers: its record, or with `allowMultiple` one record for each lot. */
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

/** The functions that write the ledger. `R` is what the record functions answer, `L` what those of lots do. */
export interface Writes<R, L> {
  readonly saveInventoryLotRecord: (request: unknown, call: Call) => Effect.Effect<R, Refusal>
  readonly changeStatus: (request: unknown, call: Call) => Effect.Effect<R, Refusal>
  /** Takes a posted record back (`id`, `notes`, `materialReasonCodeId`). */
  readonly reverseLotRecord: (request: unknown, call: Call) => Effect.Effect<R, Refusal>
  readonly saveLot: (request: unknown, call: Call) => Effect.Effect<L, Refusal>
}

type Find<A> = (query: unknown, caller: Caller) => Effect.Effect<Page<A>, Refusal>
type Validate = (request: unknown, caller: Caller) => Effect.Effect<ViolationMap, Refusal>
type Save<A> = (request: unknown, call: Call) => Effect.Effect<A, Refusal>
type Get<A> = (idOrName: string, caller: Caller) => Effect.Effect<A, Refusal>

/** Everything that Lotbook can do: one method per function. Every face calls this, and nothing writes around it. */
export interface Inventory
  extends Writes<RecordView, LotView>,
    Actions<ActionAnswer, readonly RecordView[]>,
    Templates,
    Validators {
  /** The same writes, done in full and taken back: what would be true, or why not. */
  readonly dryRun: Writes<Preview, Preview> & Actions<Preview, Preview>
  readonly newInventoryLotRecord: () => ReturnType<typeof newInventoryLotRecord>
  readonly validateInventoryLotRecord: Validate
  readonly newChangeStatusRequest: () => ReturnType<typeof newChangeStatusRequest>
  readonly validateChangeStatusRequest: Validate
  readonly newLot: () => ReturnType<typeof newLot>
  readonly validateLot: Validate
  readonly newLotHistoryRequest: () => ReturnType<typeof newLotHistoryRequest>
  readonly getLot: Get<LotView>
  readonly getLotByIdOrNameAndMaterial: (
    idOrName: string,
    material: string | null,
    caller: Caller,
  ) => Effect.Effect<LotView, Refusal>
  readonly findLots: Find<LotView>
  /** All rows of a lot's history, oldest first; those where it is the secondary lot too. */
  readonly getLotHistory: (request: unknown, caller: Caller) => Effect.Effect<readonly HistoryView[], Refusal>
  readonly getInventoryLotReferences: Get<readonly Reference[]>
  readonly deleteLot: (id: string, call: Call) => Effect.Effect<{ readonly id: string }, Refusal>
  readonly getInventoryLotRecord: Get<RecordView>
  readonly getInventoryLotRecordVersions: Get<readonly VersionView[]>
  readonly findInventoryLotRecords: Find<RecordView>
  readonly findInventory: Find<InventoryView>
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

/** What the ledger takes from outside: where it is kept, what time it is, and fresh ids. */
export interface InventoryParts {
  readonly store: Store
  readonly now: () => Instant
  readonly newUlid: NewUlid
}

const read: Permission = 'INVENTORY.READ.GET'

/** What a change came to: what was true before and after, and the versions with their sequences. */
interface Done {
  readonly before: Known
  readonly after: Known
  readonly versions: readonly RecordVersion[]
  /** Which of the versions are the answer. */
  readonly answers: readonly number[]
  readonly sequences: readonly (number | null)[]
  readonly now: Instant
}

const recordAt = ({ after, versions, sequences }: Done, place: number): RecordView => {
  const { record } = versions[place] as RecordVersion
  return recordView(record, sequences[place] ?? null, namesFromKnown(after, record))
}

const recordOf = (done: Done): RecordView => recordAt(done, done.answers[0] ?? 0)
const recordsOf = (done: Done): readonly RecordView[] => done.answers.map((place) => recordAt(done, place))
const actionAnswer = (done: Done, request: unknown): ActionAnswer =>
  (request as { readonly allowMultiple?: boolean | null }).allowMultiple === true
    ? { items: recordsOf(done) }
    : recordOf(done)

const viewOfLot = (known: Known, item: KnownLot, now: Instant): LotView => {
  const material = known.materials.get(item.lot.materialId)
  const unit = known.units.get(item.lot.unitOfMeasureId)
  if (material === undefined || unit === undefined) throw new Error('a lot was loaded without its material and unit')
  return lotView(item.lot, material, unit, onHand(item), now)
}

const previewOf = (done: Done): Preview => {
  const { before, after, versions, now } = done
  const changed = [...after.lots.values()].filter((item) => before.lots.get(item.lot.id) !== item)
  const lots = changed.map((item) => {
    const view = viewOfLot(after, item, now)
    return before.lots.has(item.lot.id) ? view : { ...view, id: null }
  })
  const balances = changed.flatMap(({ lot, rows }) =>
    [...rows.values()].flatMap((row) => {
      const old = before.lots.get(lot.id)?.rows.get(row.locationId)
      const location = after.locations.get(row.locationId)
      const material = after.materials.get(lot.materialId)
      const unit = after.units.get(lot.unitOfMeasureId)
      if (old === row || location === undefined || material === undefined || unit === undefined) return []
      const view = inventoryView(row, lot, location, material, unit)
      return [old === undefined ? { ...view, id: null } : view]
    }),
  )
  const record = versions.length === 0 ? null : { ...recordOf(done), sequence: null }
  const isNew = versions[done.answers[0] ?? 0]?.record.version === 1
  return { record: record !== null && isNew ? { ...record, id: null } : record, balances, lots }
}

/** The ledger over a store. */
export const makeInventory = ({ store, now, newUlid }: InventoryParts): Inventory => {
  const permitted = (caller: Caller, permission: Permission | null): Effect.Effect<void, Refusal> => {
    const refusal = permission === null ? undefined : whyNotPermitted(caller.grants, permission)
    return refusal === undefined ? Effect.void : Effect.fail(refusal)
  }

  const circumstances = (call: Call, at: Instant): Circumstances => ({
    now: at,
    actor: call.actor,
    newId: () => newUlid(at),
    grants: call.grants,
    expectedVersion: call.expectedVersion,
  })

  const perform =
    <R, A>(action: Action<R>, answer: (done: Done, request: R) => A, dryRun = false) =>
    (input: unknown, call: Call): Effect.Effect<A, Refusal> => {
      const refusal = action.permission === null ? undefined : whyNotPermitted(call.grants, action.permission)
      if (refusal !== undefined) return Effect.fail(refusal)
      const at = now()
      const decoded = action.decode(input)
      return store.change(
        action.scope(decoded.request, at),
        (before) =>
          Result.map(
            action.decide(before, decoded, circumstances(call, at)),
            ({ known: after, versions, answers = [0], changes = [], deletedLots = [] }) => ({
              known: after,
              versions,
              changes,
              deletedLots,
              answer: (sequences) => answer({ before, after, versions, answers, sequences, now: at }, decoded.request),
            }),
          ),
        { dryRun, receipt: call.receipt },
      )
    }

  const validate =
    <R>(action: Action<R>): Validate =>
    (input, caller) => {
      const at = now()
      const decoded = action.decode(input)
      return Effect.andThen(
        permitted(caller, 'INVENTORY.READ.VALIDATE'),
        store.view(action.scope(decoded.request, at), (known) =>
          action.violations(known, decoded, circumstances(caller, at)).toMap(),
        ),
      )
    }

  const find =
    <Q, A>(readQuery: (input: unknown) => Decoded<Q>, list: (query: Q) => Effect.Effect<Page<A>, Refusal>): Find<A> =>
    (input, caller) => {
      const { request, violations } = readQuery(input)
      const refusal = whyNotPermitted(caller.grants, read) ?? whyInvalid(violations)
      return refusal === undefined ? list(request) : Effect.fail(refusal)
    }

  /** Looks something up by id or name; what is not there is refused as not found. */
  const look = <A>(
    kind: string,
    idOrName: string,
    caller: Caller,
    scope: Parameters<Store['view']>[0],
    found: (known: Known) => A | undefined,
  ): Effect.Effect<A, Refusal> =>
    permitted(caller, read).pipe(
      Effect.andThen(store.view(scope, found)),
      Effect.flatMap(
        (value): Effect.Effect<A, Refusal> =>
          value === undefined ? Effect.fail(new NotFound({ kind, idOrName })) : Effect.succeed(value),
      ),
    )

  /** What cannot be there is not found, for those who may look. */
  const notThere = (kind: string, idOrName: string, caller: Caller): Effect.Effect<never, Refusal> =>
    Effect.andThen(permitted(caller, read), Effect.fail<Refusal>(new NotFound({ kind, idOrName })))

  const lotByRef = (ref: LotRef, idOrName: string, caller: Caller): Effect.Effect<LotView, Refusal> =>
    look('lot', idOrName, caller, { lots: [ref] }, (known) => {
      const item = findLot(known, ref)
      return item && viewOfLot(known, item, now())
    })

  const getRecord = (idText: string, caller: Caller): Effect.Effect<RecordView, Refusal> => {
    const id = readUlid(idText)
    const missing = Effect.fail(new NotFound({ kind: 'lot record', idOrName: idText }))
    return permitted(caller, read).pipe(
      Effect.andThen(id === undefined ? Effect.succeed(undefined) : store.recordById(id)),
      Effect.flatMap(
        (record): Effect.Effect<RecordView, Refusal> => (record === undefined ? missing : Effect.succeed(record)),
      ),
    )
  }

  const lotOfDone = (
    { after, now: at }: Done,
    { id, name, materialId }: { id: Ulid | null; name: string | null; materialId: Ulid | null },
  ): LotView => {
    const ref: LotRef = id !== null ? { id } : { name: name ?? '', material: { id: materialId as Ulid } }
    return viewOfLot(after, findLot(after, ref) as KnownLot, at)
  }

  const symbolOf = (known: Known, id: Ulid | null): string => (id === null ? '' : (known.units.get(id)?.symbol ?? ''))
  const showLocation = (known: Known, location: Parameters<typeof locationView>[0]): LocationView =>
    locationView(
      location,
      location.storageCapacityUnitId === null ? null : symbolOf(known, location.storageCapacityUnitId),
    )
  const showConversion = (known: Known, conversion: UnitConversion): UnitConversionView =>
    unitConversionView(
      conversion,
      symbolOf(known, conversion.fromUnitId),
      symbolOf(known, conversion.toUnitId),
      conversion.materialId === null ? null : (known.materials.get(conversion.materialId)?.path ?? null),
    )
  const last = <A>(items: ReadonlyMap<Ulid, A>): A => [...items.values()].at(-1) as A
  const saved =
    <A>(items: (known: Known) => ReadonlyMap<Ulid, A>) =>
    (done: Done, { id }: { readonly id: Ulid | null }): A =>
      id === null ? last(items(done.after)) : (items(done.after).get(id) as A)

  // One entry of the catalog makes the methods of its action; the types say which they are.
  const entries = Object.entries(actionCatalog) as [ActionName, Listed<unknown, string>][]
  const actions = Object.fromEntries(
    entries.flatMap(([name, { stem, action, template, many }]) => [
      [name, many ? perform(action, recordsOf) : perform(action, actionAnswer)],
      [`new${stem}Request`, () => template(now())],
      [`validate${stem}Request`, validate(action)],
    ]),
  ) as unknown as Actions<ActionAnswer, readonly RecordView[]> & Templates & Validators
  const previews = Object.fromEntries(
    entries.map(([name, { action }]) => [name, perform(action, previewOf, true)]),
  ) as unknown as Actions<Preview, Preview>

  return {
    ...actions,
    executeInventoryActions: perform(executeInventoryActions, recordsOf),
    newInventoryLotRecord: () => newInventoryLotRecord(now()),
    validateInventoryLotRecord: validate(saveInventoryLotRecord),
    saveInventoryLotRecord: perform(saveInventoryLotRecord, recordOf),
    newChangeStatusRequest,
    validateChangeStatusRequest: validate(changeStatus),
    changeStatus: perform(changeStatus, recordOf),
    reverseLotRecord: perform(reverseLotRecord, recordOf),
    newLot,
    validateLot: validate(saveLot),
    saveLot: perform(saveLot, lotOfDone),
    dryRun: {
      ...previews,
      executeInventoryActions: perform(executeInventoryActions, previewOf, true),
      saveInventoryLotRecord: perform(saveInventoryLotRecord, previewOf, true),
      changeStatus: perform(changeStatus, previewOf, true),
      reverseLotRecord: perform(reverseLotRecord, previewOf, true),
      saveLot: perform(saveLot, previewOf, true),
    },
    getLot: (id, caller) => {
      const ulid = readUlid(id)
      return ulid === undefined ? notThere('lot', id, caller) : lotByRef({ id: ulid }, id, caller)
    },
    getLotByIdOrNameAndMaterial: (idOrName, material, caller) => {
      const ref = toRef(idOrName)
      if ('id' in ref) return lotByRef(ref, idOrName, caller)
      return material === null
        ? notThere('lot (a name needs its material)', idOrName, caller)
        : lotByRef({ name: ref.name, material: toRef(material) }, idOrName, caller)
    },
    findLots: find((input) => readLotQuery(input, now()), store.findLots),
    newLotHistoryRequest,
    getLotHistory: (input, caller) =>
      Effect.gen(function* () {
        yield* permitted(caller, read)
        const { request, violations } = readLotHistory(input)
        const invalid = whyInvalid(violations)
        if (invalid !== undefined) return yield* Effect.fail<Refusal>(invalid)
        const rows: HistoryView[] = []
        let after: string | null = null
        do {
          const page: Page<RecordView> = yield* store.findRecords({ ...request, after })
          rows.push(...page.items.map(historyView))
          after = page.next
        } while (after !== null)
        return rows
      }),
    getInventoryLotReferences: (idText, caller) => {
      const id = readUlid(idText)
      if (id === undefined) return notThere('lot', idText, caller)
      return look('lot', idText, caller, { lots: [{ id }], referencesTo: [id] }, (known) =>
        known.lots.has(id) ? referencesTo(known, id) : undefined,
      )
    },
    deleteLot: (id, call) => perform(deleteLot, () => ({ id }))({ id }, call),
    getInventoryLotRecord: getRecord,
    getInventoryLotRecordVersions: (idText, caller) =>
      Effect.andThen(getRecord(idText, caller), store.recordVersions(readUlid(idText) as Ulid)),
    findInventoryLotRecords: find(readRecordQuery, store.findRecords),
    findInventory: find(readInventoryQuery, store.findInventory),
    saveUnit: perform(saveUnit, (done, request) => unitView(saved((known) => known.units)(done, request))),
    getUnit: (text, caller) =>
      look('unit', text, caller, { units: [toRef(text)] }, (known) => {
        const unit = findUnit(known, toRef(text))
        return unit && unitView(unit)
      }),
    findUnits: find(readPage, store.findUnits),
    saveUnitConversion: perform(saveUnitConversion, (done, request) =>
      showConversion(done.after, saved((known) => known.conversions)(done, request)),
    ),
    getUnitConversion: (text, caller) => {
      const id = readUlid(text)
      const missing = new NotFound({ kind: 'unit conversion', idOrName: text })
      return permitted(caller, read).pipe(
        Effect.andThen(
          id === undefined ? Effect.fail<Refusal>(missing) : store.findUnitConversions({ limit: 1, after: null, id }),
        ),
        Effect.flatMap(({ items: [conversion] }) =>
          conversion === undefined ? Effect.fail<Refusal>(missing) : Effect.succeed(conversion),
        ),
      )
    },
    findUnitConversions: find(readPage, store.findUnitConversions),
    saveMaterial: perform(saveMaterial, (done, request) => {
      const material = saved((known) => known.materials)(done, request)
      return materialView(material, symbolOf(done.after, material.unitOfMeasureId))
    }),
    getMaterial: (text, caller) =>
      look('material', text, caller, { materials: [toRef(text)] }, (known) => {
        const material = findMaterial(known, toRef(text))
        return material && materialView(material, symbolOf(known, material.unitOfMeasureId))
      }),
    findMaterials: find(readPage, store.findMaterials),
    saveLocation: perform(saveLocation, (done, request) =>
      showLocation(done.after, saved((known) => known.locations)(done, request)),
    ),
    getLocation: (text, caller) =>
      look('location', text, caller, { locations: [toRef(text)] }, (known) => {
        const location = findLocation(known, toRef(text))
        return location && showLocation(known, location)
      }),
    findLocations: find(readPage, store.findLocations),
    saveReasonCode: perform(saveReasonCode, (done, request) =>
      reasonCodeView(saved((known) => known.reasonCodes)(done, request)),
    ),
    getReasonCode: (text, caller) => {
      const id = readUlid(text)
      if (id === undefined) return notThere('reason code', text, caller)
      return look('reason code', text, caller, { reasonCodes: [{ id }] }, (known) => {
        const reason = known.reasonCodes.get(id)
        return reason && reasonCodeView(reason)
      })
    },
    findReasonCodes: (query, caller, lotRecordType) =>
      find(readPage, (page) =>
        store.findReasonCodes({ ...page, ...(lotRecordType !== undefined && { lotRecordType }) }),
      )(query, caller),
  }
}
