import { Effect, Result } from 'effect'
import { fieldChanges } from '../../actions/action.ts'
import { makeUlidSource, showUlid, type Ulid } from '../../identifiers/ulid.ts'
import type { FieldChange, Known, Outcome, Stamp } from '../../known.ts'
import type { Lot } from '../../lot/lot.ts'
import { apply } from '../../lot-record/apply.ts'
import type { LotEntry, LotRecord, RecordVersion, StockEntry, TakeBack } from '../../lot-record/lot-record.ts'
import type { LotRecordType } from '../../lot-record/lot-record-type.ts'
import type { Location, Material, Unit } from '../../master-data/master-data.ts'
import { oneUnit } from '../../quantity/quantity.ts'
import type { Scope } from '../../scope.ts'
import type { Store } from '../../store.ts'
import type { Instant } from '../../time/instant.ts'

// Outcomes made without any action, so that a store can be tried on its own.

/** The moment at which everything here is written. */
export const writtenAt: Instant = Date.UTC(2026, 10, 23)

const ulids = makeUlidSource()
/** A new id. */
export const newId = (): Ulid => ulids(writtenAt)
const stamp: Stamp = { now: writtenAt, actor: 'ada', newId }

const plain = { notes: null, enabled: true, spare1: null, spare2: null, spare3: null }
const authored = { createdDate: writtenAt, createdBy: 'ada', modifiedDate: null, modifiedBy: null }

/** A unit whose name is its symbol. */
export const unit = (symbol: string): Unit => ({ ...plain, ...authored, id: newId(), name: symbol, symbol, version: 1 })

/** A material whose lots do not expire. */
export const material = (path: string, unitOfMeasureId: Ulid): Material => ({
  ...plain,
  ...authored,
  id: newId(),
  path,
  unitOfMeasureId,
  shelfLifeDays: null,
  initialLotStatus: 'AVAILABLE',
  description: null,
  version: 1,
})

/** A location; with a unit it has room for a thousand. */
export const location = (path: string, storageCapacityUnitId: Ulid | null = null): Location => ({
  ...plain,
  ...authored,
  id: newId(),
  path,
  type: null,
  allowNegativeInventory: false,
  storageCapacity: storageCapacityUnitId === null ? null : 1000 * oneUnit,
  storageCapacityUnitId,
  lotStorageStrategy: 'ALLOW_MULTIPLE',
  lotUseStrategy: 'FIFO',
  version: 1,
})

/** An AVAILABLE lot that was never posted to. */
export const lot = (name: string, of: Material): Lot => ({
  ...plain,
  ...authored,
  id: newId(),
  name,
  materialId: of.id,
  unitOfMeasureId: of.unitOfMeasureId,
  initialStatus: 'AVAILABLE',
  status: 'AVAILABLE',
  totalQuantity: 0,
  expirationDate: null,
  closedDate: null,
  supplierId: null,
  version: 1,
})

/** A completed, posted record. */
export const record = (
  lotRecordType: LotRecordType,
  of: Lot,
  startDate: Instant,
  more: Partial<LotRecord> = {},
): LotRecord => ({
  ...plain,
  ...authored,
  id: newId(),
  lotRecordType,
  status: 'COMPLETED',
  inventoryLotId: of.id,
  secondaryInventoryLotId: null,
  sourceLocationId: null,
  destinationLocationId: null,
  quantity: null,
  lotStatus: null,
  startDate,
  endDate: null,
  operationRecordId: null,
  operationId: null,
  inventoryOperationId: null,
  inventoryOperationName: null,
  productionOrderId: null,
  productionOrderName: null,
  materialReasonCodeId: null,
  shiftRecordId: null,
  posted: true,
  version: 1,
  previousStatus: null,
  expirationDate: null,
  reversalOf: null,
  reversedBy: null,
  countedQuantity: null,
  requestedQuantity: null,
  requestedUnitOfMeasureSymbol: null,
  consumeRecordId: null,
  policy: 'standard',
  ...more,
})

/** What one version posts. */
export interface Posting {
  readonly stock?: readonly StockEntry[]
  readonly lots?: readonly LotEntry[]
  readonly takesBack?: readonly TakeBack[]
}

/** One leg. */
export const stockEntry = (at: Location, of: Lot, quantity: number, effectiveDate: Instant): StockEntry => ({
  locationId: at.id,
  lotId: of.id,
  quantity,
  effectiveDate,
})

/** What is done to a lot: nothing but what is given. */
export const lotEntry = (of: Lot, effectiveDate: Instant, more: Partial<LotEntry>): LotEntry => ({
  lotId: of.id,
  effectiveDate,
  status: null,
  expiration: null,
  closed: null,
  total: 0,
  ...more,
})

/** A version with what it posts. */
export const versionOf = (written: LotRecord, { stock = [], lots = [], takesBack = [] }: Posting): RecordVersion => ({
  record: written,
  stockEntries: stock,
  lotEntries: lots,
  takesBack,
  writtenDate: writtenAt,
  writtenBy: 'ada',
})

/** An outcome that writes some versions and answers with their sequences. */
export const outcomeOf = (
  known: Known,
  versions: readonly RecordVersion[],
): Outcome<{ readonly sequences: readonly (number | null)[] }> => ({
  known: versions.reduce((before, version) => apply(before, version, stamp), known),
  versions,
  changes: [],
  deletedLots: [],
  answer: (sequences) => ({ sequences }),
})

const ofLocation = [
  ...(['path', 'allowNegativeInventory', 'storageCapacity', 'storageCapacityUnitId'] as const),
  ...(['lotStorageStrategy', 'lotUseStrategy', 'enabled'] as const),
] as const

/** Puts master data and lots into a store as they are, and tells of their making. */
export const put = (
  store: Store,
  items: {
    readonly units?: readonly Unit[]
    readonly materials?: readonly Material[]
    readonly locations?: readonly Location[]
    readonly lots?: readonly Lot[]
  },
): void => {
  const added = <A extends { readonly id: Ulid }>(all: ReadonlyMap<Ulid, A>, some: readonly A[] = []) =>
    new Map([...all, ...some.map((item) => [item.id, item] as const)])
  const made = <A extends { readonly id: Ulid }>(
    entity: FieldChange['entity'],
    some: readonly A[] | undefined,
    fields: readonly (keyof A & string)[],
  ) => (some ?? []).flatMap((item) => fieldChanges<A>(entity, showUlid(item.id), {}, item, fields, stamp))
  Effect.runSync(
    store.change({}, (known) =>
      Result.succeed({
        ...outcomeOf(known, []),
        changes: [
          ...made('unit', items.units, ['name', 'symbol', 'enabled']),
          ...made('material', items.materials, ['path', 'unitOfMeasureId', 'initialLotStatus', 'enabled']),
          ...made('location', items.locations, ofLocation),
          ...made('lot', items.lots, ['name', 'materialId', 'unitOfMeasureId']),
        ],
        known: {
          ...known,
          units: added(known.units, items.units),
          materials: added(known.materials, items.materials),
          locations: added(known.locations, items.locations),
          lots: new Map((items.lots ?? []).map((item) => [item.id, { lot: item, rows: new Map() }])),
        },
      }),
    ),
  )
}

/** Writes one version; its lots are loaded first. */
export const post = (store: Store, written: LotRecord, posting: Posting = {}): LotRecord => {
  const version = versionOf(written, posting)
  const ids = [written.inventoryLotId, ...[...version.stockEntries, ...version.lotEntries].map(({ lotId }) => lotId)]
  const scope: Scope = { lots: ids.map((id) => ({ id })) }
  Effect.runSync(store.change(scope, (known) => Result.succeed(outcomeOf(known, [version]))))
  return written
}
