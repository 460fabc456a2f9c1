/** An exact fraction. */
export interface Ratio {
  readonly numerator: bigint
  readonly denominator: bigint
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let [greater, less] = [a < 0n ? -a : a, b]
  while (less !== 0n) [greater, less] = [less, greater % less]
  return greater
}

/** A fraction in lowest terms. The denominator must be above zero. */
export const ratio = (numerator: bigint, denominator = 1n): Ratio => {
  const divisor = greatestCommonDivisor(numerator, denominator)
  return divisor === 1n
    ? { numerator, denominator }
    : { numerator: numerator / divisor, denominator: denominator / divisor }
}

/** Nothing. */
export const zero: Ratio = { numerator: 0n, denominator: 1n }
/** All of it. */
export const one: Ratio = { numerator: 1n, denominator: 1n }

/** The sum of two fractions. */
export const plus = (a: Ratio, b: Ratio): Ratio =>
  a.numerator === 0n
    ? b
    : b.numerator === 0n
      ? a
      : ratio(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

/** What is left of a fraction after another is taken off. */
export const minus = (a: Ratio, b: Ratio): Ratio => plus(a, { numerator: -b.numerator, denominator: b.denominator })

/** The product of two fractions. */
export const times = (a: Ratio, b: Ratio): Ratio => ratio(a.numerator * b.numerator, a.denominator * b.denominator)

/** One fraction divided by another, which must be above zero. */
export const over = (a: Ratio, b: Ratio): Ratio => ratio(a.numerator * b.denominator, a.denominator * b.numerator)

/** Whether two fractions are the same number. */
export const same = (a: Ratio, b: Ratio): boolean => a.numerator * b.denominator === b.numerator * a.denominator

const exactDouble = 2n ** 53n

/** The nearest JSON number, for fractions from 0 to 1. */
export const toNumber = ({ numerator, denominator }: Ratio): number =>
  denominator <= exactDouble
    ? Number(numerator) / Number(denominator)
    : Number((numerator * 2n ** 64n) / denominator) / 2 ** 64

/** The fraction as text, such as `3/10`; a whole number alone. */
export const showRatio = ({ numerator, denominator }: Ratio): string =>
  denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`
