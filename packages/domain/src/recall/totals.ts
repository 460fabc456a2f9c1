import type { Ulid } from '../identifiers/ulid.ts'
import { oneUnit } from '../quantity/quantity.ts'
import type { Ratio } from '../quantity/ratio.ts'
import { type Conversions, factorBetween } from '../quantity/unit-conversion.ts'
import type { RecallQuantities, RecallTotal } from './recall-view.ts'

/** The names of the quantities that are added. */
export const summed = [
  ...(['onHand', 'held', 'shipped', 'scrapped', 'returned'] as const),
  ...(['quantityIn', 'quantityOut', 'unexplained'] as const),
] satisfies readonly (keyof RecallQuantities)[]

/** The quantities of a lot in millionths of its unit. */
export interface Summand {
  readonly unitId: Ulid
  readonly unitSymbol: string
  readonly materialId: Ulid
  readonly quantities: RecallQuantities
}

interface Group {
  readonly unitId: Ulid
  readonly symbol: string
  readonly sums: Record<keyof RecallQuantities, bigint>
  lots: number
}

const nothing = (): Group['sums'] => ({
  ...{ onHand: 0n, held: 0n, shipped: 0n, scrapped: 0n, returned: 0n },
  ...{ quantityIn: 0n, quantityOut: 0n, unexplained: 0n },
})

/** All quantities of a lot times a factor, or undefined where one of them cannot be written in 6 places. */
const converted = (quantities: RecallQuantities, { numerator, denominator }: Ratio): Group['sums'] | undefined => {
  const sums = nothing()
  for (const name of summed) {
    const exact = BigInt(quantities[name]) * numerator
    if (exact % denominator !== 0n) return undefined
    sums[name] = exact / denominator
  }
  return sums
}

/**
 * Adds lots up by what can be added: each lot to the first sum into whose unit all its quantities convert exactly (by the
 * general factors and those of its material), else to a new sum in its own unit. Nothing is rounded.
 */
export const totalsOf = (lots: readonly Summand[], conversions: Conversions): readonly RecallTotal[] => {
  const groups: Group[] = []
  const factors = new Map<string, Ratio | undefined>()
  const factorOf = (lot: Summand, to: Ulid): Ratio | undefined => {
    const key = `${lot.unitId} ${to} ${lot.materialId}`
    if (!factors.has(key)) {
      const factor = factorBetween(conversions, lot.unitId, to, lot.materialId)
      factors.set(key, 'why' in factor ? undefined : factor)
    }
    return factors.get(key)
  }
  const placeOf = (lot: Summand): { readonly group: Group; readonly sums: Group['sums'] } => {
    for (const group of groups) {
      const factor = factorOf(lot, group.unitId)
      const sums = factor && converted(lot.quantities, factor)
      if (sums !== undefined) return { group, sums }
    }
    const group = { unitId: lot.unitId, symbol: lot.unitSymbol, sums: nothing(), lots: 0 }
    groups.push(group)
    return { group, sums: converted(lot.quantities, { numerator: 1n, denominator: 1n }) ?? nothing() }
  }
  for (const lot of lots) {
    const { group, sums } = placeOf(lot)
    group.lots += 1
    for (const name of summed) group.sums[name] += sums[name]
  }
  return groups.map(({ symbol, sums, lots: count }) => ({
    unitOfMeasureSymbol: symbol,
    lots: count,
    ...(Object.fromEntries(summed.map((name) => [name, Number(sums[name]) / oneUnit])) as unknown as RecallQuantities),
  }))
}
