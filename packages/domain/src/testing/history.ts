import { Effect, Result } from 'effect'
import { expect } from 'vitest'
import type { LotStatus } from '../lot/lot-status.ts'
import { lotRecordTypeRules, statusesThatAllow } from '../lot-record/lot-record-type.ts'
import type { Refusal } from '../refusals.ts'
import type { LotView } from '../views/lot-view.ts'
import type { RecordView } from '../views/record-view.ts'
import { at } from './clock.ts'
import { type Fields, many, one, type Plant } from './fixtures.ts'
import { type Asked, balance, type Posting, posts, rowsOf, total, whyNot } from './naive-ledger.ts'
import { NaiveStatuses } from './naive-statuses.ts'
import { type Command, days } from './random-command.ts'

const places = ['Dock', 'Cellar', 'Drain'] as const
const mayBeNegative = (row: string): boolean => row.startsWith('Drain ')
const pick = <A>(items: readonly A[], n: number): A => items[n % items.length] as A

/** Which rule of stock a refusal names; undefined for any other rule. */
const ruleOf = (refusal: Refusal): ReturnType<typeof whyNot> => {
  if (refusal._tag === 'InsufficientStock') return 'negative'
  const counted = 'blockers' in refusal && refusal.blockers.filter(({ reason }) => reason.includes('counted'))
  if (refusal._tag === 'ReversalBlocked')
    return counted && counted.length === refusal.blockers.length ? 'counted' : undefined
  if (refusal._tag !== 'ActionRefused') return undefined
  if (refusal.reason.includes('may be taken back')) return 'not consumed'
  return counted && counted.length > 0 ? 'counted' : undefined
}

/** A history as it unfolds: the plant beside a naive ledger of the same postings. */
export class History {
  readonly plant: Plant
  /** The lots by name, as they were after the last step. */
  readonly lots = new Map<string, Pick<LotView, 'id' | 'status'>>()
  readonly path: string
  materialId = ''
  postings: readonly Posting[] = []
  readonly statuses = new NaiveStatuses()
  /** How many records were taken back because they stood in the way of another. */
  cascaded = 0
  onHand = 0
  /** What the step wrote that is being compared. */
  wrote: { readonly kind: Command['kind']; readonly id: string } | undefined

  constructor(plant: Plant, path: string) {
    this.plant = plant
    this.path = path
  }

  /** Each history has a material of its own: many of them may happen in one store. */
  async begin(): Promise<void> {
    const { plant, path } = this
    const material = await plant.done(plant.inventory.saveMaterial({ path, unitOfMeasureSymbol: 'kg' }, plant.ada))
    this.materialId = material.id ?? ''
    for (const name of ['A', 'B', 'C']) await this.newLot(name, 'AVAILABLE')
    const received = { type: 'RECEIVE', id: '', other: 'C', day: 1, from: 'Dock' } as const
    for (const lot of ['A', 'B'])
      for (const to of ['Dock', 'Cellar']) await this.post({ ...received, lot, to, quantity: lot === 'A' ? 12 : 6 })
    await this.compare()
  }

  place(name: string): string {
    return this.plant.location[name.toLowerCase() as 'dock']
  }

  /** Does one thing, compares, and says how it went. */
  async step(given: Command): Promise<string> {
    const before = this.onHand
    const done = await this.perform(given)
    if (done !== undefined && Result.isSuccess(done)) this.wrote = { kind: given.kind, id: done.success.id ?? '' }
    const outcome = done === undefined ? 'nothing to do' : Result.isSuccess(done) ? 'done' : done.failure._tag
    await this.compare(pick(days, given.which))
    if (['MOVE', 'SPLIT', 'MERGE'].includes(given.kind)) expect(this.onHand).toBe(before)
    return `${given.kind} ${outcome}`
  }

  async perform(given: Command): Promise<Result.Result<RecordView, Refusal> | undefined> {
    const { kind } = given
    if (kind === 'REVERSE') return this.reverse(given)
    if (kind === 'CASCADE') return this.cascade(given)
    if (kind === 'CORRECT') return this.correct(given)
    const lot = pick([...this.lots.keys()], given.lot)
    if (kind === 'STATUS_CHANGE') {
      const lotStatus = pick(['AVAILABLE', 'QA_HOLD', 'AVAILABLE'], given.which)
      return this.plant.result(this.plant.saving(kind, this.idOf(lot), { lotStatus, startDate: at(9) }))
    }
    const other =
      kind === 'SPLIT'
        ? await this.newLot(`S${this.lots.size}`, 'OPEN')
        : pick(
            [...this.lots.keys()].filter((one) => one !== lot),
            given.other,
          )
    const from = pick(places, given.from)
    const to = pick(kind === 'MOVE' ? places.filter((one) => one !== from) : places, given.to)
    const quantity = kind === 'MERGE' && given.all ? null : this.quantityOf(kind, given)
    const asked = { id: '', type: kind, lot, other, day: given.day, from, to, quantity }
    return this.post(kind === 'UNCONSUME' && given.all ? this.takingBack(asked, given.which) : asked)
  }

  /** Something that was consumed, so that not every UNCONSUME is refused. */
  takingBack(asked: Asked, which: number): Asked {
    const consumptions = this.postings.filter(({ type }) => type === 'CONSUME')
    const [row, consumed] = (consumptions.length > 0 && pick(consumptions, which).legs[0]) || ['', 0]
    return consumed === 0
      ? asked
      : { ...asked, lot: row.split(' ')[1] ?? '', day: 8, quantity: Math.min(asked.quantity ?? 0, -consumed) }
  }

  quantityOf(type: Posting['type'], { quarters, which }: Command): number {
    return type === 'EDIT' && which % 2 === 0 ? -quarters / 4 : quarters / 4
  }

  async newLot(name: string, status: LotStatus): Promise<string> {
    const { materialId } = this
    this.lots.set(name, { id: await this.plant.lot(name, { status, materialId }), status })
    return name
  }

  idOf(lot: string): string {
    return this.lots.get(lot)?.id ?? ''
  }

  fieldsOf({ type, day, from, to, quantity }: Omit<Asked, 'id' | 'lot'>): Fields {
    const rule = lotRecordTypeRules[type]
    const source = rule.source === 'needed' || (type === 'MERGE' && quantity !== null)
    return {
      quantity,
      startDate: at(day),
      ...(source && { sourceLocationId: this.place(from) }),
      ...(rule.destination === 'needed' && { destinationLocationId: this.place(to) }),
    }
  }

  async post(asked: Asked): Promise<Result.Result<RecordView, Refusal>> {
    const { type, lot, other } = asked
    const second = type === 'SPLIT' || type === 'MERGE' ? { secondaryInventoryLotId: this.idOf(other) } : {}
    const done = await this.plant.result(
      this.plant.saving(type, this.idOf(lot), { ...this.fieldsOf(asked), ...second }),
    )
    const posting = posts(this.postings, { ...asked, id: Result.isSuccess(done) ? (done.success.id ?? '') : '' })
    const below = this.isMergedBelowZero(asked)
    if (Result.isSuccess(done)) expect(below).toBe(false)
    if (this.judge(done, undefined, posting) === 'another rule' && !below)
      this.explain(type, this.lots.get(lot)?.status, this.lots.get(other)?.status)
    return done
  }

  /** All of a lot is not merged while some of it lies below zero. */
  isMergedBelowZero({ type, other, quantity }: Asked): boolean {
    const rows = rowsOf(this.postings).filter((row) => row.endsWith(` ${other}`))
    const isBelow = rows.some((row) => balance(this.postings, row, Number.POSITIVE_INFINITY) < 0)
    return type === 'MERGE' && quantity === null && isBelow
  }

  async correct(given: Command): Promise<Result.Result<RecordView, Refusal> | undefined> {
    if (this.postings.length === 0) return undefined
    const before = pick(this.postings, given.which)
    const record = await this.plant.done(this.plant.inventory.getInventoryLotRecord(before.id, this.plant.ada))
    const nameOf = (path: string | null, other: number): string => path?.split('/').at(-1) ?? pick(places, other)
    // Everything of a MERGE is what it took then; and an UNCONSUME keeps its day, as what it takes back does.
    const whole = before.type === 'MERGE' && record.requestedQuantity === null
    const changes = (what: Command['what']): boolean => given.what === what || given.what === 'everything'
    const asked: Asked = {
      id: before.id,
      type: before.type,
      lot: record.inventoryLotName,
      other: record.secondaryInventoryLotName ?? '',
      day: changes('day') && before.type !== 'UNCONSUME' ? given.day : before.day,
      from: changes('place') ? pick(places, given.from) : nameOf(record.sourceLocationPath, given.from),
      to: changes('place') ? pick(places, given.to) : nameOf(record.destinationLocationPath, given.to),
      quantity: changes('quantity') ? this.quantityOf(before.type, given) : record.quantity,
    }
    if (asked.type === 'MOVE' && asked.from === asked.to) return undefined
    const counted = this.recounted(asked, before, record)
    const fields = whole ? { startDate: at(asked.day) } : this.fieldsOf(asked)
    const done = await this.plant.result(
      this.plant.inventory.saveInventoryLotRecord({ id: before.id, ...fields }, this.plant.ada),
    )
    const others = this.postings.filter((posting) => posting !== before)
    const after = whole ? { ...before, day: asked.day } : posts(others, counted, before.takes)
    this.judge(done, before, after)
    return done
  }

  /** A count that is only dated anew keeps what was counted. */
  recounted(asked: Asked, before: Posting, { countedQuantity, quantity, sourceLocationPath }: RecordView): Asked {
    const isKept = asked.quantity === quantity && sourceLocationPath?.endsWith(`/${asked.from}`) === true
    if (asked.type !== 'EDIT' || countedQuantity === null || !isKept || asked.day === before.day) return asked
    const others = this.postings.filter((posting) => posting !== before)
    return { ...asked, quantity: countedQuantity - balance(others, `${asked.from} ${asked.lot}`, asked.day) }
  }

  async reverse({ which }: Command): Promise<Result.Result<RecordView, Refusal> | undefined> {
    if (this.postings.length === 0) return undefined
    const before = pick(this.postings, which)
    const done = await this.plant.result(
      Effect.map(this.plant.inventory.reverseLotRecord({ id: before.id }, this.plant.ada), one),
    )
    this.judge(done, before, undefined)
    if (Result.isSuccess(done)) this.statuses.takeBack([before.id])
    return done
  }

  /** Takes a record back with what stands in its way: as if none of them had been written. */
  async cascade({ which }: Command): Promise<Result.Result<RecordView, Refusal> | undefined> {
    const before = this.postings.length === 0 ? undefined : pick(this.postings, which)
    if (before === undefined) return undefined
    const { inventory, ada, result } = this.plant
    const request = { id: before.id, cascade: true }
    const alone = await result(inventory.dryRun.reverseLotRecord({ id: before.id }, ada))
    const shown = await result(inventory.dryRun.reverseLotRecord(request, ada))
    const done = await result(Effect.map(inventory.reverseLotRecord(request, ada), many))
    if (Result.isFailure(done)) {
      expect([Result.isFailure(alone), Result.isFailure(shown)]).toEqual([true, true])
      expect(done.failure._tag).toBe('ReversalBlocked')
      return Result.fail(done.failure)
    }
    const undone = done.success.map(({ reversalOf }) => reversalOf ?? '')
    expect(Result.isSuccess(shown) && shown.success.records.map(({ reversalOf }) => reversalOf)).toEqual(undone)
    expect(Result.isSuccess(alone)).toBe(undone.length === 1)
    expect(undone.at(-1)).toBe(before.id)
    this.postings = this.postings.filter(({ id }) => !undone.includes(id))
    this.statuses.takeBack(undone)
    this.cascaded += undone.length - 1
    await this.compare(...days)
    return Result.succeed(done.success.at(-1) as RecordView)
  }

  /** What was done is what the naive ledger allows; what was refused for its stock is what it refuses. */
  judge(
    done: Result.Result<RecordView, Refusal>,
    before: Posting | undefined,
    after: Posting | undefined,
  ): 'done' | 'stock' | 'another rule' {
    const expected = whyNot(this.postings, before, after, mayBeNegative)
    if (Result.isFailure(done)) {
      const rule = ruleOf(done.failure)
      if (rule === undefined) return 'another rule'
      expect(rule).toBe(expected)
      return 'stock'
    }
    expect(expected).toBeUndefined()
    this.postings = this.postings.flatMap((posting) =>
      posting !== before ? [posting] : after === undefined ? [] : [after],
    )
    if (before === undefined && after !== undefined) this.postings = [...this.postings, after]
    return 'done'
  }

  /** What is refused for another reason than stock is refused for the status of a lot. */
  explain(type: Posting['type'], status: LotStatus | undefined, other: LotStatus | undefined): void {
    if (type === 'STATUS_CHANGE' || status === undefined) return
    expect(statusesThatAllow[type].includes(status) && (type !== 'MERGE' || status === other)).toBe(false)
  }

  /** The plant holds what the naive ledger says: now, at the end of a day, and in all that was ever added. */
  async compare(...moments: readonly number[]): Promise<void> {
    for (const day of [Number.POSITIVE_INFINITY, ...moments]) {
      const query = { limit: 200, material: this.path, ...(Number.isFinite(day) && { asOf: at(day) }) }
      const { items } = await this.plant.done(this.plant.inventory.findInventory(query, this.plant.ada))
      const actual = items.map((row) => [`${row.locationPath.slice('Plant/'.length)} ${row.lotName}`, row.quantity])
      const expected = rowsOf(this.postings).map((row) => [row, balance(this.postings, row, day)])
      expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected.filter(([, quantity]) => quantity !== 0)))
    }
    const query = { limit: 200, material: this.path }
    const { items: lots } = await this.plant.done(this.plant.inventory.listLots(query, this.plant.ada))
    this.statuses.compare(lots, this.wrote)
    this.wrote = undefined
    for (const { name, id, status } of lots) this.lots.set(name, { id, status })
    this.onHand = lots.reduce((all, { onHand }) => all + onHand, 0)
    const gone = lots.filter(({ status }) => status === 'SHIPPED' || status === 'CLOSED')
    expect(gone.filter(({ onHand }) => onHand !== 0)).toEqual([])
    const totals = lots.map(({ name, totalQuantity }) => [name, totalQuantity])
    expect(Object.fromEntries(totals)).toEqual(
      Object.fromEntries([...this.lots.keys()].map((name) => [name, total(this.postings, name)])),
    )
  }
}
