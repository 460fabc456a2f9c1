import { type Instant, readInstant } from '@lotbook/domain'

/** What a date may be, as a sentence for a message. */
export const dateRule = 'must be a date such as 2026-11-23 or an instant such as 2026-11-23T08:00:00Z'

/** Reads a date (its first moment, UTC) or an instant. */
export const readDate = (text: string): Instant | undefined =>
  readInstant(/^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T00:00:00Z` : text)
