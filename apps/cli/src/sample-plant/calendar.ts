import type { Instant } from '@lotbook/domain'

const oneDay = 86_400_000

/** How many weeks the sample plant has worked. */
export const weeks = 6

/** The days of the sample plant: six weeks that end at midnight (UTC) before the day that counts as today. */
export interface Calendar {
  /** The moment of a day (0 to 41) and a time such as `06:10`. */
  readonly at: (day: number, time: string) => Instant
  /** The date of a day, as `2026-10-12`. */
  readonly date: (day: number) => string
}

/** Makes the calendar whose last day is the one before `today`. */
export const makeCalendar = (today: Instant): Calendar => {
  const start = Math.floor(today / oneDay) * oneDay - weeks * 7 * oneDay
  return {
    at: (day, time) => {
      const [hours, minutes] = time.split(':').map(Number)
      return start + day * oneDay + (Number(hours) * 60 + Number(minutes)) * 60_000
    },
    date: (day) => new Date(start + day * oneDay).toISOString().slice(0, 10),
  }
}

/** The earliest day that may count as today: its six weeks begin after 1970-01-01. */
export const earliestToday: Instant = (weeks * 7 + 1) * oneDay
