import { enumField, idOrNameField, idOrPathField, instantField, textField, wholeWordField } from '../fields.ts'
import type { Ulid } from '../identifiers/ulid.ts'
import { toLotRef } from '../queries/refs.ts'
import { type Decoded, defineRequest } from '../request.ts'
import type { LotRef } from '../scope.ts'
import type { Instant } from '../time/instant.ts'
import { deepestTrace, traceDirections } from '../trace/trace-request.ts'
import { isBase, usualBase } from './identifiers.ts'

/** Which events are asked for: of a lot, of all lots of its trace, of a period, or all. */
export const epcisEventsShape = defineRequest('EpcisEventsQuery', {
  lot: idOrNameField,
  material: idOrPathField,
  direction: enumField(traceDirections),
  depth: wholeWordField(1, deepestTrace),
  from: instantField,
  to: instantField,
  base: textField,
})

/** What is asked for, as the domain reads it. */
export interface EpcisQuery {
  readonly lot: LotRef | null
  /** Null: the lot itself and no other. */
  readonly direction: (typeof traceDirections)[number] | null
  readonly depth: number | null
  readonly from: Instant | null
  readonly to: Instant | null
  readonly base: string
}

/** The lots of a trace or the one lot that is asked for; null for the whole ledger. */
export type LotsAskedFor = readonly Ulid[] | null

/** Reads which events are asked for. */
export const readEpcisQuery = (input: unknown): Decoded<EpcisQuery> => {
  const { request, violations } = epcisEventsShape.decode(input)
  const { lot, material, direction, depth, from, to } = request
  const base = request.base ?? usualBase
  if (!isBase(base))
    violations.add('base', 'must be a URI that ends with ":" or "/", such as https://example.com/lots/')
  if (lot === null && material !== null)
    violations.add('lot', 'is required with material: it is the material of the lot')
  if (lot === null && direction !== null)
    violations.add('lot', 'is required with direction: it is the lot to be traced')
  if (direction === null && depth !== null) violations.add('direction', 'is required with depth: which way to trace')
  if (from !== null && to !== null && from > to) violations.add('to', 'must not be before from')
  const ref = lot === null ? undefined : toLotRef(lot, material, violations)
  return { violations, request: { lot: ref ?? null, direction, depth, from, to, base } }
}
