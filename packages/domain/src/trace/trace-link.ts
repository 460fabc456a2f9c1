import type { Ulid } from '../identifiers/ulid.ts'
import { effectiveDate, type LotRecord } from '../lot-record/lot-record.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Instant } from '../time/instant.ts'

/** How much a link is about, and when. */
export interface TraceLinkFacts {
  /** In millionths of the primary lot's unit, before anything was taken back; null = a memo. */
  readonly quantity: Quantity | null
  readonly effectiveDate: Instant
}

/**
 * What a record says of where lots come from: that one went into another, or that one was consumed or produced in an
 * operation. A lot consumed and a lot produced in the same operation are joined by an inferred edge, unless the very
 * CONSUME record leaves an edge between them.
 */
export type TraceLink = TraceLinkFacts &
  (
    | { readonly kind: 'edge'; readonly fromId: Ulid; readonly toId: Ulid }
    | { readonly kind: 'consumed' | 'produced'; readonly lotId: Ulid; readonly operationId: Ulid }
  )

/** Which of the two lots of a record is the one that material came from; other types join no lots. */
const sources: Partial<Record<LotRecordType, 'primary' | 'secondary'>> = {
  RECEIVE: 'secondary',
  PRODUCE: 'secondary',
  CONSUME: 'primary',
  SPLIT: 'primary',
  MERGE: 'secondary',
  SCRAP: 'primary',
  RETURN: 'primary',
  SHIP: 'primary',
}

/** Whether material comes from the primary lot of such a record. Its quantity is then in the unit of that lot. */
export const primaryIsSource = (type: LotRecordType): boolean => sources[type] === 'primary'

/** The operation of a record, as far as the trace is concerned. */
export const operationOf = (record: Pick<LotRecord, 'operationId' | 'operationRecordId'>): Ulid | null =>
  record.operationId ?? record.operationRecordId

// An operation is known by two ids, and a record may name it by either or both.
const operationsOf = ({ operationId, operationRecordId }: LotRecord): readonly Ulid[] =>
  [...new Set([operationId, operationRecordId])].filter((id) => id !== null)

/**
 * What a record as it stands leaves in the trace: an edge where it names another lot, and a link for each id of the
 * operation that consumed or produced. What is not COMPLETED, reversed, a reversal or disabled leaves nothing, and
 * neither does what moved nothing between two lots. An UNCONSUME takes back what CONSUME records left.
 */
export const traceLinksOf = (record: LotRecord): readonly TraceLink[] => {
  const { lotRecordType: type, inventoryLotId: primary, secondaryInventoryLotId: other } = record
  const source = sources[type]
  if (source === undefined || record.status !== 'COMPLETED' || !record.enabled) return []
  if (record.reversalOf !== null || record.reversedBy !== null || other === primary) return []
  const quantity = record.posted ? record.quantity : null
  if (record.posted && (quantity === null || quantity <= 0)) return []
  const facts = { quantity, effectiveDate: effectiveDate(record) }
  const [fromId, toId] = source === 'primary' ? [primary, other] : [other, primary]
  const edges: readonly TraceLink[] = fromId === null || toId === null ? [] : [{ kind: 'edge', fromId, toId, ...facts }]
  if (type !== 'CONSUME' && type !== 'PRODUCE') return edges
  const kind = type === 'CONSUME' ? 'consumed' : 'produced'
  return [
    ...edges,
    ...operationsOf(record).map((operationId) => ({ kind, lotId: primary, operationId, ...facts }) as const),
  ]
}

/** What is left of a link after take-backs: null for a memo, undefined where nothing is left. */
export const leftOf = (quantity: Quantity | null, takenBack: Quantity): Quantity | null | undefined =>
  quantity === null ? null : quantity > takenBack ? quantity - takenBack : undefined

/** A link as a store keeps it. */
export type StoredLink = TraceLink & { readonly takenBack: Quantity }

const linkText = (link: StoredLink): string => {
  const ends = link.kind === 'edge' ? [link.fromId, link.toId] : [link.lotId, link.operationId]
  return JSON.stringify([link.kind, ...ends, link.quantity, link.effectiveDate, link.takenBack])
}

/** What does not fit between a record and what a store keeps of it for the trace. */
export const problemOfLinks = (
  record: LotRecord,
  takenBack: Quantity,
  stored: readonly StoredLink[],
): string | undefined => {
  const expected = traceLinksOf(record)
    .map((link) => linkText({ ...link, takenBack }))
    .sort()
  const kept = stored.map(linkText).sort()
  if (JSON.stringify(kept) === JSON.stringify(expected)) return undefined
  return `what it leaves in the trace is ${expected.join(' ') || 'nothing'}, and ${kept.join(' ') || 'nothing'} is kept`
}
