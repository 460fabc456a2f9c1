import type { Ulid } from '../identifiers/ulid.ts'
import type { Unit, UnitConversion } from '../master-data/master-data.ts'
import { inRange, type Quantity } from './quantity.ts'
import { type Ratio, ratio, same, times } from './ratio.ts'

/** Why a quantity cannot be converted, as a sentence. */
export interface NoConversion {
  readonly why: string
}

/** What must be known to convert: the factors that hold, and the symbols for what cannot be converted. */
export interface Conversions {
  readonly conversions: ReadonlyMap<
    Ulid,
    Pick<UnitConversion, 'fromUnitId' | 'toUnitId' | 'numerator' | 'denominator' | 'materialId' | 'enabled'>
  >
  readonly units: ReadonlyMap<Ulid, Pick<Unit, 'symbol'>>
}

/** Every conversion that holds for a material, in both directions. */
const stepsOf = (
  known: Conversions,
  materialId: Ulid | null,
): readonly (Ratio & { readonly from: Ulid; readonly to: Ulid })[] =>
  [...known.conversions.values()]
    .filter(
      (conversion) => conversion.enabled && (conversion.materialId === null || conversion.materialId === materialId),
    )
    .flatMap(({ fromUnitId, toUnitId, numerator, denominator }) => [
      { from: fromUnitId, to: toUnitId, ...ratio(BigInt(numerator), BigInt(denominator)) },
      { from: toUnitId, to: fromUnitId, ...ratio(BigInt(denominator), BigInt(numerator)) },
    ])

const symbolOf = (known: Conversions, id: Ulid): string => known.units.get(id)?.symbol ?? id

/**
 * The factor from one unit to another for lots of a material: given directly, or through one unit in between.
 * Where two ways give different factors there is none, because nobody can say which is right.
 */
export const factorBetween = (
  known: Conversions,
  from: Ulid,
  to: Ulid,
  materialId: Ulid | null,
): Ratio | NoConversion => {
  if (from === to) return { numerator: 1n, denominator: 1n }
  const steps = stepsOf(known, materialId)
  const ways = steps
    .filter((step) => step.from === from)
    .flatMap((step) =>
      step.to === to
        ? [step]
        : steps.filter((next) => next.from === step.to && next.to === to).map((next) => times(step, next)),
    )
  const [first] = ways
  const names = `from ${symbolOf(known, from)} to ${symbolOf(known, to)}`
  if (first === undefined) return { why: `there is no conversion ${names}` }
  return ways.every((way) => same(way, first))
    ? first
    : { why: `two ways of converting ${names} give different factors` }
}

/** Converts a quantity exactly. What cannot be written in 6 places is refused, never rounded. */
export const convert = (
  known: Conversions,
  quantity: Quantity,
  from: Ulid,
  to: Ulid,
  materialId: Ulid | null,
): Quantity | NoConversion => {
  const factor = factorBetween(known, from, to, materialId)
  if ('why' in factor) return factor
  const exact = BigInt(quantity) * factor.numerator
  const names = `from ${symbolOf(known, from)} to ${symbolOf(known, to)}`
  if (exact % factor.denominator !== 0n)
    return { why: `the quantity cannot be written in 6 places when converted ${names}` }
  const converted = Number(exact / factor.denominator)
  return inRange(converted) ? converted : { why: `the quantity is out of range when converted ${names}` }
}
