import { Effect, Result } from 'effect'
import { expect } from 'vitest'
import type { Epcis } from '../epcis.ts'
import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Importer } from '../importer.ts'
import type { ActionAnswer, Call, Caller, LocalInventory } from '../inventory.ts'
import { makeEpcis } from '../local-inventory/make-epcis.ts'
import { makeImporter } from '../local-inventory/make-importer.ts'
import { makeInventory } from '../local-inventory/make-inventory.ts'
import type { LotStatus, Policy } from '../lot/lot-status.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { Grant } from '../permissions.ts'
import type { Refusal } from '../refusals.ts'
import type { Store } from '../store.ts'
import type { LotView } from '../views/lot-view.ts'
import type { RecordView } from '../views/record-view.ts'
import { at, type Clock, instantOf, makeClock } from './clock.ts'
import { countedUlids } from './counted-ulids.ts'
import { makeMemoryStore } from './memory-store.ts'
import { type Posted, showPosted } from './posted.ts'
import { sha256 } from './sha256.ts'
import { snapshot } from './snapshot.ts'

/** A store under test. `dump` is all it holds, for comparing before and after; `close` lets go of it. */
export interface StoreUnderTest {
  readonly store: Store
  readonly dump?: () => unknown
  readonly close?: () => void | Promise<void>
}

/** Fields of a request. */
export type Fields = Readonly<Record<string, unknown>>

/** How a lot is to be when a test begins. All of it happens on the first day of the month. */
export interface LotSetup {
  readonly material?: 'milk' | 'sugar' | 'cap'
  /** The id of a material of the test's own. */
  readonly materialId?: string
  readonly status?: LotStatus
  /** Received at the dock. */
  readonly stock?: number
  readonly expirationDate?: string
}

/** A small plant over a store: units, materials, locations, a clock, and short words for what tests do all the time. */
export interface Plant {
  readonly clock: Clock
  readonly store: Store
  readonly importer: Importer
  readonly epcis: Epcis
  readonly inventory: LocalInventory
  /** Everything that is stored: the store's own dump, or all that it shows. */
  readonly dump: () => Promise<unknown>
  readonly close: () => Promise<void>
  /** A caller who may do everything. */
  readonly ada: Caller
  readonly caller: (...grants: readonly Grant[]) => Caller
  /** Milk (l) keeps ten days, sugar (kg) and caps (pcs) do not expire. */
  readonly material: Readonly<Record<'milk' | 'sugar' | 'cap', string>>
  /** Only the drain may go below zero. */
  readonly location: Readonly<Record<'dock' | 'cellar' | 'line' | 'drain', string>>
  readonly unit: Readonly<Record<'kg' | 'l' | 'pcs', string>>
  /** What must succeed. */
  readonly done: <A>(effect: Effect.Effect<A, Refusal>) => Promise<A>
  /** What must be refused, and must change nothing. */
  readonly refused: (effect: Effect.Effect<unknown, Refusal>) => Promise<Refusal>
  /** What may go either way. */
  readonly result: <A>(effect: Effect.Effect<A, Refusal>) => Promise<Result.Result<A, Refusal>>
  readonly setPolicy: (policy: Policy) => Promise<void>
  /** Makes a lot (of sugar, AVAILABLE, without stock) and returns its id. */
  readonly lot: (name: string, setup?: LotSetup) => Promise<string>
  /** Saves a COMPLETED lot record. */
  readonly save: (type: LotRecordType, lot: string, fields?: Fields, call?: Call) => Promise<RecordView>
  /** The save that `save` would do, to be refused. */
  readonly saving: (
    type: LotRecordType,
    lot: string,
    fields?: Fields,
    call?: Call,
  ) => Effect.Effect<RecordView, Refusal>
  readonly receive: (lot: string, quantity: number, day: number, location?: string) => Promise<RecordView>
  readonly consume: (lot: string, quantity: number, day: number, location?: string) => Promise<RecordView>
  readonly reverse: (record: RecordView, fields?: Fields) => Promise<RecordView>
  /** Takes a record back with all that stands in its way. */
  readonly cascade: (record: RecordView, fields?: Fields) => Promise<readonly RecordView[]>
  readonly changeStatus: (lot: string, newStatus: LotStatus, fields?: Fields, call?: Call) => Promise<RecordView>
  readonly get: (lot: string) => Promise<LotView>
  /** The lot's stock by the last name of the location; what is zero is left out. */
  readonly stock: (lot: string, asOf?: string) => Promise<Readonly<Record<string, number>>>
  /** What all versions of a record posted, in words. */
  readonly posted: (record: RecordView) => Promise<Posted>
}

/** The one record of an answer. */
export const one = (answer: ActionAnswer): RecordView =>
  'items' in answer ? expect.fail('one record was expected') : answer
/** The records of an answer that is a list. */
export const many = (answer: ActionAnswer): readonly RecordView[] =>
  'items' in answer ? answer.items : expect.fail('a list was expected')

const idOf = ({ id }: { readonly id: string | null }): string => id ?? ''

/** The canonical form of an id that was shown. */
export const ulidOf = (id: string | null): Ulid => readUlid(id ?? '') as Ulid

/** Makes a store in memory for a test. */
export const memory = (policy: Policy = 'standard'): StoreUnderTest => {
  const store = makeMemoryStore({ sha256, policy })
  return { store, dump: store.dump }
}

/** Builds the plant in an empty store. */
export const makePlant = async (under: StoreUnderTest = memory()): Promise<Plant> => {
  const { store } = under
  const clock = makeClock()
  const parts = { store, now: clock.now, newUlid: countedUlids() }
  const inventory = makeInventory(parts)
  const ada: Caller = { actor: 'ada', grants: ['INVENTORY'] }
  const done: Plant['done'] = (effect) => Effect.runPromise(effect)
  const result: Plant['result'] = (effect) => Effect.runPromise(Effect.result(effect))
  const dump = async () => (under.dump === undefined ? snapshot(store, clock.now()) : under.dump())

  const unit = async (symbol: string, name: string) => idOf(await done(inventory.saveUnit({ symbol, name }, ada)))
  const material = async (fields: Fields) => idOf(await done(inventory.saveMaterial(fields, ada)))
  const location = async (path: string, fields: Fields = {}) =>
    idOf(await done(inventory.saveLocation({ path, ...fields }, ada)))

  const units = {
    kg: await unit('kg', 'kilogram'),
    l: await unit('l', 'litre'),
    pcs: await unit('pcs', 'piece'),
  }
  const materials = {
    milk: await material({ path: 'Raw/Milk', unitOfMeasureSymbol: 'l', shelfLifeDays: 10 }),
    sugar: await material({ path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' }),
    cap: await material({ path: 'Pack/Cap', unitOfMeasureSymbol: 'pcs' }),
  }
  const locations = {
    dock: await location('Plant/Dock'),
    cellar: await location('Plant/Cellar'),
    line: await location('Plant/Line'),
    drain: await location('Plant/Drain', { allowNegativeInventory: true }),
  }

  const setPolicy: Plant['setPolicy'] = (policy) => Effect.runPromise(store.setPolicy(policy, 'ada', clock.now()))
  const saving: Plant['saving'] = (lotRecordType, inventoryLotId, fields = {}, call = ada) =>
    inventory.saveInventoryLotRecord({ lotRecordType, inventoryLotId, status: 'COMPLETED', ...fields }, call)
  const save: Plant['save'] = (...args) => done(saving(...args))
  const changeStatus: Plant['changeStatus'] = (lotId, newStatus, fields = {}, call = ada) =>
    done(inventory.changeStatus({ lotId, newStatus, ...fields }, call))
  const receive: Plant['receive'] = (lot, quantity, day, destinationLocationId = locations.dock) =>
    save('RECEIVE', lot, { quantity, startDate: at(day), destinationLocationId })

  /** Status and stock of the first day, which no rule of today stands in the way of. */
  const lot: Plant['lot'] = async (name, setup = {}) => {
    const { material: of = 'sugar', status = 'AVAILABLE', stock = 0, expirationDate = null } = setup
    const { materialId = materials[of] } = setup
    const now = clock.now()
    const policy = await Effect.runPromise(store.policy())
    clock.set(instantOf(1))
    await setPolicy('permissive')
    const id = idOf(await done(inventory.saveLot({ name, materialId, expirationDate }, ada)))
    if (stock !== 0) await receive(id, stock, 1)
    if (status !== 'OPEN') await changeStatus(id, status)
    await setPolicy(policy)
    clock.set(now)
    return id
  }

  const stock: Plant['stock'] = async (id, asOf) => {
    const query = { lot: id, limit: 200, ...(asOf !== undefined && { asOf }) }
    const { items } = await done(inventory.findInventory(query, ada))
    return Object.fromEntries(items.map(({ locationPath, quantity }) => [locationPath.split('/').at(-1), quantity]))
  }

  const refused: Plant['refused'] = async (effect) => {
    const before = await dump()
    const outcome = await result(effect)
    if (Result.isSuccess(outcome)) return expect.fail(`should be refused, and gave ${JSON.stringify(outcome.success)}`)
    expect(await dump()).toEqual(before)
    return outcome.failure
  }

  return {
    clock,
    store,
    inventory,
    importer: makeImporter(parts),
    epcis: makeEpcis({ ...parts, sha256 }),
    dump,
    close: async () => under.close?.(),
    ada,
    caller: (...grants) => ({ actor: 'ben', grants }),
    material: materials,
    location: locations,
    unit: units,
    done,
    refused,
    result,
    setPolicy,
    lot,
    save,
    saving,
    receive,
    consume: (id, quantity, day, sourceLocationId = locations.dock) =>
      save('CONSUME', id, { quantity, startDate: at(day), sourceLocationId }),
    reverse: async (record, fields = {}) =>
      one(await done(inventory.reverseLotRecord({ id: record.id, ...fields }, ada))),
    cascade: async (record, fields = {}) =>
      many(await done(inventory.reverseLotRecord({ id: record.id, cascade: true, ...fields }, ada))),
    changeStatus,
    get: (id) => done(inventory.getLot(id, ada)),
    stock,
    posted: async ({ id }) =>
      Effect.runPromise(store.view({ records: [ulidOf(id)] }, (known) => showPosted(known, ulidOf(id)))),
  }
}
