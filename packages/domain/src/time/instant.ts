/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. Years 1970 to 9999. */
export type Instant = number

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/u

/** Later than every instant that can be written. */
export const lastInstant: Instant = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Twenty-four hours, in milliseconds. */
export const oneDay = 86_400_000

/**
 * Reads ISO 8601 text with an offset (`2026-11-23T08:00:00Z`, `…+02:00`) and keeps it to the millisecond.
 * Returns undefined for anything else: no offset, a day that does not exist, a year outside 1970 to 9999.
 *
 * @example
 * readInstant('2026-02-29T00:00:00Z') // undefined: 2026 is no leap year
 */
export const readInstant = (text: string): Instant | undefined => readOwnForm(text) ?? readAnyForm(text)

const digits = (text: string, from: number, to: number): number => {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

const readDay = { date: 'none yet', at: Number.NaN }

// The form that Lotbook writes itself, and most clients send: no regular expression, and only days that every month has.
const readOwnForm = (text: string): Instant | undefined => {
  if (text.length !== 24 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':') return undefined
  if (text[16] !== ':' || text[19] !== '.' || text[23] !== 'Z') return undefined
  const hour = digits(text, 11, 13)
  const minute = digits(text, 14, 16)
  const second = digits(text, 17, 19)
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined
  // Most instants are of one day.
  if (!text.startsWith(readDay.date)) {
    const year = digits(text, 0, 4)
    const month = digits(text, 5, 7)
    const day = digits(text, 8, 10)
    if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 28)) return undefined
    readDay.date = text.slice(0, 10)
    readDay.at = Date.UTC(year, month - 1, day)
  }
  const at = readDay.at + (hour * 3600 + minute * 60 + second) * 1000 + digits(text, 20, 23)
  return Number.isNaN(at) ? undefined : at
}

const readAnyForm = (text: string): Instant | undefined => {
  const parts = pattern.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second = '00', fraction = '', offset = 'Z'] = parts
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.slice(0, 3).padEnd(3, '0')),
  )
  const written = new Date(local)
  if (written.getUTCMonth() + 1 !== Number(month) || written.getUTCDate() !== Number(day)) return undefined
  const shift = offset === 'Z' ? 0 : (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * 60_000
  const at = offset.startsWith('-') ? local + shift : local - shift
  return at >= 0 && at <= lastInstant && Number(year) >= 1970 ? at : undefined
}

const written = { day: Number.NaN, date: '' }
const two = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))
const three = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'))

/** Writes an instant as `2026-11-23T08:00:00.000Z`. The date part is kept from call to call: most instants are of one day. */
export const showInstant = (at: Instant): string => {
  const day = Math.floor(at / oneDay)
  if (day !== written.day) {
    written.day = day
    written.date = new Date(at).toISOString().slice(0, 11)
  }
  const inDay = at - day * oneDay
  const seconds = Math.floor(inDay / 1000)
  return `${written.date}${two[Math.floor(seconds / 3600)]}:${two[Math.floor(seconds / 60) % 60]}:${two[seconds % 60]}.${three[inDay % 1000]}Z`
}

/** How many bytes an instant takes as `writeInstant` writes it. */
export const instantLength = 24

/** Writes an instant into bytes, in ASCII, as `showInstant` writes it: for texts of a hundred thousand instants. */
export const writeInstant = (bytes: Uint8Array, place: number, at: Instant): void => {
  const day = Math.floor(at / oneDay)
  if (day !== written.day) {
    written.day = day
    written.date = new Date(at).toISOString().slice(0, 11)
  }
  const { date } = written
  for (let index = 0; index < 11; index++) bytes[place + index] = date.charCodeAt(index)
  const inDay = at - day * oneDay
  const milliseconds = inDay % 1000
  const seconds = (inDay - milliseconds) / 1000
  const pair = (to: number, value: number): void => {
    const tens = Math.floor(value / 10)
    bytes[place + to] = 48 + tens
    bytes[place + to + 1] = 48 + value - tens * 10
  }
  pair(11, Math.floor(seconds / 3600))
  bytes[place + 13] = 0x3a
  pair(14, Math.floor(seconds / 60) % 60)
  bytes[place + 16] = 0x3a
  pair(17, seconds % 60)
  bytes[place + 19] = 0x2e
  bytes[place + 20] = 48 + Math.floor(milliseconds / 100)
  pair(21, milliseconds % 100)
  bytes[place + 23] = 0x5a
}
