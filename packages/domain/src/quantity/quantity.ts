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

/** The most bytes that a quantity takes as `writeQuantity` writes it. */
export const longestQuantity = 17

/** Writes a number of no sign and of at least so many digits so that it ends before a place. */
const writeDigits = (bytes: Uint8Array, end: number, value: number, least: number): void => {
  let at = end
  let rest = value | 0
  while (rest > 0 || end - at < least) {
    const tens = (rest / 10) | 0
    at -= 1
    bytes[at] = 48 + rest - tens * 10
    rest = tens
  }
}

/**
 * Writes a quantity into bytes, in ASCII, as JSON has what `showQuantity` gives, and gives the place after it: for texts of
 * a hundred thousand quantities.
 */
export const writeQuantity = (bytes: Uint8Array, place: number, quantity: Quantity): number => {
  let at = place
  if (quantity < 0) bytes[at++] = 0x2d
  const millionths = Math.abs(quantity)
  const whole = Math.floor(millionths / oneUnit)
  let digits = 1
  for (let above = 10; whole >= above; above *= 10) digits += 1
  at += digits
  writeDigits(bytes, at, whole, 1)
  let fraction = millionths - whole * oneUnit
  if (fraction === 0) return at
  let places = 6
  while (fraction % 10 === 0) {
    fraction /= 10
    places -= 1
  }
  bytes[at] = 0x2e
  at += 1 + places
  writeDigits(bytes, at, fraction, places)
  return at
}
