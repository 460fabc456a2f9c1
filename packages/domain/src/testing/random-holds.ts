import { Result } from 'effect'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { LotStatus } from '../lot/lot-status.ts'
import type { Refusal } from '../refusals.ts'
import type { LotView } from '../views/lot-view.ts'
import type { RecordView } from '../views/record-view.ts'
import { type Fields, makePlant, one, type Plant, type StoreUnderTest } from './fixtures.ts'

const types = ['RECEIVE', 'CONSUME', 'UNCONSUME', 'MOVE', 'SPLIT', 'MERGE', 'SCRAP', 'RETURN', 'SHIP', 'EDIT'] as const
const kinds = [
  ...types,
  'SHIP',
  'SCRAP',
  'RECEIVE',
  'STATUS',
  'STATUS',
  'STATUS',
  'REVERSE',
  'REVERSE',
  'REVERSE',
] as const

const step = fc.record({
  kind: fc.constantFrom(...kinds, 'CORRECT', 'CORRECT', 'CORRECT'),
  lot: fc.nat(4),
  other: fc.nat(4),
  quantity: fc.integer({ min: 1, max: 6 }),
  all: fc.boolean(),
  named: fc.boolean(),
  which: fc.nat(12),
  to: fc.constantFrom('AVAILABLE', 'QA_HOLD', 'EXPIRED', 'QA_HOLD'),
})
type Step = Parameters<Parameters<(typeof step)['map']>[0]>[0]

type Lots = ReadonlyMap<string, Pick<LotView, 'status' | 'onHand'>>
/** From what may be shipped to what asks for a release; a lot that is gone frees nothing. */
const holds: Readonly<Record<LotStatus, number>> = {
  AVAILABLE: 0,
  OPEN: 1,
  QA_HOLD: 2,
  EXPIRED: 2,
  SHIPPED: 0,
  CLOSED: 0,
}
const isGone = (status: LotStatus): boolean => status === 'SHIPPED' || status === 'CLOSED'
const pick = <A>(items: readonly A[], n: number): A => items[n % items.length] as A

/** A record beside how lots were when it posted: the one that gives as it left it, the one that gets as it found it. */
interface Remembered {
  readonly record: RecordView
  readonly before: Lots
  readonly after: Lots
}

class Holds {
  readonly plant: Plant
  readonly ids: string[] = []
  readonly records = new Map<string, Remembered>()
  /** Which records changed the status of which lot, and still stand. */
  #changes: readonly { readonly lot: string; readonly id: string; readonly after: readonly string[] }[] = []

  constructor(plant: Plant) {
    this.plant = plant
  }

  async begin(): Promise<void> {
    for (const [name, status, stock] of [
      ['A', 'AVAILABLE', 10],
      ['B', 'AVAILABLE', 4],
      ['C', 'QA_HOLD', 10],
      ['D', 'OPEN', 0],
    ] as const)
      this.ids.push(await this.plant.lot(name, { status, stock }))
  }

  async lots(): Promise<Lots> {
    const { items } = await this.plant.done(this.plant.inventory.listLots({ limit: 200 }, this.plant.ada))
    return new Map(items.map(({ id, status, onHand }) => [id ?? '', { status, onHand }]))
  }

  fieldsOf({ kind, all, named, other, quantity }: Step, onHand: number): Fields {
    const { dock } = this.plant.location
    const second = { secondaryInventoryLotId: pick(this.ids, other) }
    const amount = { quantity: all && onHand > 0 ? onHand : quantity }
    switch (kind) {
      case 'RECEIVE':
        return {
          quantity,
          destinationLocationId: dock,
          ...(named && { ...second, ...(all && { sourceLocationId: dock }) }),
        }
      case 'UNCONSUME':
        return { quantity, destinationLocationId: dock }
      case 'MOVE':
        return { ...amount, sourceLocationId: dock, destinationLocationId: this.plant.location.cellar }
      case 'SPLIT':
        return { ...amount, sourceLocationId: dock, ...second }
      case 'MERGE':
        return { ...second, ...(!all && { quantity, sourceLocationId: dock }) }
      case 'CONSUME':
      case 'EDIT':
        return { quantity: kind === 'EDIT' && named ? -quantity : quantity, sourceLocationId: dock }
      default:
        return {
          ...amount,
          sourceLocationId: dock,
          ...(named && { ...second, ...(all && { destinationLocationId: dock }) }),
        }
    }
  }

  async write(given: Step, before: Lots): Promise<Result.Result<RecordView, Refusal> | undefined> {
    const { plant } = this
    const { inventory, ada } = plant
    const lot = pick(this.ids, given.lot)
    const known = [...this.records.keys()]
    if (given.kind === 'STATUS') return plant.result(inventory.changeStatus({ lotId: lot, newStatus: given.to }, ada))
    if (given.kind === 'SPLIT' && given.named) {
      const child = `S${this.ids.length}`
      const into = { destinationLotName: child, sourceLocationIdOrPath: plant.location.dock }
      return Result.map(
        await plant.result(inventory.split({ quantity: given.quantity, sourceLotId: lot, ...into }, ada)),
        one,
      )
    }
    if (given.kind !== 'REVERSE' && given.kind !== 'CORRECT')
      return plant.result(plant.saving(given.kind, lot, this.fieldsOf(given, before.get(lot)?.onHand ?? 0)))
    if (known.length === 0) return undefined
    const id = pick(known, given.which)
    const place = given.named
      ? { sourceLocationId: plant.location.dock }
      : { destinationLocationId: plant.location.dock }
    if (given.kind === 'CORRECT')
      return plant.result(
        inventory.saveInventoryLotRecord({ id, ...(given.all ? place : { quantity: given.quantity }) }, ada),
      )
    return Result.map(await plant.result(inventory.reverseLotRecord({ id }, ada)), one)
  }

  /** Does one thing, and says how it went. */
  async step(given: Step): Promise<string> {
    this.plant.clock.forward(60_000)
    const before = await this.lots()
    const done = await this.write(given, before)
    if (done === undefined || Result.isFailure(done)) return `${given.kind} refused`
    const after = await this.lots()
    const record = done.success
    for (const lot of after.keys()) if (!this.ids.includes(lot)) this.ids.push(lot)
    const id = record.reversalOf ?? record.id ?? ''
    this.judge(given, record, this.records.get(id), before, after)
    if (record.reversalOf !== null) {
      this.records.delete(id)
      this.#changes = this.#changes.filter((change) => change.id !== id)
    } else if (!this.records.has(id)) this.records.set(id, { record, before, after })
    for (const [lot, { status }] of after)
      if (record.reversalOf === null && before.get(lot)?.status !== status)
        this.#changes = [...this.#changes, { lot, id, after: [...this.records.keys()].filter((one) => one !== id) }]
    return `${given.kind} done`
  }

  /** Only a change of status lets go of stock: neither is a lot that has some held less firmly, nor does any go from one into such a lot. */
  judge(given: Step, record: RecordView, original: Remembered | undefined, before: Lots, after: Lots): void {
    if (record.lotRecordType === 'STATUS_CHANGE') return
    const of = (lots: Lots, id: string) => lots.get(id) ?? { status: 'OPEN' as const, onHand: 0 }
    const released = [...after].filter(
      ([id, { status, onHand }]) =>
        !isGone(status) && onHand > 0 && of(before, id).onHand > 0 && holds[status] < holds[of(before, id).status],
    )
    expect({ given, record, released }).toMatchObject({ released: [] })
    const change = (id: string) => of(after, id).onHand - of(before, id).onHand
    const giver = [...after.keys()].find((id) => change(id) < 0)
    const getter = [...after.keys()].find((id) => change(id) > 0 && !isGone(of(after, id).status))
    // What was given back and is taken again is consumed: it goes where nothing holds it.
    const consumed = record.lotRecordType === 'UNCONSUME'
    if (giver === undefined || (getter === undefined && !consumed)) return
    const willBeHeld = getter === undefined ? 0 : holds[of(after, getter).status]
    if (holds[of(before, giver).status] <= willBeHeld) return
    const id = original?.record.id ?? ''
    const isUndone =
      original !== undefined &&
      of(original.after, giver).status === of(before, giver).status &&
      (getter === undefined || holds[of(original.before, getter).status] <= willBeHeld) &&
      !this.#changes.some((one) => one.lot === giver && one.after.includes(id))
    expect({ given, record, before: of(before, giver), after: of(after, getter ?? ''), isUndone }).toMatchObject({
      isUndone: true,
    })
  }
}

/** Random records, corrections, reversals and holds: no stock comes to be held less firmly but by a change of status. */
export const checkRandomHolds = async (
  makeStore: () => Promise<StoreUnderTest>,
  numRuns: number,
): Promise<ReadonlyMap<string, number>> => {
  const tally = new Map<string, number>()
  const property = fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
    const holds = new Holds(await makePlant(await makeStore()))
    await holds.begin()
    for (const given of steps) {
      const outcome = await holds.step(given)
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1)
    }
    await holds.plant.close()
  })
  await fc.assert(property, { numRuns })
  return tally
}
