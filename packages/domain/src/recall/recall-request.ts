import { enumField, idOrPathField, instantField, wholeWordField } from '../fields.ts'
import { type Decoded, defineRequest } from '../request.ts'
import type { Instant } from '../time/instant.ts'
import { largestTrace } from '../trace/trace-request.ts'

/** The forms in which a recall is written. */
export const recallFormats = ['JSON', 'CSV', 'HTML'] as const
/** The form of a recall. HTML is a report that prints on A4. */
export type RecallFormat = (typeof recallFormats)[number]

/** How many lots a recall lists at most, and unless asked otherwise: one that leaves lots out is of little use. */
export const largestRecall = largestTrace

/** How many steps between lots a recall follows at most. */
export const mostRecallEdges = 10 * largestRecall

/** How many lots: of a recall's list, and among which a hold looks. */
export const recallLimitField = wholeWordField(1, largestRecall)

/** The query of a recall. */
export const recallLotShape = defineRequest('RecallLotQuery', {
  material: idOrPathField,
  asOf: instantField,
  limit: recallLimitField,
  format: enumField(recallFormats),
})

/** What is to be recalled. */
export interface RecallQuery {
  readonly material: string | null
  readonly asOf: Instant | null
  /** How many lots at most. */
  readonly limit: number
  readonly format: RecallFormat
}

/** Reads the query of a recall. */
export const readRecallQuery = (input: unknown): Decoded<RecallQuery> => {
  const { request, violations } = recallLotShape.decode(input)
  const { limit, format, ...rest } = request
  return { violations, request: { ...rest, limit: limit ?? largestRecall, format: format ?? 'JSON' } }
}
