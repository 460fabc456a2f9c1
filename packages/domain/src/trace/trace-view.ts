import { showUlid } from '../identifiers/ulid.ts'
import { effectiveStatus } from '../lot/lot.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import { lastName } from '../master-data/master-data.ts'
import { type Quantity, showQuantity } from '../quantity/quantity.ts'
import { type Ratio, showRatio, toNumber } from '../quantity/ratio.ts'
import { type Instant, showInstant } from '../time/instant.ts'
import type { TracedLot } from './questions.ts'
import { primaryIsSource } from './trace-link.ts'

/** How a lot is joined to the traced one: it is that lot, went into it, or was made from it. */
export const reaches = ['SELF', 'ANCESTOR', 'DESCENDANT'] as const

/** A lot of a trace. Status and stock are those of `asOf`, else of now. */
export interface TraceNode {
  readonly lotId: string
  readonly lotName: string
  readonly materialId: string
  readonly materialPath: string
  readonly materialName: string
  readonly status: LotStatus
  readonly effectiveStatus: LotStatus
  readonly onHand: number
  readonly totalQuantity: number
  readonly unitOfMeasureSymbol: string
  readonly reach: (typeof reaches)[number]
  /** The least number of steps from the traced lot. */
  readonly depth: number
  /** The trace ends here, because there is nothing further. */
  readonly terminal: boolean
  /** An ancestor: the part of the traced lot that came through it. A descendant: the part of it that came through the traced lot. Null where it cannot be told. */
  readonly share: number | null
  /** The same as an exact fraction, such as `3/10`. */
  readonly shareExact: string | null
  /** An ancestor, or the lot itself: the part of the traced lot that began there. These sum to one. */
  readonly originShare: number | null
  readonly originShareExact: string | null
  /**
   * The unit of what both shares are of, where something of another dimension (litres beside kilograms) went in too, here
   * or on the way: only what converts to it is counted. Null where they are of everything, or cannot be told.
   */
  readonly shareUnitOfMeasureSymbol: string | null
}

/** A step of a trace: material went from one lot into another. */
export interface TraceEdge {
  /** The lot that material came from. */
  readonly source: string
  /** The lot that it went into. */
  readonly target: string
  readonly lotRecordType: LotRecordType
  /** The record; inferred: the CONSUME and the PRODUCE record of one operation. */
  readonly recordIds: readonly string[]
  readonly unitOfMeasureSymbol: string
  readonly startDate: string
  readonly endDate: string | null
  readonly inferred: boolean
  readonly memo: boolean
  /** What was not taken back; inferred: what went into the operation. Null for a memo. */
  readonly quantity: number | null
}

/** Where a lot came from and where it went. */
export interface TraceView {
  readonly lotId: string
  readonly direction: 'ANCESTORS' | 'DESCENDANTS' | 'BOTH'
  readonly depth: number | null
  readonly asOf: string | null
  /** There are more lots or edges than were asked for. */
  readonly truncated: boolean
  /** Why there are no shares; null where there are. */
  readonly sharesLeftOut: string | null
  readonly nodes: readonly TraceNode[]
  readonly edges: readonly TraceEdge[]
  /** The lots at which the trace ends, by id. */
  readonly terminalNodes: readonly string[]
}

/** What a node says beside what its lot says. */
export interface NodeFacts extends Pick<TraceNode, 'reach' | 'depth' | 'terminal'> {
  readonly share: Ratio | undefined
  readonly originShare: Ratio | undefined
  readonly shareUnit: string | undefined
}

type NodeShares = Pick<
  TraceNode,
  'share' | 'shareExact' | 'originShare' | 'originShareExact' | 'shareUnitOfMeasureSymbol'
>

/** The shares of a node as they are shown. */
export const sharesOfNode = ({ share, originShare, shareUnit }: NodeFacts): NodeShares => ({
  share: share === undefined ? null : toNumber(share),
  shareExact: share === undefined ? null : showRatio(share),
  originShare: originShare === undefined ? null : toNumber(originShare),
  originShareExact: originShare === undefined ? null : showRatio(originShare),
  shareUnitOfMeasureSymbol: share === undefined ? null : (shareUnit ?? null),
})

/** A lot as a node, at a moment. */
export const traceNode = ({ lot, material, unit, onHand }: TracedLot, facts: NodeFacts, at: Instant): TraceNode => ({
  lotId: showUlid(lot.id),
  lotName: lot.name,
  materialId: showUlid(lot.materialId),
  materialPath: material.path,
  materialName: lastName(material.path),
  status: lot.status,
  effectiveStatus: effectiveStatus(lot, at),
  onHand: showQuantity(onHand),
  totalQuantity: showQuantity(lot.totalQuantity),
  unitOfMeasureSymbol: unit.symbol,
  reach: facts.reach,
  depth: facts.depth,
  terminal: facts.terminal,
  ...sharesOfNode(facts),
})

/** What an edge is shown with: its ends, what its record says, and how much is left of it. */
export interface EdgeFacts extends Pick<TraceEdge, 'lotRecordType' | 'recordIds' | 'inferred'> {
  readonly quantity: Quantity | null
  readonly from: TracedLot
  readonly to: TracedLot
  readonly startDate: Instant
  readonly endDate: Instant | null
}

/** The unit of an edge's quantity: that of the primary lot of its record. */
export const unitOfEdge = (type: LotRecordType, from: TracedLot, to: TracedLot): string =>
  (primaryIsSource(type) ? from : to).unit.symbol

/** An edge with the names of what it joins. */
export const traceEdge = ({ quantity, ...facts }: EdgeFacts): TraceEdge => ({
  source: showUlid(facts.from.lot.id),
  target: showUlid(facts.to.lot.id),
  lotRecordType: facts.lotRecordType,
  recordIds: facts.recordIds,
  unitOfMeasureSymbol: unitOfEdge(facts.lotRecordType, facts.from, facts.to),
  startDate: showInstant(facts.startDate),
  endDate: facts.endDate === null ? null : showInstant(facts.endDate),
  inferred: facts.inferred,
  memo: quantity === null,
  quantity: quantity === null ? null : showQuantity(quantity),
})
