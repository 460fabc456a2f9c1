import { type Call, type Inventory, makeInventory, makeUlidSource, type Store } from '@lotbook/domain'
import { Effect } from 'effect'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ada, at, done, makePlant, newFile, open } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'
import { statementsSent } from '../../test/statements-sent.ts'
import { numbersFrom } from '../../test/two-stores.ts'
import { begin } from './transaction.ts'

const today = Date.UTC(2026, 10, 23, 8)

/** A store with what has been made in it, under names that are the same in all stores. */
interface World {
  readonly inventory: Inventory
  readonly ids: Map<string, string | null>
}
type Change = Effect.Effect<unknown, unknown>
type Step = (world: World) => Change

const worldIn = (store: Store): World => ({
  inventory: makeInventory({ store, now: () => today, newUlid: makeUlidSource() }),
  ids: new Map(),
})

// Each store gives its own ids, and with them its own hashes; all else is to be the same.
const withoutIds = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value).replace(
      /[0-9A-HJKMNP-TV-Z]{10}-?[0-9A-HJKMNP-TV-Z]{8}-?[0-9A-HJKMNP-TV-Z]{8}|[0-9a-f]{64}/gu,
      'id',
    ),
  )

const keep = <A extends { readonly id: string | null }>(
  world: World,
  name: string,
  making: Effect.Effect<A, unknown>,
) => Effect.tap(making, ({ id }) => Effect.sync(() => world.ids.set(name, world.ids.get(name) ?? id)))

/** How many transactions were begun for writing, in the whole process. */
const begun = (): (() => number) => {
  const { texts, end } = statementsSent()
  onTestFinished(end)
  return () => texts.filter((text) => text === begin.writing.sql).length
}

const settings: readonly Step[] = [
  (world) => world.inventory.saveUnit({ symbol: 'kg', name: 'kilogram' }, ada),
  (world) => keep(world, 'Sugar', world.inventory.saveMaterial({ path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' }, ada)),
  (world) => keep(world, 'Dock', world.inventory.saveLocation({ path: 'Plant/Dock' }, ada)),
  (world) =>
    keep(
      world,
      'Tank',
      world.inventory.saveLocation({ path: 'Plant/Tank', lotStorageStrategy: 'MERGE_INTO_PREVIOUS' }, ada),
    ),
]

const lots = ['A', 'B', 'C', 'D', 'E', 'F']
const places = ['Dock', 'Tank']
const statuses = ['AVAILABLE', 'QA_HOLD', 'OPEN']

/** One change drawn at random, of those that meet each other: in a lot, a place, a name, a key or a record. */
const draw = (pick: (below: number) => number, number: number): Step => {
  const one = (items: readonly string[]) => items[pick(items.length)] as string
  const [name, other, place, quantity, day] = [one(lots), one(lots), one(places), 1 + pick(9), 1 + pick(22)]
  const [target, newStatus, earlier, key] = [one(places), one(statuses), `record ${pick(number + 1)}`, String(pick(6))]
  const receipt = { scope: 'ada', key, fingerprint: name, now: today, expires: today + 1000, onReplay: () => undefined }
  const call: Call = pick(4) === 0 ? { ...ada, receipt } : ada
  const record = (world: World, lotRecordType: string, fields: object) =>
    keep(
      world,
      `record ${number}`,
      world.inventory.saveInventoryLotRecord(
        {
          lotRecordType,
          inventoryLotId: world.ids.get(name) ?? null,
          status: 'COMPLETED',
          quantity,
          startDate: at(day),
          ...fields,
        },
        call,
      ),
    )
  const drawn = pick(1000)
  const made = ({ ids }: World) => {
    const records = [...ids].filter(([called]) => called.startsWith('record '))
    return records[drawn % Math.max(records.length, 1)]?.[1] ?? null
  }
  const there = (world: World) => world.ids.get(place) ?? null
  const steps: readonly Step[] = [
    (world) => record(world, 'RECEIVE', { destinationLocationId: there(world) }),
    (world) => record(world, 'RECEIVE', { destinationLocationId: there(world) }),
    (world) => record(world, 'CONSUME', { sourceLocationId: there(world) }),
    (world) =>
      record(world, 'CONSUME', { sourceLocationId: there(world), secondaryInventoryLotId: world.ids.get(other) }),
    (world) => record(world, 'MOVE', { sourceLocationId: there(world), destinationLocationId: world.ids.get(target) }),
    (world) =>
      keep(
        world,
        name,
        world.inventory.saveLot({ name, materialId: world.ids.get('Sugar') ?? null, status: 'AVAILABLE' }, call),
      ),
    (world) => world.inventory.changeStatus({ lotId: world.ids.get(name) ?? null, newStatus }, call),
    (world) => world.inventory.saveInventoryLotRecord({ id: made(world), notes: key }, call),
    (world) => world.inventory.saveInventoryLotRecord({ id: made(world), quantity }, call),
    (world) => world.inventory.reverseLotRecord({ lotRecordId: world.ids.get(earlier) ?? null }, call),
    (world) =>
      keep(
        world,
        place,
        world.inventory.saveLocation({ id: world.ids.get(place) ?? null, path: `Plant/${place}`, notes: key }, call),
      ),
  ]
  return steps[pick(steps.length)] as Step
}

/** Whatever can be seen of a store. */
const seen = async ({ inventory, ids }: World, store: Store) => {
  const versions = await done(store.versionsAfter(0, 10_000))
  const found = await Promise.all(
    lots.flatMap((name) => {
      const id = ids.get(name)
      return id === undefined || id === null ? [] : [done(Effect.result(inventory.getLot(id, ada)))]
    }),
  )
  return { versions, found, stock: await done(inventory.findInventory({ limit: 200, includeZero: true }, ada)) }
}

describe('changes that read side by side', () => {
  it.each(Array.from({ length: 12 }, (_, index) => index + 1))(
    'end as they do one after another (seed %i)',
    async (seed) => {
      const together = await open({ filename: await newPostgres() })
      const apart = await open({ filename: newFile() })
      const worlds = [worldIn(together.store), worldIn(apart.store)] as const
      for (const setting of settings) for (const world of worlds) await done(setting(world))
      const pick = numbersFrom(seed)
      let number = 0
      const [begins, before] = [begun(), together.commits()]
      for (let round = 0; round < 12; round++) {
        const steps = Array.from({ length: 1 + pick(10) }, () => draw(pick, number++))
        const [all, each] = worlds.map((world) => steps.map((step) => step(world))) as [Change[], Change[]]
        const results = await Promise.all(all.map((change) => Effect.runPromiseExit(change)))
        const expected = []
        for (const change of each) expected.push(await Effect.runPromiseExit(change))
        expect(withoutIds(results), `round ${round}`).toEqual(withoutIds(expected))
      }
      // None was begun again to do its changes one by one.
      expect(begins()).toBe(together.commits() - before)
      expect(withoutIds(await seen(worlds[0], together.store))).toEqual(withoutIds(await seen(worlds[1], apart.store)))
      expect(await done(together.store.verify())).toMatchObject({ mismatches: [] })
    },
  )

  it.each(Array.from({ length: 8 }, (_, index) => index + 1))(
    'end as they do one after another, also those that read while others are being committed (seed %i)',
    async (seed) => {
      const together = await open({ filename: await newPostgres() })
      const apart = await open({ filename: newFile() })
      const worlds = [worldIn(together.store), worldIn(apart.store)] as const
      for (const setting of settings) for (const world of worlds) await done(setting(world))
      const pick = numbersFrom(seed)
      const [begins, before] = [begun(), together.commits()]
      let number = 0
      for (let round = 0; round < 6; round++) {
        const steps = Array.from({ length: 8 + pick(16) }, () => draw(pick, number++))
        const [all, each] = worlds.map((world) => steps.map((step) => step(world))) as [Change[], Change[]]
        const running: Promise<unknown>[] = []
        for (const change of all) {
          running.push(Effect.runPromiseExit(change))
          // Some come together, others while those before are under way.
          for (let turns = pick(3) * pick(150); turns > 0; turns -= 1) await new Promise((next) => setImmediate(next))
        }
        const results = await Promise.all(running)
        const expected = []
        for (const change of each) expected.push(await Effect.runPromiseExit(change))
        expect(withoutIds(results), `round ${round}`).toEqual(withoutIds(expected))
      }
      expect(begins()).toBe(together.commits() - before)
      expect(begins()).toBeGreaterThan(6)
      expect(withoutIds(await seen(worlds[0], together.store))).toEqual(withoutIds(await seen(worlds[1], apart.store)))
      expect(await done(together.store.verify())).toMatchObject({ mismatches: [] })
    },
  )

  it('are written together where a record is saved again before another is made', async () => {
    const { store, commits } = await open({ filename: await newPostgres() })
    const { inventory, lot, receive, record, dock } = await makePlant(store)
    const [one, other] = [await lot('A'), await lot('B')]
    const { id } = await receive(one, 10)
    const [begins, before] = [begun(), commits()]
    const changes = [
      inventory.saveInventoryLotRecord({ id, quantity: 12 }, ada),
      record('RECEIVE', other, { quantity: 5, destinationLocationId: dock }),
    ]
    await Promise.all(changes.map(done))
    expect([begins(), commits() - before]).toEqual([1, 1])
    expect(await done(inventory.findInventory({ limit: 200 }, ada))).toMatchObject({
      items: [{ quantity: 12 }, { quantity: 5 }],
    })
    expect(await done(store.verify())).toMatchObject({ records: 4, mismatches: [] })
  })

  it('see that a record which has not posted was given other lots', async () => {
    const { store, commits } = await open({ filename: await newPostgres() })
    const { inventory, sugar, record } = await makePlant(store)
    const lot = (name: string) => done(inventory.saveLot({ name, materialId: sugar }, ada))
    const [former, party, next, other] = [await lot('A'), await lot('B'), await lot('C'), await lot('D')]
    const { id } = await done(record('SCRAP', former, { secondaryInventoryLotId: party.id, status: 'RUNNING' }))
    const [begins, before] = [begun(), commits()]
    const lots = { inventoryLotId: next.id, secondaryInventoryLotId: other.id }
    const [moved, noted] = await Promise.all([
      done(inventory.saveInventoryLotRecord({ id, ...lots }, ada)),
      done(inventory.saveInventoryLotRecord({ id, notes: 'late' }, ada)),
    ])
    expect([begins(), commits() - before]).toEqual([1, 1])
    expect(moved).toMatchObject({ version: 2, ...lots })
    expect(noted).toMatchObject({ version: 3, ...lots, notes: 'late' })
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })

  it('take no more statements for fourteen than for two', async () => {
    const { store, commits } = await open({ filename: await newPostgres() })
    const { inventory, lot, receive, record, dock } = await makePlant(store)
    const names = Array.from({ length: 16 }, (_, index) => `L${index}`)
    const made = await Promise.all(names.map(lot))
    await Promise.all(made.map((one) => receive(one, 10)))
    const { texts, end } = statementsSent()
    onTestFinished(end)
    const statementsFor = async (consumed: typeof made) => {
      const [from, before] = [texts.length, commits()]
      await Promise.all(consumed.map((one) => done(record('CONSUME', one, { quantity: 1, sourceLocationId: dock }))))
      expect(commits() - before).toBe(1)
      return texts.length - from
    }
    const two = await statementsFor(made.slice(0, 2))
    expect(two).toBeLessThan(16)
    expect(await statementsFor(made.slice(2))).toBe(two)
    expect(await done(inventory.findInventory({ limit: 200 }, ada))).toMatchObject({
      items: names.map(() => ({ quantity: 9 })),
    })
  })
})
