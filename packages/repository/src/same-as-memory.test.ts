import { type Inventory, makeInventory, type Store } from '@lotbook/domain'
import { countedUlids, makeMemoryStore, sha256 } from '@lotbook/domain/testing'
import { Effect, Exit } from 'effect'
import { describe, expect, it } from 'vitest'
import { ada, at, done, open } from '../test/plant.ts'
import { newPostgres } from '../test/postgres-under-test.ts'
import { numbersFrom, sameLoads, ulid, whole } from '../test/two-stores.ts'

const today = Date.UTC(2026, 10, 23, 8)

const statuses = ['AVAILABLE', 'QA_HOLD', 'EXPIRED', 'SHIPPED', 'CLOSED', 'OPEN'] as const
const types = ['RECEIVE', 'CONSUME', 'MOVE', 'SCRAP', 'EDIT', 'PRODUCE', 'SPLIT', 'MERGE', 'UNCONSUME', 'SHIP'] as const

/** One world per store; every step happens in both, and both must say the same. */
const play = async (stores: readonly Store[], seed: number, steps: number): Promise<number> => {
  const worlds: Inventory[] = stores.map((store) => makeInventory({ store, now: () => today, newUlid: countedUlids() }))
  let successes = 0
  const same = async <A>(
    call: (inventory: Inventory, store: Store) => Effect.Effect<A, unknown>,
  ): Promise<A | undefined> => {
    const [first, ...others] = await Promise.all(
      worlds.map((world, index) => Effect.runPromiseExit(call(world, stores[index] as Store))),
    )
    for (const other of others) expect(other).toEqual(first)
    if (first === undefined || Exit.isFailure(first)) return undefined
    successes += 1
    return first.value
  }
  const pick = numbersFrom(seed)
  const one = <A>(items: readonly A[]): A => items[pick(items.length)] as A

  await same((world) => world.saveUnit({ symbol: 'kg', name: 'kilogram' }, ada))
  const materials: (string | null | undefined)[] = []
  for (const path of ['Raw/Sugar', 'Raw/Milk']) {
    const shelfLifeDays = path === 'Raw/Milk' ? 20 : null
    const saved = await same((world) => world.saveMaterial({ path, unitOfMeasureSymbol: 'kg', shelfLifeDays }, ada))
    materials.push(saved?.id)
  }
  const locations: (string | null | undefined)[] = []
  for (const path of ['Plant', 'Plant/Dock', 'Plant/Silo'])
    locations.push(
      (await same((world) => world.saveLocation({ path, allowNegativeInventory: path === 'Plant/Silo' }, ada)))?.id,
    )
  const lots: (string | null)[] = []
  for (const name of ['A', 'B', 'C', 'D']) {
    const materialId = materials[lots.length % 2] ?? null
    const lot = await same((world) => world.saveLot({ name, materialId, status: 'AVAILABLE' }, ada))
    if (lot !== undefined) lots.push(lot.id)
  }
  const records: (string | null)[] = []
  for (let step = 0; step < steps; step++) {
    const day = 1 + pick(23)
    const roll = pick(20)
    if (roll < 13) {
      const request = {
        lotRecordType: one(types),
        inventoryLotId: one(lots),
        secondaryInventoryLotId: pick(3) === 0 ? one(lots) : null,
        quantity: 1 + pick(8),
        sourceLocationId: one(locations),
        destinationLocationId: one(locations),
        startDate: at(day),
        status: pick(10) === 0 ? 'RUNNING' : 'COMPLETED',
        notes: pick(4) === 0 ? `note ${step}` : null,
        consumeRecordId: null,
      }
      const { lotRecordType: type } = request
      const shaped = {
        ...request,
        secondaryInventoryLotId: ['MOVE', 'EDIT'].includes(type) ? null : request.secondaryInventoryLotId,
        ...(type === 'EDIT' && { countedQuantity: pick(12), quantity: null }),
      }
      const saved = await same((world) => world.saveInventoryLotRecord(shaped, ada))
      if (saved !== undefined) records.push(saved.id)
    } else if (roll < 15) {
      const request = { lotId: one(lots), newStatus: one(statuses), startDate: at(day) }
      const saved = await same((world) => world.changeStatus(request, ada))
      if (saved !== undefined) records.push(saved.id)
    } else if (roll < 18 && records.length > 0) {
      const id = one(records)
      const saved = await same((world) => world.reverseLotRecord({ id }, ada))
      if (saved !== undefined && 'id' in saved) records.push(saved.id)
    } else if (records.length > 0) {
      const request = { id: one(records), quantity: 1 + pick(8), status: 'COMPLETED', notes: `corrected ${step}` }
      await same((world) => world.saveInventoryLotRecord(request, ada))
    }
  }

  // What is only looked at must not be refused.
  const shown: typeof same = async (call) => {
    const answer = await same(call)
    expect(answer, String(call)).toBeDefined()
    return answer
  }
  for (const id of lots) {
    await shown((world) => world.getLot(id ?? '', ada))
    await shown((world) => world.getLotHistory({ lotId: id }, ada))
    await shown((world) => world.getInventoryLotReferences(id ?? '', ada))
    const lot = { id: ulid(id) }
    await shown((_, store) => whole((page) => store.findRecords({ ...page, lot, newestFirst: true })))
  }
  for (const id of records) await shown((world) => world.getInventoryLotRecordVersions(id ?? '', ada))
  const plant = { name: 'Plant' }
  const dock = { name: 'Plant/Dock' }
  const now = today
  await shown((_, store) => whole((page) => store.findLots({ ...page, now, onHand: true })))
  await shown((_, store) => whole((page) => store.findLots({ ...page, now, onHand: false, nameContains: 'A' })))
  await shown((_, store) => whole((page) => store.findLots({ ...page, now, location: plant, subtree: true })))
  await shown((_, store) => whole((page) => store.findLots({ ...page, now, location: dock, status: 'QA_HOLD' })))
  for (const effectiveStatus of statuses)
    await shown((_, store) => whole((page) => store.findLots({ ...page, now, effectiveStatus })))
  await shown((_, store) => whole((page) => store.findInventory({ ...page, now, includeZero: true })))
  await shown((_, store) =>
    whole((page) => store.findInventory({ ...page, now, lotName: 'A', location: plant, subtree: true })),
  )
  for (const day of [2, 12, 23]) {
    const asOf = Date.UTC(2026, 10, day, 8)
    for (const moment of [{ asOf }, { asOf, asKnownAt: today }, { asKnownAt: asOf }]) {
      await shown((_, store) =>
        whole((page) => store.findInventory({ ...page, now, ...moment, lotStatus: 'AVAILABLE' })),
      )
      await shown((_, store) => whole((page) => store.findInventory({ ...page, now, ...moment })))
      await shown((_, store) =>
        whole((page) => store.findLots({ ...page, now, ...moment, location: plant, subtree: true })),
      )
      await shown((_, store) => whole((page) => store.findLots({ ...page, now, ...moment })))
      await shown((_, store) => whole((page) => store.findRecords({ ...page, ...moment })))
    }
  }
  const [from, to] = [Date.UTC(2026, 10, 5), Date.UTC(2026, 10, 15)]
  await shown((_, store) => whole((page) => store.findRecords({ ...page, posted: true, from, to })))
  await shown((_, store) => whole((page) => store.findRecords({ ...page, location: dock, lotRecordType: ['MOVE'] })))
  await shown((_, store) => whole((page) => store.findRecords({ ...page, material: { name: 'Raw/Milk' } })))
  await sameLoads(shown, records, lots, ['Plant', 'Plant/Dock', 'Plant/Silo', 'Plant/None'])
  await shown((_, store) => whole((page) => store.findMaterials(page)))
  await shown((_, store) => whole((page) => store.findUnitConversions(page)))
  await shown((_, store) => whole((page) => store.findUnits(page)))
  await shown((_, store) => whole((page) => store.findReasonCodes(page)))
  await shown((_, store) => whole((page) => store.findLocations({ ...page, under: 'Plant' })))
  await shown((_, store) => store.checkpoint())
  return successes
}

describe('the stores in SQLite and in PostgreSQL', () => {
  it.each([1, 2, 3, 4])('answer like the store in memory (seed %i)', async (seed) => {
    const { store: inSqlite } = await open({ filename: ':memory:' })
    const { store: inPostgres } = await open({ filename: await newPostgres() })
    const successes = await play([makeMemoryStore({ sha256 }), inSqlite, inPostgres], seed, 250)
    expect(successes).toBeGreaterThan(100)
    for (const store of [inSqlite, inPostgres]) expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })
})
