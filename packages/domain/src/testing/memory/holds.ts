import type { Annotations } from '../../lot/lot.ts'
import type { AnnotationQuery, Between } from '../../store.ts'

/** Whether a filter that may be left out holds. */
export const holds = <A>(wanted: A | undefined, actual: A): boolean => wanted === undefined || wanted === actual

/** Whether a number lies in a range that may be left out or open; what has none lies in no range. */
export const isBetween = (range: Between | undefined, actual: number | null): boolean =>
  range === undefined || (actual !== null && actual >= (range.least ?? actual) && actual <= (range.greatest ?? actual))

/** Whether the user's own words are those that are asked for. */
export const isAnnotated = (query: AnnotationQuery, { notes, spare1, spare2, spare3 }: Annotations): boolean =>
  (query.notesContains === undefined || notes?.includes(query.notesContains) === true) &&
  holds<string | null>(query.spare1, spare1) &&
  holds<string | null>(query.spare2, spare2) &&
  holds<string | null>(query.spare3, spare3)
