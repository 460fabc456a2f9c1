import { describe, expect, it } from 'vitest'
import type { RecordEvent } from '../events/events.ts'
import { deliveryOf, retryDelay, signedContent, timeToNextAttempt } from './delivery.ts'

describe('the time between two tries', () => {
  const bounds = { first: 1000, most: 300_000 }

  it('doubles up to its bound', () => {
    const whole = [1, 2, 3, 4, 8, 9, 10, 50, 5000].map((failures) => retryDelay(failures, bounds, 1))
    expect(whole).toEqual([1000, 2000, 4000, 8000, 128_000, 256_000, 300_000, 300_000, 300_000])
  })

  it('lies between a half and the whole of that', () => {
    expect([0, 0.5, 1].map((random) => retryDelay(3, bounds, random))).toEqual([2000, 3000, 4000])
  })
})

describe('the time to the next try', () => {
  const bounds = { first: 1000, most: 300_000 }
  const now = 1_000_000

  it('is what is left of the delay', () => {
    const times = [null, now - 1, now, now + 1, now + 300_000].map((next) => timeToNextAttempt(next, now, bounds))
    expect(times).toEqual([0, 0, 0, 1, 300_000])
  })

  it('is over where no delay can have set it', () => {
    expect(timeToNextAttempt(now + 300_001, now, bounds)).toBe(0)
  })
})

describe('a delivery', () => {
  it('has an id of its version, and what is signed is the id, the time and the body', () => {
    const event = {
      sequence: 7,
      version: 2,
      writtenDate: '2026-11-23T08:00:00.000Z',
      record: { id: 'R' },
    } as RecordEvent
    const { id, body } = deliveryOf(event)
    expect(id).toBe('lot-record_R_2')
    expect(JSON.parse(body)).toEqual({ type: 'lot-record', timestamp: event.writtenDate, data: event })
    expect(signedContent('a', 5, '{}')).toBe('a.5.{}')
  })
})
