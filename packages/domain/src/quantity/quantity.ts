/** An exact quantity: a whole number of millionths of the lot's unit, at most 999,999,999.999999 units either way. */
export type Quantity = number

/** How many millionths make one unit. */
export const oneUnit = 1_000_000

/** The greatest quantity, in millionths: 9 digits before the point, 6 after. It fits a double exactly. */
export const greatestQuantity: Quantity = 999_999_999_999_999

/** What a quantity may be, as a sentence for a message. */
export const quantityRule =
  'must be a decimal number with at most 9 digits before the point and 6 after, such as 12.5 or "12.5"'

/** A quantity written as text: no sign but minus, no exponent, no spaces. */
export const decimalPattern = /^(-?)(\d{1,9})(?:\.(\d{1,6}))?$/u

/** Whether a number of millionths is in range. */
export const inRange = (quantity: Quantity): boolean => Math.abs(quantity) <= greatestQuantity

/**
 * Reads a quantity from a JSON number or a plain decimal string, exactly: what cannot be written in 6 places is
 * refused, never rounded. Returns millionths, or undefined.
 *
 * @example
 * readQuantity('0.1') // 100000
 * readQuantity(0.1 + 0.2) // undefined: 0.30000000000000004 has more than 6 places
 */
export const readQuantity = (value: number | string): Quantity | undefined => {
  if (typeof value === 'number') {
    const millionths = Math.round(value * oneUnit)
    // Adding zero turns -0 into 0. The comparison fails for NaN, for infinities and for anything between two millionths.
    return millionths / oneUnit === value && inRange(millionths) ? millionths + 0 : undefined
  }
  const parts = decimalPattern.exec(value)
  if (parts === null) return undefined
  const [, sign, whole, fraction = ''] = parts
  const millionths = Number(whole) * oneUnit + Number(fraction.padEnd(6, '0'))
  return sign === '-' ? 0 - millionths : millionths
}

/** Writes a quantity as a JSON number; it prints as the exact decimal. */
export const showQuantity = (quantity: Quantity): number => quantity / oneUnit
