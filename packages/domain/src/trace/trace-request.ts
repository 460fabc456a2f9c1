import { enumField, idOrPathField, instantField, wholeWordField } from '../fields.ts'
import { toRef } from '../queries/refs.ts'
import { type Decoded, defineRequest } from '../request.ts'
import type { LotRef } from '../scope.ts'
import type { Instant } from '../time/instant.ts'

/** Which way a trace goes. */
export const traceDirections = ['ANCESTORS', 'DESCENDANTS', 'BOTH'] as const
/** The forms in which a trace is written as text that needs no places. */
export const traceTextFormats = ['JSON', 'CSV', 'MERMAID', 'DOT'] as const
/** The forms in which a trace is written: SVG is drawn, outside of the domain. */
export const traceFormats = [...traceTextFormats, 'SVG'] as const
/** How much a trace says of its lots and records: everything, or what they are and how they hang together. */
export const traceDetails = ['FULL', 'BASIC'] as const
/** How many lots a trace holds at most. */
export const largestTrace = 100_000
const usualTrace = 10_000
/** How deep a trace may be asked for. */
export const deepestTrace = 1_000_000

/** The query of a trace. */
export const traceLotShape = defineRequest('TraceLotQuery', {
  material: idOrPathField,
  direction: enumField(traceDirections),
  depth: wholeWordField(1, deepestTrace),
  asOf: instantField,
  limit: wholeWordField(1, largestTrace),
  format: enumField(traceFormats),
  detail: enumField(traceDetails),
})

/** What is to be traced. */
export interface TraceQuery {
  readonly direction: (typeof traceDirections)[number]
  readonly depth: number | null
  readonly asOf: Instant | null
  /** How many lots at most. */
  readonly limit: number
  readonly format: (typeof traceFormats)[number]
  readonly detail: (typeof traceDetails)[number]
  readonly material: string | null
}

/** Reads the query of a trace. */
export const readTraceQuery = (input: unknown): Decoded<TraceQuery> => {
  const { request, violations } = traceLotShape.decode(input)
  const { direction, limit, format, detail, ...rest } = request
  if (detail === 'BASIC' && format !== null && format !== 'JSON')
    violations.add('detail', `BASIC is written as JSON: leave it out for ${format}`)
  return {
    violations,
    request: {
      ...rest,
      direction: direction ?? 'BOTH',
      limit: limit ?? usualTrace,
      format: format ?? 'JSON',
      detail: detail ?? 'FULL',
    },
  }
}

/** A lot by its id, or by its name within a material; undefined where a name comes without one. */
export const lotToTrace = (idOrName: string, material: string | null): LotRef | undefined => {
  const ref = toRef(idOrName)
  if ('id' in ref) return ref
  return material === null ? undefined : { name: ref.name, material: toRef(material) }
}
