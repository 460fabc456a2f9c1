import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantLength, lastInstant, readInstant, showInstant, writeInstant } from './instant.ts'

const instants = fc.integer({ min: 0, max: lastInstant })

const offsetOf = (minutes: number): string => {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}

describe('an instant', () => {
  it('is shown as JavaScript shows it, and read back', () => {
    fc.assert(
      fc.property(instants, (at) => {
        expect(showInstant(at)).toBe(new Date(at).toISOString())
        expect(readInstant(showInstant(at))).toBe(at)
      }),
      { numRuns: 5000 },
    )
  })

  it('is written into bytes as it is shown, and touches no others', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const bytes = new Uint8Array(instantLength + 4)
        writeInstant(bytes, 2, at)
        expect(String.fromCharCode(...bytes)).toBe(`\0\0${new Date(at).toISOString()}\0\0`)
      }),
    )
  })

  it('is the same in every offset', () => {
    const within = fc.integer({ min: 2 * 86_400_000, max: lastInstant - 2 * 86_400_000 })
    fc.assert(
      fc.property(within, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, minutes) => {
        const local = new Date(at + minutes * 60_000).toISOString().slice(0, -1)
        expect(readInstant(local + offsetOf(minutes))).toBe(at)
      }),
    )
  })

  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T02:00:00+02:00', 0],
    ['9999-12-31T23:59:59.999Z', lastInstant],
    ['2026-11-23T08:00Z', Date.UTC(2026, 10, 23, 8)],
    ['2026-11-23T08:00:00.1Z', Date.UTC(2026, 10, 23, 8, 0, 0, 100)],
    ['2026-11-23T08:00:00.123999999Z', Date.UTC(2026, 10, 23, 8, 0, 0, 123)],
    ['2024-02-29T00:00:00.000Z', Date.UTC(2024, 1, 29)],
    ['2000-02-29T12:00:00-05:30', Date.UTC(2000, 1, 29, 17, 30)],
    ['2026-11-23T00:30:00+14:00', Date.UTC(2026, 10, 22, 10, 30)],
    ['2026-03-31T23:59:59.999Z', Date.UTC(2026, 2, 31, 23, 59, 59, 999)],
  ])('is read from %s', (text, expected) => {
    expect(readInstant(text)).toBe(expected)
  })

  it.each([
    ...['0000-01-01T00:00:00Z', '0099-01-01T00:00:00Z', '1582-10-10T00:00:00Z', '1900-02-29T00:00:00Z'],
    ...['1969-12-31T23:59:59.999Z', '1970-01-01T00:00:00+00:01', '+275760-09-13T00:00:00Z', '10000-01-01T00:00:00Z'],
    ...['9999-12-31T23:59:59-00:01', '2026-02-29T00:00:00Z', '2026-02-29T00:00:00.000Z', '2026-02-30T00:00:00.000Z'],
    ...['2026-04-31T00:00:00.000Z', '2026-00-10T00:00:00.000Z', '2026-13-10T00:00:00.000Z', '2026-10-00T00:00:00.000Z'],
    ...['2026-11-23T24:00:00.000Z', '2026-11-23T24:00:00Z', '2026-11-23T08:60:00.000Z', '2026-11-23T08:00:60.000Z'],
    ...['2026-11-23T08:60:00Z', '2026-11-23T23:59:60Z', '2026-11-23T08:00:00', '2026-11-23', '2026-11-23T08Z'],
    ...[
      '2026-11-23 08:00:00Z',
      '2026-11-23t08:00:00z',
      '20261123T080000Z',
      '2026-W48-1T08:00:00Z',
      '2026-327T08:00:00Z',
    ],
    ...['2026-11-23T08:00:00+0200', '2026-11-23T08:00:00+02', '2026-11-23T08:00:00+15:00', '2026-11-23T08:00:00+02:60'],
    ...[' 2026-11-23T08:00:00Z', '2026-11-23T08:00:00Z ', '2026-11-23T08:00:00.Z', '2026-11-23T08:00:00.1234567890Z'],
    ...['２026-11-23T08:00:00.000Z', '2026-11-23T08:00:00.0x0Z', '-026-11-23T08:00:00.000Z', 'now', '', '0', '1e9'],
    ...[
      '2026-11-23T08:00:00.000z',
      '2026-11-23T08:00:00,000Z',
      '2026-11-2 T08:00:00.000Z',
      '2026-11-23T08:00:00−02:00',
    ],
  ])('is not read from %j', (text) => {
    expect(readInstant(text)).toBeUndefined()
  })
})
