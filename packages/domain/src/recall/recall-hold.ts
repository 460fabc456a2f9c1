import type { Known } from '../known.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import type { Affected, AffectedLot } from './affected.ts'

/** Why a hold leaves an affected lot as it is. */
export const notHeldReasons = ['ALREADY_HELD', 'NO_STOCK', 'SHIPPED', 'CLOSED', 'DISABLED'] as const
/**
 * ALREADY_HELD: it is on QA_HOLD. SHIPPED, CLOSED, NO_STOCK: nothing of it lies anywhere, and that is its status (NO_STOCK:
 * any other). DISABLED: it takes no postings, so nobody can use it, nor hold it.
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
export const whyNotHeld = (known: Known, { id, status, hasStock }: AffectedLot): NotHeldReason | undefined => {
  if (status === 'QA_HOLD') return 'ALREADY_HELD'
  if (!hasStock) return status === 'SHIPPED' || status === 'CLOSED' ? status : 'NO_STOCK'
  return known.lots.get(id)?.lot.enabled === false ? 'DISABLED' : undefined
}

/** The affected lots that a hold puts on QA_HOLD, nearest first. */
export const lotsToHold = (known: Known, { lots }: Affected): readonly AffectedLot[] =>
  lots.filter((lot) => whyNotHeld(known, lot) === undefined)
