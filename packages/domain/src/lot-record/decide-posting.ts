import { Result } from 'effect'
import { blocker, type PostingCase, postingGuards, refuseAction, whatClears } from '../guards.ts'
import type { Ulid } from '../identifiers/ulid.ts'
import { showUlid } from '../identifiers/ulid.ts'
import { balanceAt, type Known, type Stamp } from '../known.ts'
import { isExpired } from '../lot/lot.ts'
import { type LotStatus, legalTransitions, type TransitionFacts, whyNotTransition } from '../lot/lot-status.ts'
import { type Refusal, StatusTransitionRefused } from '../refusals.ts'
import { type Instant, showInstant } from '../time/instant.ts'
import { applyLotEntries, applyRecord, applyStockEntries } from './apply.ts'
import { becauseOfChanges, type Flow, isHeld, isUsable, whatIsFreed } from './held-stock.ts'
import {
  effectiveDate,
  type LotEntry,
  type LotRecord,
  type RecordVersion,
  type StockEntry,
  type TakeBack,
} from './lot-record.ts'
import { legsOf, lotEntriesOf, lotOf } from './posting.ts'
import { laterCounts, whyNotEnoughStock, whyOutOfRange } from './stock-rules.ts'
import { whyNotStored } from './storage.ts'
import { planTakeBack } from './take-back.ts'
import { whatLies } from './what-lies.ts'
import { whyNotMergedWhole } from './whole-merge.ts'

/** A version that is decided, and what is known once it is written. */
export interface DecidedVersion {
  readonly version: RecordVersion
  readonly known: Known
}

/** What a version writes besides the record itself. */
export interface Posted {
  readonly stockEntries: readonly StockEntry[]
  readonly lotEntries: readonly LotEntry[]
  readonly takesBack: readonly TakeBack[]
}

/** A version of a record that posts nothing: a memo, a running record, or words that changed. */
export const decideUnposted = (known: Known, record: LotRecord, stamp: Stamp): DecidedVersion =>
  finishVersion(known, record, { stockEntries: [], lotEntries: [], takesBack: [] }, stamp)

/** Puts a version together. `afterStock` is what is known with the stock entries already applied. */
export const finishVersion = (
  afterStock: Known,
  record: LotRecord,
  { stockEntries, lotEntries, takesBack }: Posted,
  stamp: Stamp,
): DecidedVersion => {
  const { now: writtenDate, actor: writtenBy } = stamp
  const version: RecordVersion = { record, stockEntries, lotEntries, takesBack, writtenDate, writtenBy }
  return { version, known: applyRecord(applyLotEntries(afterStock, lotEntries, stamp), version) }
}

/** The rules of the transition table for a record that changes a status. */
export const whyNotNewStatus = (
  known: Known,
  record: LotRecord,
  reversal: boolean,
): StatusTransitionRefused | undefined => {
  const item = lotOf(known, record.inventoryLotId)
  const to = record.lotStatus ?? item.lot.status
  const facts: TransitionFacts = {
    policy: known.policy,
    from: item.lot.status,
    lies: whatLies(known, item, effectiveDate(record)),
    expired: isExpired(item.lot, effectiveDate(record)),
    newExpiration: record.expirationDate !== null,
    reversal,
  }
  const clearedBy = whyNotTransition(facts, to)
  return clearedBy === undefined
    ? undefined
    : new StatusTransitionRefused({
        kind: 'lot',
        id: showUlid(item.lot.id),
        name: item.lot.name,
        from: item.lot.status,
        to,
        // What may be done instead is a change of status, not a reversal.
        legal: legalTransitions({ ...facts, reversal: false }),
        clearedBy,
      })
}

/**
 * When a change of status counts whose date nobody gave: now, or with the lot's last change of status where that is dated
 * ahead. So a lot can be put on hold at once, whatever was dated before.
 */
export const dateOfStatusChange = (known: Known, lotId: Ulid, now: Instant): Instant =>
  Math.max(now, known.lastStatusChanges.get(lotId) ?? now)

const refuseDate = (known: Known, record: LotRecord, reason: string, clearedBy: string): Refusal =>
  refuseAction(record, lotOf(known, record.inventoryLotId), effectiveDate(record), reason, clearedBy)

const whyTooEarly = (known: Known, record: LotRecord): Refusal | undefined => {
  const last = known.lastStatusChanges.get(record.inventoryLotId)
  return last === undefined || effectiveDate(record) >= last
    ? undefined
    : refuseDate(
        known,
        record,
        `its last change of status is effective ${showInstant(last)}`,
        'Date the change at or after that',
      )
}

/** A change of status counts from the moment it is written: one that makes stock usable is not dated ahead. `from` is the status before it. */
export const whyTooLate = (known: Known, record: LotRecord, from: LotStatus, now: Instant): Refusal | undefined => {
  const releases = isHeld(from, known.policy) && record.lotStatus !== null && isUsable(record.lotStatus, known.policy)
  return releases && effectiveDate(record) > dateOfStatusChange(known, record.inventoryLotId, now)
    ? refuseDate(
        known,
        record,
        `it is dated ahead, and the lot would be ${record.lotStatus} at once: a release counts from the moment it is written`,
        'Leave the date out, or write the release when it is to count',
      )
    : undefined
}

/** The first rule that forbids a posting before stock is looked at. */
export const whyNotPost = (posting: PostingCase): Refusal | undefined => {
  for (const guard of postingGuards) {
    const refusal = guard(posting)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

/** Why a record may not be posted or corrected: it would make held stock usable. */
export const whyNotFreed = (flow: Flow): Refusal | undefined => {
  const freed = whatIsFreed(flow)
  if (freed === undefined) return undefined
  const { from, into, status, back } = freed
  const clears = whatClears(isExpired(from.lot, freed.at) ? 'EXPIRED' : status)
  const goes = into && `lot ${into.lot.name} that it would go ${back ? 'back ' : ''}into is ${into.lot.status}`
  return refuseAction(
    flow.record,
    from,
    freed.at,
    `it is ${status}, and ${goes ?? 'what was given back would be consumed again'}`,
    into === undefined ? clears : `${clears}, or put lot ${into.lot.name} on QA_HOLD`,
    flow.original === undefined || !back
      ? []
      : becauseOfChanges(flow.before, flow.original, freed).map((later) =>
          blocker('a later change of the status', later),
        ),
  )
}

/** The first rule of stock that forbids what was applied, between `before` and `after`. */
export const whyNotStock = (
  before: Known,
  after: Known,
  record: LotRecord,
  entries: readonly StockEntry[],
  sequence: number,
): Refusal | undefined => {
  const disabled = entries
    .map(({ locationId }) => after.locations.get(locationId))
    .find((location) => location?.enabled === false)
  if (disabled !== undefined)
    return refuseAction(
      record,
      lotOf(after, record.inventoryLotId),
      effectiveDate(record),
      `location ${disabled.path} is disabled`,
      'Enable it first, or name another location',
    )
  const [count] = laterCounts(before, entries, sequence, record.reversalOf ?? record.id)
  if (count !== undefined)
    return refuseAction(
      record,
      lotOf(after, record.inventoryLotId),
      effectiveDate(record),
      `the stock was counted at ${showInstant(count.effectiveDate)}, after the time of this record`,
      'Date the record after the count, or reverse the count first',
      [blocker('counted later', { id: count.recordId, lotRecordType: 'EDIT' })],
    )
  return (
    whyNotStored(after, entries) ??
    whyNotEnoughStock(after, entries) ??
    whyOutOfRange(
      after,
      entries.map(({ lotId }) => lotId),
    )
  )
}

/** A record posts for the first time: every rule, then its entries. */
export const decideFirstPosting = (
  known: Known,
  draft: LotRecord,
  stamp: Stamp,
): Result.Result<DecidedVersion, Refusal> => {
  const primary = lotOf(known, draft.inventoryLotId)
  const other = draft.secondaryInventoryLotId === null ? undefined : lotOf(known, draft.secondaryInventoryLotId)
  const [primaryStatus, otherStatus] = [primary.lot.status, other?.lot.status]
  const refusal =
    whyNotPost({ known, record: draft, correction: false, primaryStatus, otherStatus }) ??
    whyNotMergedWhole(known, draft) ??
    (draft.lotRecordType === 'STATUS_CHANGE'
      ? (whyNotNewStatus(known, draft, false) ??
        whyTooEarly(known, draft) ??
        whyTooLate(known, draft, primary.lot.status, stamp.now))
      : undefined)
  if (refusal !== undefined) return Result.fail(refusal)
  const takesBack = planTakeBack(known, draft, undefined)
  if (Result.isFailure(takesBack)) return Result.fail(takesBack.failure)
  const legs = legsOf(known, draft)
  const after = applyStockEntries(known, legs.stockEntries, stamp)
  const lotEntries = lotEntriesOf(known, after, draft, legs)
  const record: LotRecord = {
    ...draft,
    posted: true,
    quantity: legs.quantity,
    countedQuantity: countedAfter(after, draft),
    previousStatus: draft.lotRecordType === 'STATUS_CHANGE' ? primary.lot.status : null,
  }
  const decided = finishVersion(
    after,
    record,
    { stockEntries: legs.stockEntries, lotEntries, takesBack: takesBack.success },
    stamp,
  )
  const why =
    whyNotFreed({
      before: known,
      after: decided.known,
      record,
      original: undefined,
      stands: legs.stockEntries,
      now: stamp.now,
    }) ?? whyNotStock(known, after, record, legs.stockEntries, Number.POSITIVE_INFINITY)
  if (why !== undefined) return Result.fail(why)
  const range =
    lotEntries.length === 0
      ? undefined
      : whyOutOfRange(
          decided.known,
          lotEntries.map(({ lotId }) => lotId),
        )
  return range === undefined ? Result.succeed(decided) : Result.fail(range)
}

/** What a count left on the row, at the moment of the count; null for any other type. */
export const countedAfter = (after: Known, record: LotRecord): number | null =>
  record.lotRecordType === 'EDIT'
    ? balanceAt(after, record.sourceLocationId as Ulid, record.inventoryLotId, effectiveDate(record))
    : null
