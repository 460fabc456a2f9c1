import { type Inventory, makeInventory, type Store } from '@lotbook/domain'
import { countedUlids, makeMemoryStore, sha256 } from '@lotbook/domain/testing'
import { Effect, Exit } from 'effect'
import { describe, expect, it } from 'vitest'
import { ada, at, done, open } from '../test/plant.ts'
import { newPostgres } from '../test/postgres-under-test.ts'
import { numbersFrom, type Shown, sameLoads, ulid, whole } from '../test/two-stores.ts'

const today = Date.UTC(2026, 10, 23, 8)

const places = {
  'Plant/Dock': {},
  'Plant/Yard': { lotUseStrategy: 'LIFO' },
  'Plant/Shelf': { storageCapacity: 60, storageCapacityUnitSymbol: 'l' },
  'Plant/Slot': { lotStorageStrategy: 'ALLOW_SINGLE_OR_THROW' },
  'Plant/Silo': { lotStorageStrategy: 'MERGE_INTO_PREVIOUS', storageCapacity: 90, storageCapacityUnitSymbol: 'kg' },
  'Plant/Bin': { lotStorageStrategy: 'MERGE_INTO_NEW', lotUseStrategy: 'FEFO' },
  'Plant/Door': { lotStorageStrategy: 'NO_STORAGE' },
}
const paths = Object.keys(places)
/** Where most things happen, so that not everything is refused. */
const easy = ['Plant/Dock', 'Plant/Yard', 'Plant/Shelf']
const materials = ['Raw/Sugar', 'Raw/Milk']

/** Builds the plant, and gives the id of sugar. */
const begin = async (same: Shown): Promise<string | null> => {
  for (const symbol of ['kg', 'l', 't']) await same((world) => world.saveUnit({ symbol, name: `unit ${symbol}` }, ada))
  const material = (path: string, unitOfMeasureSymbol: string) =>
    same((world) => world.saveMaterial({ path, unitOfMeasureSymbol, shelfLifeDays: 30 }, ada))
  const sugar = await material('Raw/Sugar', 'kg')
  await material('Raw/Milk', 'l')
  const conversions = [
    { from: 't', to: 'kg', factor: '1000' },
    { from: 'kg', to: 'l', factor: '3/2', materialPath: 'Raw/Sugar' },
    { from: 'l', to: 'kg', factor: '1.03', materialPath: 'Raw/Milk' },
  ]
  for (const conversion of conversions) await same((world) => world.saveUnitConversion(conversion, ada))
  for (const [path, fields] of Object.entries(places))
    await same((world) => world.saveLocation({ path, ...fields }, ada))
  return sugar?.id ?? null
}

/** Actions of every kind at places of every kind; both stores must answer each alike. */
const play = async (stores: readonly Store[], seed: number, steps: number): Promise<number> => {
  const worlds: Inventory[] = stores.map((store) => makeInventory({ store, now: () => today, newUlid: countedUlids() }))
  const same: Shown = async (call) => {
    const [first, ...others] = await Promise.all(
      worlds.map((world, index) => Effect.runPromiseExit(call(world, stores[index] as Store))),
    )
    for (const other of others) expect(other).toEqual(first)
    if (first === undefined || Exit.isFailure(first)) return undefined
    return first.value
  }
  const pick = numbersFrom(seed)
  const one = <A>(items: readonly A[]): A => items[pick(items.length)] as A
  const records = () => same((_, store) => whole((page) => store.findRecords(page)))
  const lots = () => same((_, store) => whole((page) => store.findLots({ ...page, now: today })))
  const stock = () => same((_, store) => whole((page) => store.findInventory({ ...page, now: today })))

  const sugar = await begin(same)
  for (let step = 0; step < steps; step++) {
    // From then on new lots of it are kept in another unit than the old ones.
    if (step === steps / 2) await same((world) => world.saveMaterial({ id: sugar, unitOfMeasureSymbol: 't' }, ada))
    const request = {
      quantity: 1 + pick(9),
      unitOfMeasureSymbol: one([null, null, 'kg', 'l', 't']),
      materialIdOrPath: one(materials),
      startDate: pick(3) === 0 ? at(1 + pick(24)) : null,
    }
    const [from, to] = [one(easy), one(pick(2) === 0 ? easy : paths)]
    const moving = { ...request, sourceLocationIdOrPath: from, allowMultiple: pick(2) === 0 }
    const roll = pick(12)
    if (roll < 4) {
      const received = { ...request, destinationLocationIdOrPath: to, createIfNotExists: true }
      await same((world) => world.receive(received, ada))
    } else if (roll < 6) await same((world) => world.consume(moving, ada))
    else if (roll < 9) await same((world) => world.move({ ...moving, destinationLocationIdOrPath: to }, ada))
    else if (roll < 10) {
      const row = one((await stock()) ?? [])
      const part = { quantity: 1, sourceLotId: row?.lotId, destinationLotName: `S${step}` }
      await same((world) => world.split({ ...part, sourceLocationIdOrPath: row?.locationPath }, ada))
    } else {
      const record = one((await records()) ?? [])
      if (record === undefined) continue
      const { quantity } = request
      if (roll < 11) await same((world) => world.saveInventoryLotRecord({ id: record.id, quantity }, ada))
      else await same((world) => world.reverseLotRecord({ id: record.id }, ada))
    }
  }

  const made = (await records())?.map(({ id }) => id) ?? []
  const there = (await lots())?.map(({ id }) => id) ?? []
  await sameLoads(same, made, there, [...paths, 'Plant'])
  await same((_, store) => whole((page) => store.findInventory({ ...page, now: today, includeZero: true })))
  await same((_, store) => whole((page) => store.findUnitConversions(page)))
  for (const id of made) await same((_, store) => store.recordVersions(ulid(id)))
  await same((_, store) => store.checkpoint())
  return made.length
}

describe('the stores in SQLite and in PostgreSQL', () => {
  it.each([1, 2, 3, 4])('answer every action like the store in memory (seed %i)', async (seed) => {
    const { store: inSqlite } = await open({ filename: ':memory:' })
    const { store: inPostgres } = await open({ filename: await newPostgres() })
    expect(await play([makeMemoryStore({ sha256 }), inSqlite, inPostgres], seed, 200)).toBeGreaterThan(60)
    for (const store of [inSqlite, inPostgres]) expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })
})
