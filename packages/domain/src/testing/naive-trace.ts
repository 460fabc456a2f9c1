import type { RecordView } from '../views/record-view.ts'

// Where lots came from as simply as it can be said: every edge from every record, every lot's make-up carried along.

/** A whole numerator over a whole denominator. */
export type Fraction = readonly [bigint, bigint]

/** Brings a fraction to lowest terms. */
export const fraction = (n: bigint, d: bigint): Fraction => {
  let [a, b] = [n < 0n ? -n : n, d]
  while (b > 0n) [a, b] = [b, a % b]
  return [n / a, d / a]
}
/** The sum of two fractions. */
export const added = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d + c * b, b * d)
const product = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * c, b * d)
const none: Fraction = [0n, 1n]
const whole: Fraction = [1n, 1n]

/** One step of material, as the naive ledger sees it. Lots are called by their names. */
export interface NaiveEdge {
  readonly from: string
  readonly to: string
  readonly quantity: number | null
  readonly inferred: boolean
}

/** A record with how much of it was taken back. */
export interface NaiveRecord extends RecordView {
  readonly back: number
}

const isEdge = (r: NaiveRecord): boolean =>
  r.status === 'COMPLETED' && r.reversedBy === null && r.reversalOf === null && (!r.posted || left(r) > 0)
const left = (r: NaiveRecord): number => (r.quantity ?? 0) - r.back
const backwards = ['MERGE', 'PRODUCE', 'RECEIVE']
const forwards = ['CONSUME', 'SPLIT', 'SCRAP', 'RETURN', 'SHIP']

/** Every edge that the records leave. */
export const naiveEdges = (records: readonly NaiveRecord[]): readonly NaiveEdge[] =>
  records.filter(isEdge).flatMap((r): readonly NaiveEdge[] => {
    const [one, two, quantity] = [r.inventoryLotName, r.secondaryInventoryLotName, r.posted ? left(r) : null]
    if (two !== null && backwards.includes(r.lotRecordType)) return [{ from: two, to: one, quantity, inferred: false }]
    const named = two !== null && forwards.includes(r.lotRecordType)
    const made = r.lotRecordType === 'CONSUME' ? madeIn(records, r) : []
    return [
      ...(named ? [{ from: one, to: two, quantity, inferred: false }] : []),
      ...made.map((p) => ({ from: one, to: p.inventoryLotName, quantity: p.posted ? quantity : null, inferred: true })),
    ]
  })

/** What the operation of a consumption made, but for the lot that the consumption itself says it went into. */
const madeIn = (records: readonly NaiveRecord[], consumed: NaiveRecord): readonly NaiveRecord[] =>
  records.filter(
    (p) =>
      isEdge(p) &&
      p.lotRecordType === 'PRODUCE' &&
      p.operationId !== null &&
      p.operationId === consumed.operationId &&
      p.inventoryLotName !== consumed.secondaryInventoryLotName &&
      p.inventoryLotName !== consumed.inventoryLotName,
  )

/** All lots that can be come to from one, itself left out. */
export const naiveReach = (edges: readonly NaiveEdge[], from: string, side: 'up' | 'down'): ReadonlySet<string> => {
  const found = new Set([from])
  for (const lot of found)
    for (const edge of edges) {
      if (side === 'down' && edge.from === lot) found.add(edge.to)
      if (side === 'up' && edge.to === lot) found.add(edge.from)
    }
  found.delete(from)
  return found
}

/** What a lot is made of: which part went through which lot, and which part began where. */
export interface MakeUp {
  readonly through: ReadonlyMap<string, Fraction>
  readonly origins: ReadonlyMap<string, Fraction>
}

/** Carries every lot's make-up through the records, which come in order of (effective time, sequence). */
export const naiveShares = (records: readonly NaiveRecord[]): ((lot: string) => MakeUp) => {
  const makeUps = new Map<string, MakeUp>()
  const stock = new Map<string, number>()
  const weight = new Map<string, Fraction>()
  const madeOf = (lot: string): MakeUp => makeUps.get(lot) ?? { through: new Map(), origins: new Map([[lot, whole]]) }
  const heavy = (lot: string): Fraction => weight.get(lot) ?? none
  const held = (lot: string): number => stock.get(lot) ?? 0
  const blend = (a: ReadonlyMap<string, Fraction>, b: ReadonlyMap<string, Fraction>, part: Fraction) =>
    new Map(
      [...new Set([...a.keys(), ...b.keys()])].map((lot) => {
        const rest = product(a.get(lot) ?? none, [part[1] - part[0], part[1]])
        return [lot, added(rest, product(b.get(lot) ?? none, part))]
      }),
    )
  const mix = (into: string, from: string | null, quantity: number): void => {
    weight.set(into, added(heavy(into), [BigInt(quantity), 1n]))
    const part = fraction(BigInt(quantity) * heavy(into)[1], heavy(into)[0])
    const source = from === null ? { through: new Map(), origins: new Map([[into, whole]]) } : madeOf(from)
    const through = from === null ? source.through : new Map([...source.through, [from, whole] as const])
    const own = madeOf(into)
    makeUps.set(into, { through: blend(own.through, through, part), origins: blend(own.origins, source.origins, part) })
  }
  const change = (lot: string, quantity: number, scales: boolean): void => {
    const before = held(lot)
    const after = before + quantity
    stock.set(lot, after)
    if (!scales) return
    if (before > 0) weight.set(lot, after <= 0 ? none : product(heavy(lot), fraction(BigInt(after), BigInt(before))))
    else if (quantity > 0) weight.set(lot, added(heavy(lot), [BigInt(quantity), 1n]))
  }
  const live = records.filter((r) => r.posted && isLiveRecord(r))
  const consumptions = live.filter((r) => r.lotRecordType === 'CONSUME' && left(r) > 0)
  const goesInto = (c: NaiveRecord, lot: string): boolean =>
    c.secondaryInventoryLotName === lot || madeIn(live, c).some((p) => p.inventoryLotName === lot)
  const isFed = (lot: string): boolean => consumptions.some((c) => goesInto(c, lot))
  for (const r of live) {
    const [lot, other, quantity, type] = [r.inventoryLotName, r.secondaryInventoryLotName, left(r), r.lotRecordType]
    if (type === 'CONSUME' && quantity > 0) {
      const made = madeIn(live, r).map((p) => p.inventoryLotName)
      for (const into of new Set(other === null ? made : [other, ...made])) mix(into, lot, quantity)
      change(lot, -quantity, true)
    }
    if (type === 'SCRAP') change(lot, -quantity, true)
    if (type === 'EDIT') change(lot, quantity, true)
    if (type === 'SPLIT' && other !== null) {
      change(lot, -quantity, true)
      mix(other, lot, quantity)
      change(other, quantity, false)
    }
    if (type === 'MERGE' && other !== null) {
      change(other, -quantity, true)
      mix(lot, other, quantity)
      change(lot, quantity, false)
    }
    if (type === 'RECEIVE' || type === 'PRODUCE') {
      const isTold = consumptions.some(
        (c) => c.inventoryLotName === other && c.operationId === r.operationId && goesInto(c, lot),
      )
      if (other === null ? type === 'RECEIVE' || !isFed(lot) : !isTold) mix(lot, other, quantity)
      change(lot, quantity, false)
    }
  }
  return madeOf
}

const isLiveRecord = (r: NaiveRecord): boolean => r.reversedBy === null && r.reversalOf === null
