import { Effect, Result } from 'effect'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { perform } from '../testing/act.ts'
import { at, instantOf } from '../testing/clock.ts'
import { type Fields, makePlant, memory, type Plant } from '../testing/fixtures.ts'
import { showInstant } from '../time/instant.ts'
import type { RecordView } from '../views/record-view.ts'
import type { ActionName } from './catalog.ts'

const names = [
  'consume',
  'unconsume',
  'produce',
  'move',
  'split',
  'merge',
  'scrap',
  'scrapAll',
  'returnInventory',
  'receive',
  'ship',
  'editInventoryQuantity',
] as const satisfies readonly ActionName[]
const places = ['Dock', 'Cellar', 'Line', 'Drain'] as const

const step = fc.record({
  name: fc.constantFrom<ActionName | 'changeStatus'>(
    ...names,
    'changeStatus',
    'consume',
    'consume',
    'unconsume',
    'unconsume',
  ),
  lot: fc.nat(3),
  other: fc.nat(9),
  from: fc.constantFrom(...places),
  to: fc.constantFrom(...places),
  quarters: fc.integer({ min: 1, max: 24 }),
  day: fc.integer({ min: 5, max: 23 }),
  choice: fc.nat(11),
})
type Step = Parameters<Parameters<(typeof step)['map']>[0]>[0]

const pick = <A>(items: readonly A[], n: number): A => items[n % items.length] as A

interface LotState {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly totalQuantity: number
  readonly expirationDate: string | null
  readonly closedDate: string | null
}

const lotsOf = async (plant: Plant): Promise<readonly LotState[]> => {
  const { items } = await plant.done(plant.inventory.listLots({ limit: 200, includeDisabled: true }, plant.ada))
  return items.map(({ id, name, status, totalQuantity, expirationDate, closedDate }) => {
    return { id: id ?? '', name, status, totalQuantity, expirationDate, closedDate }
  })
}
const stockOf = async (plant: Plant, asOf: string | null = null): Promise<Readonly<Record<string, number>>> => {
  const query = { limit: 200, ...(asOf !== null && { asOf }) }
  const { items } = await plant.done(plant.inventory.findInventory(query, plant.ada))
  return Object.fromEntries(items.map((row) => [`${row.locationPath} ${row.lotName}`, row.quantity]))
}
const sumOf = (stock: Readonly<Record<string, number>>): number =>
  Object.values(stock).reduce((sum, quantity) => sum + quantity, 0)

// Each step has a minute of its own. What happens at one instant counts together: there, what a record took may have
// come from a later one, and neither of them can be reversed any more once the first source is.
const minute = 60_000
const atStep = (day: number, place: number): string => showInstant(instantOf(day) + place * minute)

const requestOf = (given: Step, place: number, lots: readonly LotState[]): Fields => {
  const { name, from, to, choice } = given
  const { id } = pick(lots, given.lot)
  const other = pick(lots, given.other).id
  const quantity = given.quarters / 4
  const startDate = atStep(given.day, place)
  const [source, destination] = [`Plant/${from}`, `Plant/${to}`]
  const out = { quantity, startDate, sourceLocationIdOrPath: source }
  const into = { quantity, startDate, destinationLocationIdOrPath: destination }
  const chosen = choice < 3 ? { materialIdOrPath: 'Raw/Sugar', allowMultiple: true } : { lotIdOrName: id }
  const second = choice % 4 === 0 ? { destinationLotIdOrName: other, destinationLocationIdOrPath: destination } : {}
  switch (name) {
    case 'consume':
      return { ...out, ...chosen, ...(choice % 2 === 0 && { consumingLotIdOrName: other }) }
    case 'unconsume':
      return { ...into, quantity: (1 + (choice % 4)) / 4, startDate: atStep(23, place), lotIdOrName: id }
    case 'produce':
    case 'receive':
      return choice < 3
        ? { ...into, materialIdOrPath: 'Raw/Sugar', createIfNotExists: true }
        : {
            ...into,
            lotIdOrName: id,
            ...(choice === 3 && { sourceLotIdOrName: other, sourceLocationIdOrPath: source }),
          }
    case 'move':
      return { ...out, ...chosen, destinationLocationIdOrPath: destination }
    case 'split':
      return { quantity, sourceLotId: id, sourceLocationIdOrPath: source, destinationLotName: `S${lots.length}` }
    case 'merge':
      return choice < 6
        ? { sourceLotId: other, destinationLotId: id }
        : { sourceLotId: other, destinationLotId: id, quantity, locationId: null }
    case 'scrapAll':
      return { sourceLocationIdOrPath: source, startDate, ...second }
    case 'editInventoryQuantity':
      return { newQuantity: quantity, lotIdOrName: id, sourceLocationIdOrPath: source }
    case 'changeStatus':
      return { lotId: id, newStatus: pick(['QA_HOLD', 'AVAILABLE'], choice) }
    default:
      return { ...out, ...chosen, ...second }
  }
}

/** How a type changes what there is in all: by its quantity, or not at all. */
const netOf = ({
  lotRecordType,
  quantity,
  secondaryInventoryLotId,
  sourceLocationId,
  destinationLocationId,
}: RecordView) => {
  const both = secondaryInventoryLotId !== null && sourceLocationId !== null && destinationLocationId !== null
  switch (lotRecordType) {
    case 'RECEIVE':
      return both ? 0 : (quantity ?? 0)
    case 'PRODUCE':
    case 'UNCONSUME':
    case 'EDIT':
      return quantity ?? 0
    case 'CONSUME':
      return -(quantity ?? 0)
    case 'SCRAP':
    case 'RETURN':
    case 'SHIP':
      return both ? 0 : -(quantity ?? 0)
    default:
      return 0
  }
}

type Order = 'newest first' | readonly number[]

class Undone {
  readonly plant: Plant
  readonly tally: Map<string, number>
  readonly records: string[] = []

  constructor(plant: Plant, tally: Map<string, number>) {
    this.plant = plant
    this.tally = tally
  }

  async all(): Promise<readonly RecordView[]> {
    const { items } = await this.plant.done(
      this.plant.inventory.findInventoryLotRecords({ limit: 200 }, this.plant.ada),
    )
    return items
  }

  async step(given: Step, place: number): Promise<void> {
    const { plant } = this
    plant.clock.forward(minute)
    const [lots, before, written] = [await lotsOf(plant), await stockOf(plant), (await this.all()).length]
    const request =
      given.name === 'merge' && given.choice >= 6
        ? { ...requestOf(given, place, lots), locationId: plant.location[given.from.toLowerCase() as 'dock'] }
        : requestOf(given, place, lots)
    const effect =
      given.name === 'changeStatus'
        ? plant.inventory.changeStatus(request, plant.ada)
        : perform(plant, given.name, request)
    const done = await plant.result<unknown>(effect)
    const outcome = Result.isSuccess(done) ? 'done' : 'refused'
    this.tally.set(`${given.name} ${outcome}`, (this.tally.get(`${given.name} ${outcome}`) ?? 0) + 1)
    const posted = (await this.all()).slice(written)
    if (outcome === 'refused') expect(posted).toEqual([])
    this.records.push(...posted.map(({ id }) => id ?? ''))
    expect(sumOf(await stockOf(plant)) - sumOf(before)).toBeCloseTo(
      posted.reduce((sum, record) => sum + netOf(record), 0),
      9,
    )
  }

  /** Reverses all of them, over and over whichever goes, until none is left or none can go. */
  async undo(order: Order): Promise<number> {
    let left = [...this.records]
    const rank = (id: string) => {
      const place = this.records.indexOf(id)
      return order === 'newest first' ? -place : pick(order, place)
    }
    while (left.length > 0) {
      const tried = left.toSorted((a, b) => rank(a) - rank(b))
      const stuck: string[] = []
      for (const id of tried) {
        const before = await this.plant.dump()
        const done = await this.plant.result(this.plant.inventory.reverseLotRecord({ id }, this.plant.ada))
        if (Result.isSuccess(done)) continue
        stuck.push(id)
        expect(await this.plant.dump()).toEqual(before)
      }
      if (stuck.length === left.length) return stuck.length
      left = stuck
    }
    return 0
  }
}

describe('random actions', () => {
  it('keep the totals at every step, and reversed newest first or in any order that goes, they end where they began', async () => {
    const tally = new Map<string, number>()
    let deadEnds = 0
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 6, maxLength: 12 }),
      fc.oneof(fc.constant('newest first' as const), fc.array(fc.nat(1000), { minLength: 16, maxLength: 16 })),
      fc.constantFrom('standard' as const, 'permissive' as const),
      async (steps, order, policy) => {
        const plant = await makePlant(memory(policy))
        for (const name of ['A', 'B', 'C']) await plant.lot(name, { stock: 8 })
        const begun = { lots: await lotsOf(plant), now: await stockOf(plant), onTenth: await stockOf(plant, at(10)) }
        const history = new Undone(plant, tally)
        for (const [index, given] of steps.entries()) await history.step(given, index + 1)
        const stuck = await history.undo(order)
        expect((await Effect.runPromise(plant.store.verify())).mismatches).toEqual([])
        if (order === 'newest first') expect(stuck).toBe(0)
        // Giving stock back early can leave a lot that was reopened with more than it was closed with: then the
        // reopening, and what it stands on, cannot be taken back. It is rare, and refused by name.
        if (stuck > 0) {
          deadEnds += 1
          return
        }
        const lots = await lotsOf(plant)
        const made = lots.slice(begun.lots.length)
        // A customer return that is taken back before a later one leaves what came back later on hold.
        const held = order === 'newest first' ? {} : { status: 'QA_HOLD' }
        for (const [n, lot] of begun.lots.entries()) expect([lot, { ...lot, ...held }]).toContainEqual(lots[n])
        expect(made.every(({ totalQuantity }) => totalQuantity === 0)).toBe(true)
        expect([await stockOf(plant), await stockOf(plant, at(10))]).toEqual([begun.now, begun.onTenth])
      },
    )
    await fc.assert(property, { numRuns: 300 })
    const rare = [...names, 'changeStatus'].filter((name) => (tally.get(`${name} done`) ?? 0) < 5)
    expect(rare).toEqual([])
    expect(deadEnds).toBeLessThan(10)
  })
})
