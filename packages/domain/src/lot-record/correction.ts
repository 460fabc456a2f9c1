import { Result } from 'effect'
import { blocker, refuseAction } from '../guards.ts'
import type { Ulid } from '../identifiers/ulid.ts'
import { isEmpty, type Known, type KnownLot, type KnownRecord, type Stamp } from '../known.ts'
import { isExpired } from '../lot/lot.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import { showQuantity } from '../quantity/quantity.ts'
import type { Refusal } from '../refusals.ts'
import { type Instant, lastInstant, showInstant } from '../time/instant.ts'
import { applyLotEntries, applyStockEntries } from './apply.ts'
import {
  countedAfter,
  type DecidedVersion,
  finishVersion,
  whyNotFreed,
  whyNotPost,
  whyNotStock,
  whyTooLate,
} from './decide-posting.ts'
import { type Change, effectiveDate, type LotEntry, type LotRecord } from './lot-record.ts'
import { ownEffects, statusStands, statusWithout, undoEffect, wasBroughtMore } from './own-effect.ts'
import {
  begunExpiration,
  earlier,
  firstExpiration,
  type Legs,
  type LotEffect,
  legsOf,
  lotEntry,
  lotOf,
  sourceExpiration,
} from './posting.ts'
import { asksForNothingOnHand, recounted } from './recount.ts'
import { negated, netStockEntries, whyOutOfRange } from './stock-rules.ts'
import { whyNotBeside } from './storage.ts'
import { netTakeBacks, planTakeBack } from './take-back.ts'
import { whatLies } from './what-lies.ts'

/**
 * The status that a corrected record leaves a lot in. What depends on the stock is judged as for a new record where the
 * correction takes the last of it or brings some back; the rest stays. `own` is null where the status changed since.
 */
const correctedStatus = (
  before: KnownLot,
  after: KnownLot,
  record: LotRecord,
  own: Change<LotStatus> | null,
): LotStatus | undefined => {
  const isPrimary = before.lot.id === record.inventoryLotId
  const [wasEmpty, nowEmpty] = [isEmpty(before), isEmpty(after)]
  if (record.lotRecordType === 'RECEIVE' && isPrimary && before.lot.status === 'SHIPPED' && wasEmpty && !nowEmpty)
    return 'QA_HOLD'
  const takesTheLast =
    record.lotRecordType === 'SHIP' && isPrimary
      ? 'SHIPPED'
      : record.lotRecordType === 'MERGE' && !isPrimary
        ? 'CLOSED'
        : undefined
  if (takesTheLast === undefined) return own?.[1]
  if (!nowEmpty) return own?.[0]
  return wasEmpty ? own?.[1] : takesTheLast
}

const shifted = (change: Change<Instant | null>, record: LotRecord, days: number): Instant | null => {
  const [, to] = change
  // A shelf life runs from the posting; a date that was inherited or given stays.
  const fromShelfLife =
    change[0] === null && ['RECEIVE', 'PRODUCE', 'EDIT', 'SCRAP', 'RETURN', 'SHIP'].includes(record.lotRecordType)
  return to !== null && fromShelfLife ? Math.min(lastInstant, to + days) : to
}

const correctedLotEntries = (
  known: Known,
  before: KnownRecord,
  after: Known,
  record: LotRecord,
  legs: Legs,
  stamp: Stamp,
): readonly LotEntry[] => {
  const was = effectiveDate(before.record)
  const at = effectiveDate(record)
  const own = ownEffects(before)
  const lotIds = new Set([...own.keys(), ...legs.added.keys(), record.inventoryLotId])
  if (record.lotRecordType === 'MERGE') lotIds.add(record.secondaryInventoryLotId as Ulid)
  const undone: LotEntry[] = []
  const redone: LotEntry[] = []
  for (const lotId of lotIds) {
    const mine = own.get(lotId)
    const statusIsMine = statusStands(before, lotOf(known, lotId), mine)
    const undo = mine === undefined ? undefined : undoEffect(lotOf(known, lotId), mine)
    if (undo !== undefined && !statusIsMine) {
      delete undo.status
      delete undo.closed
    }
    const effect: LotEffect = { total: legs.added.get(lotId) ?? 0 }
    const ownStatus = statusIsMine ? (mine?.status ?? null) : null
    const status = correctedStatus(lotOf(known, lotId), lotOf(after, lotId), record, ownStatus)
    if (status !== undefined) effect.status = status
    if (mine?.expiration != null && undo?.expiration !== undefined) {
      const moved =
        sourceExpiration(known, lotId, record) === null ||
        record.lotRecordType === 'MERGE' ||
        record.lotRecordType === 'SPLIT'
          ? shifted(mine.expiration, record, at - was)
          : begunExpiration(known, lotId, record)
      // What else was brought into the lot keeps no longer because this record is dated anew.
      effect.expiration = wasBroughtMore(lotOf(known, lotId), mine) ? earlier(moved, mine.expiration[1]) : moved
    }
    const begun =
      mine?.total === undefined || mine.total === 0 ? firstExpiration(known, lotId, record, effect.total) : null
    if (begun !== null) effect.expiration = begun
    if (was !== at) {
      const back = undo === undefined ? null : lotEntry(lotOf(known, lotId), undo, was)
      if (back !== null) undone.push(back)
      const between = back === null ? known : applyLotEntries(known, [back], stamp)
      const item = lotOf(between, lotId)
      if (effect.status === item.lot.status && record.lotRecordType !== 'STATUS_CHANGE') delete effect.status
      const again = lotEntry(item, effect, at)
      if (again !== null) redone.push(again)
    } else {
      const item = lotOf(known, lotId)
      effect.total -= mine?.total ?? 0
      if (effect.status === item.lot.status) delete effect.status
      const entry = lotEntry(item, effect, at)
      if (entry !== null) redone.push(entry)
    }
  }
  return [...undone, ...redone]
}

/**
 * What a corrected record is posted from anew. A MERGE of everything takes what it took then: what has come into the
 * absorbed lot since is none of it.
 */
const withWhatItTook = (known: Known, before: KnownRecord, stamp: Stamp): Known => {
  const absorbed = before.record.lotRecordType === 'MERGE' ? before.record.secondaryInventoryLotId : null
  const lots =
    absorbed === null
      ? known.lots
      : new Map(known.lots).set(absorbed, { lot: lotOf(known, absorbed).lot, rows: new Map() })
  return applyStockEntries({ ...known, lots }, negated(netStockEntries(before.stockEntries)), stamp)
}

/** A correction gives no lot that is past its expiration date a later one: that is a release. */
const whyRevived = (before: Known, after: Known, record: LotRecord, now: Instant): Refusal | undefined => {
  const ids = [record.inventoryLotId, record.secondaryInventoryLotId].filter((id) => id !== null)
  const revived = ids
    .map((id) => lotOf(before, id))
    .find(({ lot }) => isExpired(lot, now) && !isExpired(lotOf(after, lot.id).lot, now))
  return (
    revived &&
    refuseAction(
      record,
      revived,
      now,
      `lot ${revived.lot.name} is past its expiration date, and would not be with the new date of this record`,
      'Give the lot a new expirationDate first: change its status',
    )
  )
}

/** Of a CONSUME the records that took some of it back, of an UNCONSUME those that it takes back; as far as they are known. */
const otherHalves = (known: Known, { takesBack, takenBackBy }: KnownRecord): readonly KnownRecord[] =>
  [...netTakeBacks(takesBack).map(({ consumeRecordId: id }) => id), ...takenBackBy.map(({ id }) => id)].flatMap(
    (id) => known.records.get(id) ?? [],
  )

/**
 * A posted record is corrected: quantity, locations or dates. Posts exactly the difference, under the rules of a new record.
 * What came after and depends on it (a status that changed again, a take-back) stands in its way.
 */
export const decideCorrection = (
  known: Known,
  before: KnownRecord,
  given: LotRecord,
  stamp: Stamp,
): Result.Result<DecidedVersion, Refusal> => {
  const withoutIt = withWhatItTook(known, before, stamp)
  const draft = recounted(withoutIt, before.record, given)
  const primary = lotOf(known, draft.inventoryLotId)
  const at = effectiveDate(draft)
  const refuse = (
    reason: string,
    clearedBy: string,
    ...blockers: Parameters<typeof blocker>[]
  ): Result.Result<never, Refusal> =>
    Result.fail(
      refuseAction(
        draft,
        primary,
        at,
        reason,
        clearedBy,
        blockers.map((args) => blocker(...args)),
      ),
    )
  if (before.record.reversedBy !== null || before.record.reversalOf !== null)
    return refuse('the record is reversed, or is a reversal', 'Write a new record instead')
  if (before.record.lotRecordType === 'STATUS_CHANGE' && before.laterStatusChanges.length > 0)
    return refuse(
      'the status has changed again since',
      'Reverse the later changes first',
      ...before.laterStatusChanges.map((later): Parameters<typeof blocker> => ['a later change of the status', later]),
    )
  const last = known.lastStatusChanges.get(draft.inventoryLotId)
  if (draft.lotRecordType === 'STATUS_CHANGE' && last !== undefined && at < last)
    return refuse(`an earlier change of status is effective ${showInstant(last)}`, 'Date the change at or after that')
  const released = before.record.lotRecordType === 'STATUS_CHANGE' ? before.record.previousStatus : null
  const late = released === null ? undefined : whyTooLate(known, draft, released, stamp.now)
  if (late !== undefined) return Result.fail(late)
  const lies = whatLies(known, primary, at)
  if (asksForNothingOnHand(before.record) && lies.length > 0)
    return refuse(`there is ${lies.join(', ')}, and it is ${draft.lotStatus} from then on`, 'Date the change later')
  if (draft.lotRecordType === 'CONSUME' && (draft.quantity ?? 0) < before.takenBack)
    return refuse(
      `${showQuantity(before.takenBack)} of it have been taken back`,
      'Reverse the UNCONSUME first',
      ...before.takenBackBy.map((later): Parameters<typeof blocker> => ['took it back', later]),
    )
  for (const { record: other } of otherHalves(known, before)) {
    const wrong = draft.lotRecordType === 'CONSUME' ? at > effectiveDate(other) : at < effectiveDate(other)
    if (!wrong) continue
    const [what, when] = draft.lotRecordType === 'CONSUME' ? ['was taken back', 'before'] : ['was consumed', 'after']
    return refuse(`it ${what} at ${showInstant(effectiveDate(other))}`, `Date it at or ${when} that`, [what, other])
  }
  const without = statusWithout(before)
  const other = draft.secondaryInventoryLotId === null ? undefined : lotOf(known, draft.secondaryInventoryLotId)
  const statuses = { primaryStatus: without(primary), otherStatus: other && without(other) }
  const refusal = whyNotPost({ known, record: draft, correction: true, ...statuses })
  if (refusal !== undefined) return Result.fail(refusal)
  const takesBack = planTakeBack(known, draft, before)
  if (Result.isFailure(takesBack)) return Result.fail(takesBack.failure)

  const legs = legsOf(withoutIt, draft)
  const stockEntries = netStockEntries([...negated(before.stockEntries), ...legs.stockEntries])
  const after = applyStockEntries(known, stockEntries, stamp)
  const record: LotRecord = { ...draft, quantity: legs.quantity, countedQuantity: countedAfter(after, draft) }
  const lotEntries = correctedLotEntries(known, before, after, record, legs, stamp)
  const decided = finishVersion(after, record, { stockEntries, lotEntries, takesBack: takesBack.success }, stamp)
  const why =
    whyRevived(known, decided.known, record, stamp.now) ??
    whyNotFreed({
      before: known,
      after: decided.known,
      record,
      original: before,
      stands: [...before.stockEntries, ...stockEntries],
      now: stamp.now,
    }) ??
    (record.lotRecordType === 'EDIT' ? undefined : whyNotBeside(after, stockEntries, record.lotRecordType)) ??
    whyNotStock(known, after, record, stockEntries, before.postedSequence)
  if (why !== undefined) return Result.fail(why)
  const range = whyOutOfRange(
    decided.known,
    lotEntries.map(({ lotId }) => lotId),
  )
  return range === undefined ? Result.succeed(decided) : Result.fail(range)
}
