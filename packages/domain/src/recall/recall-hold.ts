import type { Known } from '../known.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import type { Affected, AffectedLot } from './affected.ts'

/** Why a hold leaves an affected lot as it is. */
export const notHeldReasons = [
  ...(['ALREADY_HELD', 'NO_STOCK', 'SHIPPED', 'CLOSED', 'DISABLED', 'DATED_AHEAD'] as const),
] as const
/**
 * ALREADY_HELD: it is on QA_HOLD. SHIPPED, CLOSED, NO_STOCK: nothing of it lies anywhere, and that is its status (NO_STOCK:
 * any other). DISABLED: it takes no postings, so nobody can use it, nor hold it. DATED_AHEAD: it lies there now, and leaves by
 * records that are dated ahead: reverse those, and hold it then.
 */
export type NotHeldReason = (typeof notHeldReasons)[number]

interface RecalledLot {
  readonly lotId: string
  readonly lotName: string
  readonly materialPath: string
  readonly onHand: number
  readonly unitOfMeasureSymbol: string
}

/** A lot that a hold put on QA_HOLD. */
export interface HeldLot extends RecalledLot {
  readonly previousStatus: LotStatus
  /** The STATUS_CHANGE record; null in a dry run. */
  readonly recordId: string | null
}

/** An affected lot that a hold left as it is. */
export interface NotHeldLot extends RecalledLot {
  readonly status: LotStatus
  readonly reason: NotHeldReason
  /** The records that are dated ahead and change its stock then. */
  readonly datedAhead: readonly string[]
}

/** What a hold of a recall did, or in a dry run would do. Nearest lots first. */
export interface RecallHold {
  /** The recalled lot. */
  readonly lotId: string
  readonly lotName: string
  readonly materialPath: string
  readonly held: readonly HeldLot[]
  readonly notHeld: readonly NotHeldLot[]
}

/** Why a lot need not or cannot be held, or undefined where it is to be held. */
export const whyNotHeld = (
  known: Known,
  { id, status, hasStock, liesNow, ahead }: AffectedLot,
): NotHeldReason | undefined => {
  if (status === 'QA_HOLD') return 'ALREADY_HELD'
  if (!hasStock && ahead.length > 0 && liesNow) return 'DATED_AHEAD'
  if (!hasStock) return status === 'SHIPPED' || status === 'CLOSED' ? status : 'NO_STOCK'
  return known.lots.get(id)?.lot.enabled === false ? 'DISABLED' : undefined
}

/** Why a lot was left as it is, in one line: the reason, and which records to reverse where those are in the way. */
export const whyLeft = ({ reason, datedAhead }: Pick<NotHeldLot, 'reason' | 'datedAhead'>): string =>
  reason === 'DATED_AHEAD' ? `${reason}: reverse ${datedAhead.join(', ')} first` : reason

/** The affected lots that a hold puts on QA_HOLD, nearest first. */
export const lotsToHold = (known: Known, { lots }: Affected): readonly AffectedLot[] =>
  lots.filter((lot) => whyNotHeld(known, lot) === undefined)
