import { isStanding, type Known, type KnownLot, type KnownRecord, type LaterRecord } from '../known.ts'
import { isExpired } from '../lot/lot.ts'
import type { LotStatus, Policy } from '../lot/lot-status.ts'
import type { Quantity } from '../quantity/quantity.ts'
import type { Instant } from '../time/instant.ts'
import { effectiveDate, type LotRecord, type StockEntry } from './lot-record.ts'
import { statusesFor } from './lot-record-type.ts'
import { ownEffects, statusWithout } from './own-effect.ts'
import { lotOf } from './posting.ts'

/** Whether stock of a lot in this status may be shipped and consumed: AVAILABLE, and OPEN under the permissive policy. */
export const isUsable = (status: LotStatus, policy: Policy): boolean => statusesFor('SHIP', policy).includes(status)

/** Whether stock of a lot in this status waits for somebody’s decision: QA_HOLD, EXPIRED, and OPEN where it is not usable. */
export const isHeld = (status: LotStatus, policy: Policy): boolean =>
  status !== 'SHIPPED' && status !== 'CLOSED' && !isUsable(status, policy)

/** How firmly stock of a lot in this status is held. What is OPEN nobody has looked at yet; what is QA_HOLD or EXPIRED, or gone, comes free by a decision only. */
const firmness = (status: LotStatus, policy: Policy): 0 | 1 | 2 =>
  isUsable(status, policy) ? 0 : status === 'OPEN' ? 1 : 2

/** What a record does to its two lots, be it posted, corrected or taken back. */
export interface Flow {
  readonly before: Known
  /** What is known once everything is written. */
  readonly after: Known
  /** The record as it will stand; of a reversal, the record that is taken back. */
  readonly record: LotRecord
  /** The record as it stands; undefined where it posts for the first time. */
  readonly original: KnownRecord | undefined
  /** All stock entries of the record that will stand; none after a reversal. */
  readonly stands: readonly StockEntry[]
  readonly now: Instant
}

/** Held stock that a flow would make usable. */
export interface Freed {
  readonly from: KnownLot
  /** Undefined where it would be consumed again, whatever consumes it. */
  readonly into: KnownLot | undefined
  /** Why it is held. */
  readonly status: LotStatus
  /** When it is held: now or, where it is only then past its expiration date, at the time of the record. */
  readonly at: Instant
  /** Stock goes back to where the record took it from. */
  readonly back: boolean
  /** The lot whose status is another than when the record posted. */
  readonly changed: KnownLot
}

/** What the entries of a record give its other lot, in millionths; below zero what they take from it. Zero where one of the two has no part in it. */
const givenToOther = (
  { inventoryLotId, secondaryInventoryLotId }: LotRecord,
  entries: readonly StockEntry[],
): Quantity => {
  let [own, other] = [0, 0]
  for (const { lotId, quantity } of entries) {
    if (lotId === inventoryLotId) own += quantity
    else if (lotId === secondaryInventoryLotId) other += quantity
  }
  return own + other === 0 ? other : 0
}

/** What the entries of a record leave of its own lot, in millionths. */
const leftOfOwn = ({ inventoryLotId }: LotRecord, entries: readonly StockEntry[]): Quantity =>
  entries.reduce((sum, { lotId, quantity }) => (lotId === inventoryLotId ? sum + quantity : sum), 0)

/** The live records since that changed the status of a lot. */
const changesSince = (known: Known, { laterStatusChanges }: KnownRecord, { lot }: KnownLot): readonly LaterRecord[] =>
  laterStatusChanges.filter(({ id, lotId }) => lotId === lot.id && isStanding(known, id))

/** Whether a lot is held otherwise than when the record had put stock into it. */
const isHeldAnew = (known: Known, original: KnownRecord, item: KnownLot, status: LotStatus): boolean => {
  const left = ownEffects(original).get(item.lot.id)?.status?.[1] ?? original.statusesThen.get(item.lot.id) ?? status
  return left !== status || changesSince(known, original, item).length > 0
}

/** What an UNCONSUME gave back and takes again is consumed again, which asks for stock that is not held, whoever consumes it. */
const whatIsConsumedAgain = ({ before, record, original, stands, now }: Flow): Freed | undefined => {
  if (original === undefined || leftOfOwn(record, stands) >= leftOfOwn(record, original.stockEntries)) return undefined
  const from = lotOf(before, record.inventoryLotId)
  const freed = { from, into: undefined, back: true, changed: from }
  const { status } = from.lot
  if (isHeld(status, before.policy) && isHeldAnew(before, original, from, status)) return { ...freed, status, at: now }
  const expired = [now, effectiveDate(record)].find((moment) => isExpired(from.lot, moment))
  return expired === undefined ? undefined : { ...freed, status: 'EXPIRED', at: expired }
}

/**
 * The one rule of held stock: none goes from a lot into one that is held less firmly. The lot that gives is judged as it
 * is, by its status and, now and at the record’s time, by its expiration date; the one that gets, as it will be.
 * A status that the record itself set holds nothing of what it takes more of. What goes back may go back where the
 * record had put it into a lot that was held then as it has been ever since, from one that was held no more firmly than it is now.
 */
export const whatIsFreed = (flow: Flow): Freed | undefined => {
  const { before, after, record, original, stands, now } = flow
  if (record.lotRecordType === 'UNCONSUME') return whatIsConsumedAgain(flow)
  if (record.secondaryInventoryLotId === null) return undefined
  const was = original === undefined ? 0 : givenToOther(record, original.stockEntries)
  const will = givenToOther(record, stands)
  const at = effectiveDate(record)
  const isMoved = original !== undefined && effectiveDate(original.record) !== at
  const change = will - was
  // Of a correction of the date alone, the expiration date at the new time is all that is new.
  const direction = change === 0 && isMoved ? will : change
  if (direction === 0) return undefined
  const own = lotOf(direction > 0 ? before : after, record.inventoryLotId)
  const other = lotOf(direction > 0 ? after : before, record.secondaryInventoryLotId)
  const [from, into] = direction > 0 ? [own, other] : [other, own]
  const held = (which: LotStatus): number => firmness(which, before.policy)
  const willBeHeld = held(into.lot.status)
  if (willBeHeld === 2) return undefined
  const back = change !== 0 && was !== 0 && change > 0 !== was > 0
  const freed = { from, into, back }
  const status = back || original === undefined ? from.lot.status : statusWithout(original)(from)
  if (change !== 0 && isHeld(status, before.policy) && held(status) > willBeHeld) {
    if (!back || original === undefined) return { ...freed, status, at: now, changed: from }
    if (isHeldAnew(before, original, from, status)) return { ...freed, status, at: now, changed: from }
    const then = original.statusesThen.get(into.lot.id) ?? into.lot.status
    if (held(then) > willBeHeld) return { ...freed, status, at: now, changed: into }
  }
  const expired = (change === 0 ? [at] : [now, at]).find(
    (moment) => isExpired(from.lot, moment) && !isExpired(into.lot, moment),
  )
  return expired === undefined ? undefined : { ...freed, status: 'EXPIRED', at: expired, changed: from }
}

/** The records because of which held stock would go back: live changes of status since, else reversals of changes. */
export const becauseOfChanges = (known: Known, original: KnownRecord, { changed }: Freed): readonly LaterRecord[] => {
  const live = changesSince(known, original, changed)
  return live.length > 0
    ? live
    : original.laterStatusReversals.filter(({ lotId }) => lotId === changed.lot.id).slice(-1)
}
