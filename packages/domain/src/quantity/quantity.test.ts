import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  greatestQuantity,
  inRange,
  longestQuantity,
  oneUnit,
  readQuantity,
  showQuantity,
  writeQuantity,
} from './quantity.ts'

const millionths = fc.integer({ min: -greatestQuantity, max: greatestQuantity })

/** The exact decimal of a number of millionths, by whole-number arithmetic alone. */
const decimalOf = (quantity: number): string => {
  const digits = String(Math.abs(quantity)).padStart(7, '0')
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/u, '')
  return quantity < 0 ? `-${text}` : text
}

describe('a quantity', () => {
  it('of 0.1 ten times is 1', () => {
    const tenth = readQuantity(0.1) ?? Number.NaN
    expect(showQuantity(Array.from({ length: 10 }, () => tenth).reduce((sum, quantity) => sum + quantity))).toBe(1)
  })

  it('is read back as it is shown, as a number, as JSON and as text', () => {
    fc.assert(
      fc.property(millionths, (quantity) => {
        const shown = showQuantity(quantity)
        expect(readQuantity(shown)).toBe(quantity)
        expect(readQuantity(JSON.parse(JSON.stringify(shown)) as number)).toBe(quantity)
        expect(readQuantity(decimalOf(quantity))).toBe(quantity)
      }),
      { numRuns: 5000 },
    )
  })

  it('is shown as its exact decimal, without an exponent', () => {
    fc.assert(
      fc.property(millionths, (quantity) => {
        fc.pre(Math.abs(quantity) >= 1 && quantity !== 0)
        // Below 0.000001 there is nothing, and 0.000001 itself is the smallest that JavaScript writes without an exponent.
        expect(String(showQuantity(quantity))).toBe(decimalOf(quantity))
      }),
      { numRuns: 5000 },
    )
  })

  it('adds up exactly where numbers do not', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -oneUnit, max: oneUnit }), { maxLength: 50 }), (all) => {
        const sum = all.reduce((total, quantity) => total + (readQuantity(decimalOf(quantity)) ?? Number.NaN), 0)
        expect(sum).toBe(all.reduce((total, quantity) => total + quantity, 0))
      }),
    )
  })

  it.each([
    [0, 0],
    [-0, 0],
    ['-0', 0],
    ['0.0', 0],
    [1, 1_000_000],
    ['1', 1_000_000],
    ['1.0', 1_000_000],
    ['000000001.500000', 1_500_000],
    [1e3, 1_000_000_000],
    [1e-6, 1],
    ['0.000001', 1],
    [-12.5, -12_500_000],
    ['-12.5', -12_500_000],
    [999_999_999.999999, greatestQuantity],
    ['999999999.999999', greatestQuantity],
    [-999_999_999.999999, -greatestQuantity],
  ])('is read from %j as %d millionths', (value, expected) => {
    const read = readQuantity(value)
    expect(read).toBe(expected)
    expect(Object.is(read, -0)).toBe(false)
  })

  it.each([
    ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, JSON.parse('1e400') as number],
    ...[5e-324, 0.1 + 0.2, 1 / 3, 2 ** 53 + 1, 0.0000001, 1.0000001, 1_000_000_000, -1_000_000_000],
    ...['1e3', ' 1 ', '1,5', '0x10', '', '.', '.5', '5.', '+1', '--1', '1.0000000', '1000000000', '1 000'],
    ...['NaN', 'Infinity', '٣', '１', '1_000', '1.5kg', '1\n', '\u00001', '1e400', '0b1', '1/3'],
  ])('is not read from %j', (value) => {
    expect(readQuantity(value)).toBeUndefined()
  })

  it('is written into bytes as JSON shows it, and touches no others', () => {
    const written = (quantity: number): string => {
      const bytes = new Uint8Array(longestQuantity + 4)
      const end = writeQuantity(bytes, 2, quantity)
      expect([bytes[0], bytes[1], ...bytes.subarray(end)].every((byte) => byte === 0)).toBe(true)
      return String.fromCharCode(...bytes.subarray(2, end))
    }
    const round = fc.integer({ min: -999_999_999, max: 999_999_999 }).map((units) => units * oneUnit)
    const short = fc.integer({ min: -1000, max: 1000 })
    fc.assert(
      fc.property(fc.oneof(millionths, round, short), (quantity) => {
        expect(written(quantity)).toBe(JSON.stringify(showQuantity(quantity)))
      }),
      { numRuns: 3000 },
    )
    expect([0, 1, -greatestQuantity, 10, 9_999_999].map(written)).toEqual([
      ...['0', '0.000001', '-999999999.999999', '0.00001', '9.999999'],
    ])
  })

  it('is in range up to nine digits before the point', () => {
    expect([greatestQuantity, -greatestQuantity].map(inRange)).toEqual([true, true])
    expect([greatestQuantity + 1, -greatestQuantity - 1].map(inRange)).toEqual([false, false])
  })
})
