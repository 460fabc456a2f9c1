import { Effect } from 'effect'
import { type Call, type Inventory, makeInventory } from '../inventory.ts'
import type { LotStatus, Policy } from '../lot/lot-status.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { Refusal } from '../refusals.ts'
import type { Store } from '../store.ts'
import { showInstant } from '../time/instant.ts'
import type { LotView } from '../views/lot-view.ts'
import type { RecordView } from '../views/record-view.ts'
import { type Clock, makeClock } from './clock.ts'
import { countedUlids } from './counted-ulids.ts'
import { type MemoryStore, makeMemoryStore } from './memory-store.ts'
import { sha256 } from './sha256.ts'

/** Somebody who may do everything. */
export const ada: Call = { actor: 'ada', grants: ['INVENTORY', 'INVENTORY.ADMIN'] }

const unitSymbols = { kg: 'kilogram', l: 'litre', pcs: 'piece' } as const

const materialRequests = {
  /** Keeps for ever. */
  sugar: { path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' },
  /** Keeps ten days. */
  milk: { path: 'Raw/Milk', unitOfMeasureSymbol: 'l', shelfLifeDays: 10 },
  /** Keeps thirty days, and is tested before it is sold. */
  yoghurt: { path: 'Goods/Yoghurt', unitOfMeasureSymbol: 'pcs', shelfLifeDays: 30, initialLotStatus: 'QA_HOLD' },
} as const

const locationRequests = {
  dock: { path: 'Plant/Dock' },
  warehouse: { path: 'Plant/Warehouse' },
  line: { path: 'Plant/Hall/Line 1' },
  /** Lets its stock go below zero. */
  silo: { path: 'Plant/Silo', allowNegativeInventory: true },
} as const

const reasonRequests = {
  damaged: { lotRecordType: 'SCRAP', reasonCode: 'DAMAGED' },
  /** Asks for notes. */
  released: { lotRecordType: 'STATUS_CHANGE', reasonCode: 'RELEASED', requireComments: true },
} as const

/** The names under which the plant knows its master data, each with its id. */
type Ids<A> = { readonly [K in keyof A]: string }

/** A dairy with its master data, no lots yet, and short ways to say what happens there. */
export interface Plant<S extends Store = Store> {
  readonly store: S
  readonly inventory: Inventory
  readonly clock: Clock
  readonly materials: Ids<typeof materialRequests>
  readonly locations: Ids<typeof locationRequests>
  readonly reasons: Ids<typeof reasonRequests>
  /** Makes a lot, AVAILABLE unless another status is given. */
  readonly lot: (
    name: string,
    material: keyof typeof materialRequests,
    status?: LotStatus,
  ) => Effect.Effect<LotView, Refusal>
  /** Writes a COMPLETED record that ends now; fields are those of saveInventoryLotRecord. */
  readonly record: (
    lotRecordType: LotRecordType,
    lot: LotView,
    fields?: Readonly<Record<string, unknown>>,
  ) => Effect.Effect<RecordView, Refusal>
  /** Receives so much of a lot. */
  readonly receive: (
    lot: LotView,
    quantity: number,
    destination?: keyof typeof locationRequests,
  ) => Effect.Effect<RecordView, Refusal>
  /** The lot as it is now. */
  readonly look: (lot: LotView) => Effect.Effect<LotView, Refusal>
}

const saveAll = <K extends string, R, E>(
  requests: Readonly<Record<K, R>>,
  save: (request: R) => Effect.Effect<{ readonly id: string | null }, E>,
): Effect.Effect<Readonly<Record<K, string>>, E> =>
  Effect.gen(function* () {
    const ids: [string, string][] = []
    for (const [name, request] of Object.entries<R>(requests)) ids.push([name, (yield* save(request)).id ?? ''])
    return Object.fromEntries(ids) as Record<K, string>
  })

/** Sets up the plant in a store. Ids and times are the same in every store. */
export const buildPlant = <S extends Store>(store: S): Effect.Effect<Plant<S>, Refusal> =>
  Effect.gen(function* () {
    const clock = makeClock()
    const inventory = makeInventory({ store, now: clock.now, newUlid: countedUlids() })
    for (const [symbol, name] of Object.entries(unitSymbols)) yield* inventory.saveUnit({ name, symbol }, ada)
    const materials = yield* saveAll(materialRequests, (request) => inventory.saveMaterial(request, ada))
    const locations = yield* saveAll(locationRequests, (request) => inventory.saveLocation(request, ada))
    const reasons = yield* saveAll(reasonRequests, (request) => inventory.saveReasonCode(request, ada))

    const record: Plant['record'] = (lotRecordType, lot, fields = {}) => {
      const now = showInstant(clock.now())
      const request = { lotRecordType, inventoryLotId: lot.id, status: 'COMPLETED', startDate: now, endDate: now }
      return inventory.saveInventoryLotRecord({ ...request, ...fields }, ada)
    }
    return {
      store,
      inventory,
      clock,
      materials,
      locations,
      reasons,
      record,
      lot: (name, material, status = 'AVAILABLE') =>
        inventory.saveLot({ name, materialId: materials[material], status, notes: `${name} is new` }, ada),
      receive: (lot, quantity, destination = 'dock') =>
        record('RECEIVE', lot, { quantity, destinationLocationId: locations[destination] }),
      look: (lot) => inventory.getLot(lot.id ?? '', ada),
    }
  })

/** The plant in a memory of its own: everything in it runs synchronously. */
export const memoryPlant = (policy: Policy = 'standard'): Plant<MemoryStore> =>
  Effect.runSync(buildPlant(makeMemoryStore({ sha256, policy })))
