import { type Instant, readInstant } from '@lotbook/domain'

/** What a date may be, as a sentence for a message. */
export const dateRule = 'must be a date such as 2026-11-23 or an instant such as 2026-11-23T08:00:00Z'

const readAt =
  (time: string) =>
  (text: string): Instant | undefined =>
    readInstant(/^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T${time}Z` : text)

/** Reads a date (its first moment, UTC) or an instant. */
export const readDate = readAt('00:00:00')

/** The same for the end of a period, to which the whole of a date belongs: its last moment, UTC. */
export const readLastDate = readAt('23:59:59.999')
