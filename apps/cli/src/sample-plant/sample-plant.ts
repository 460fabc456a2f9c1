import {
  type Call,
  type Instant,
  makeInventory,
  type Refusal,
  readUlid,
  type Store,
  showInstant,
  type Ulid,
} from '@lotbook/domain'
import { Effect } from 'effect'
import type { NewRecord, PlantEvent } from './events.ts'
import { locations } from './locations.ts'
import { materials } from './materials.ts'
import { makePlan } from './plan.ts'
import { reasonCodes } from './reason-codes.ts'
import { makeSeededIds } from './seeded-ids.ts'
import { units } from './units.ts'

/** Who wrote the sample plant. */
export const samplePlantActor = 'sample plant'

const call: Call = { actor: samplePlantActor, grants: ['INVENTORY'] }
const seed = 1_886

interface Saved {
  readonly id: string | null
}

/** What was written, by the names that the plan uses. */
class Names {
  readonly #ids = new Map<string, string>()

  note(name: string, { id }: Saved): void {
    this.#ids.set(name, id ?? '')
  }

  /** The id behind a name; null for no name. A name that was not written is an error in the plan. */
  idOf(name: string | undefined): string | null {
    if (name === undefined) return null
    const id = this.#ids.get(name)
    if (id === undefined) throw new Error(`the sample plant has nothing called ${name} yet`)
    return id
  }
}

const requestOf = (event: NewRecord, names: Names) => ({
  lotRecordType: event.type,
  inventoryLotId: names.idOf(event.lot),
  secondaryInventoryLotId: names.idOf(event.other),
  sourceLocationId: names.idOf(event.from),
  destinationLocationId: names.idOf(event.to),
  quantity: event.quantity ?? null,
  startDate: showInstant(event.at - (event.minutes ?? 0) * 60_000),
  endDate: event.running === true ? null : showInstant(event.at),
  status: event.running === true ? 'RUNNING' : 'COMPLETED',
  materialReasonCodeId: names.idOf(event.reason),
  consumeRecordId: names.idOf(event.takesBack),
  productionOrderName: event.order ?? null,
  notes: event.notes ?? null,
})

// Nothing refers to a reversal.
const none: Saved = { id: null }

/**
 * Writes a small dairy into an empty store: its master data, 40 lots and six weeks of records that end the day before
 * `today`, through the same write path as everything else. The same day gives the same ledger, hash for hash.
 */
export const seedSamplePlant = (store: Store, today: Instant): Effect.Effect<void, Refusal> =>
  Effect.gen(function* () {
    const { calendar, events } = makePlan(today)
    const clock = { now: calendar.at(0, '00:00') }
    const ids = makeSeededIds(seed)
    const inventory = makeInventory({ store, now: () => clock.now, newUlid: ids.newUlid })
    const names = new Names()

    const write = (event: PlantEvent): Effect.Effect<Saved, Refusal> => {
      switch (event.kind) {
        case 'lot': {
          const { name, material, supplierId = null, id } = event
          if (id !== undefined) ids.giveNext(readUlid(id) as Ulid)
          return inventory.saveLot({ name, materialId: names.idOf(material), supplierId }, call)
        }
        case 'record':
          return inventory.saveInventoryLotRecord(requestOf(event, names), call)
        case 'status':
          return inventory.changeStatus(
            {
              lotId: names.idOf(event.lot),
              newStatus: event.to,
              notes: event.notes,
              materialReasonCodeId: names.idOf(event.reason),
            },
            call,
          )
        case 'correction': {
          const { key, quantity, notes } = event
          return inventory.saveInventoryLotRecord({ id: names.idOf(key), quantity, notes }, call)
        }
        case 'reversal':
          return Effect.as(inventory.reverseLotRecord({ id: names.idOf(event.key), notes: event.notes }, call), none)
      }
    }

    for (const unit of units) yield* inventory.saveUnit(unit, call)
    for (const material of materials) names.note(material.path, yield* inventory.saveMaterial(material, call))
    for (const location of locations) names.note(location.path, yield* inventory.saveLocation(location, call))
    for (const reason of reasonCodes) names.note(reason.reasonCode, yield* inventory.saveReasonCode(reason, call))
    for (const event of events) {
      clock.now = event.at
      const saved = yield* write(event)
      if (event.kind === 'lot') names.note(event.name, saved)
      if (event.kind === 'record' && event.key !== undefined) names.note(event.key, saved)
    }
  })
