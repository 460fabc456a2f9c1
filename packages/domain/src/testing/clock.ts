import { type Instant, showInstant } from '../time/instant.ts'

/** A clock that stands still until it is moved. */
export interface Clock {
  readonly now: () => Instant
  readonly set: (to: Instant) => void
  readonly forward: (milliseconds: number) => void
}

/** Eight o'clock on a day of November 2026, in milliseconds. The plant's today is the 23rd. */
export const instantOf = (day: number): Instant => Date.UTC(2026, 10, day, 8)

/** Eight o'clock on a day of November 2026, as requests write it. */
export const at = (day: number): string => showInstant(instantOf(day))

/** The day on which tests happen: 23 November 2026. */
export const today = 23

/** A clock that begins at eight o'clock today. */
export const makeClock = (): Clock => {
  let now = instantOf(today)
  return {
    now: () => now,
    set: (to) => {
      now = to
    },
    forward: (milliseconds) => {
      now += milliseconds
    },
  }
}
