import type { RecordEvent } from '../events/events.ts'
import type { Instant } from '../time/instant.ts'

/** Bounds of the time between two tries, in milliseconds. */
export interface RetryBounds {
  readonly first: number
  readonly most: number
}

/**
 * How long to wait after so many failures in a row: twice as long each time up to the bound, of that between a half and
 * the whole, by a random number from 0 to 1, so that many webhooks do not come back at one moment.
 */
export const retryDelay = (failures: number, { first, most }: RetryBounds, random: number): number => {
  // 2 to the power of 40 is beyond every bound, and still a whole number.
  const whole = Math.min(most, first * 2 ** Math.min(Math.max(failures - 1, 0), 40))
  return Math.round(whole * (0.5 + random / 2))
}

/**
 * For how many milliseconds the next try is still to wait; 0: it is due. A time further off than any delay comes from a
 * clock that was ahead, so it counts for nothing.
 */
export const timeToNextAttempt = (nextAttempt: Instant | null, now: Instant, { most }: RetryBounds): number => {
  const time = (nextAttempt ?? now) - now
  return time > most ? 0 : Math.max(0, time)
}

/** What goes over the wire for one version. The id stays the same however often it is sent. */
export interface Delivery {
  readonly id: string
  readonly body: string
}

/** The id and the body of the delivery of an event, in the form of Standard Webhooks. */
export const deliveryOf = (event: RecordEvent): Delivery => ({
  id: `lot-record_${event.record.id}_${event.version}`,
  body: JSON.stringify({ type: 'lot-record', timestamp: event.writtenDate, data: event }),
})

/** What is signed: the id, the time of sending in whole seconds, and the body. */
export const signedContent = (id: string, seconds: number, body: string): string => `${id}.${seconds}.${body}`
