import { Result } from 'effect'
import { blocker, refuseAction } from '../guards.ts'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import {
  isStanding,
  type Known,
  type KnownLot,
  type KnownRecord,
  type LaterRecord,
  onHand,
  type Stamp,
} from '../known.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import { type Blocker, type Refusal, ReversalBlocked } from '../refusals.ts'
import type { Instant } from '../time/instant.ts'
import { applyLotEntries, applyStockEntries } from './apply.ts'
import { type DecidedVersion, finishVersion, whyNotNewStatus, whyNotStock } from './decide-posting.ts'
import { becauseOfChanges, whatIsFreed } from './held-stock.ts'
import { effectiveDate, type LotEntry, type LotRecord } from './lot-record.ts'
import { type OwnEffect, ownEffects, putsDateBack, undoEffect, wasBroughtMore } from './own-effect.ts'
import { earlier, type LotEffect, lotEntry, lotOf } from './posting.ts'
import { laterCounts, negated, netStockEntries } from './stock-rules.ts'
import { netTakeBacks } from './take-back.ts'

/** The words that a reversal may carry of its own. */
export interface ReversalWords {
  readonly notes: string | null
  readonly materialReasonCodeId: Ulid | null
}

// What this very change has reversed stands in nobody's way any more.
const becauseOf = (known: Known, reason: string, later: readonly LaterRecord[]): readonly Blocker[] =>
  later.filter(({ id }) => isStanding(known, id)).map((record) => blocker(reason, record))

const changesStatus = ({ status }: OwnEffect): boolean => status !== null && status[0] !== status[1]

/** Who confirmed a hold holds the lot too: it is not usable because another takes the first one back. */
const confirmationsOf = ({ record, laterConfirmations }: KnownRecord): readonly LaterRecord[] =>
  record.previousStatus !== record.lotStatus && (record.lotStatus === 'QA_HOLD' || record.lotStatus === 'EXPIRED')
    ? laterConfirmations
    : []

/** An older record, corrected since, may have changed the status without coming later in the ledger. */
const whyStatusDiffers = (known: Known, { record, laterStatusChanges }: KnownRecord): readonly Blocker[] => {
  const { lot } = lotOf(known, record.inventoryLotId)
  const { lotRecordType, lotStatus, previousStatus } = record
  const stands = lot.status === lotStatus || lot.status === previousStatus || lotStatus === previousStatus
  return lotRecordType !== 'STATUS_CHANGE' || stands || laterStatusChanges.some(({ id }) => isStanding(known, id))
    ? []
    : [{ reason: `the lot is ${lot.status} by now`, recordId: null, lotRecordType: null }]
}

/** A shelf life that the first posting began goes on while anything else was brought into the lot, or some of it lies anywhere. */
const keepsShelfLife = ({ lotRecordType }: LotRecord, left: KnownLot, own: OwnEffect): boolean =>
  !['SPLIT', 'MERGE', 'STATUS_CHANGE'].includes(lotRecordType) &&
  (wasBroughtMore(left, own) || [...left.rows.values()].some(({ quantity }) => quantity > 0))

const undone = (item: KnownLot, own: OwnEffect): LotEffect => {
  const effect = undoEffect(item, own)
  // Without a re-test the lot keeps no longer than before it, whatever date it was given by hand since.
  if (putsDateBack(own)) effect.expiration = earlier(own.expiration?.[0] ?? null, item.lot.expirationDate)
  return effect
}

/** The expiration date of a record’s lot once the record is taken back. */
export const expirationWithout = (known: Known, original: KnownRecord): Instant | null => {
  const item = lotOf(known, original.record.inventoryLotId)
  const own = ownEffects(original).get(item.lot.id)
  const { expiration } = own === undefined ? {} : undone(item, own)
  return expiration === undefined ? item.lot.expirationDate : expiration
}

/** What a lot that is SHIPPED was before; one that was closed then is as one that is reopened. */
const statusBeforeShipped = (known: Known, { shipped }: KnownRecord, lotId: Ulid): LotStatus => {
  const last = shipped.findLast((one) => one.lotId === lotId && isStanding(known, one.id))?.from ?? 'AVAILABLE'
  return last === 'CLOSED' ? 'QA_HOLD' : last
}

const undoneLotEntries = (known: Known, after: Known, original: KnownRecord, stamp: Stamp): readonly LotEntry[] => {
  const at = effectiveDate(original.record)
  const own = ownEffects(original)
  const touched = new Set([...own.keys(), ...original.stockEntries.map(({ lotId }) => lotId)])
  return [...touched].flatMap((lotId) => {
    const item = lotOf(known, lotId)
    const mine = own.get(lotId) ?? { status: null, expiration: null, closed: null, total: 0 }
    const effect = undone(item, mine)
    if (keepsShelfLife(original.record, lotOf(after, lotId), mine)) delete effect.expiration
    const entry = lotEntry(item, effect, at)
    const left = lotOf(entry === null ? after : applyLotEntries(after, [entry], stamp), lotId)
    if (left.lot.status !== 'SHIPPED' || onHand(left) === 0) return entry ?? []
    // Stock that comes back to a shipped lot is stock again; a customer return leaves on hold what came back since.
    if (item.lot.status === 'SHIPPED') effect.status = statusBeforeShipped(known, original, lotId)
    else delete effect.status
    return lotEntry(item, effect, at) ?? []
  })
}

/** Stock that is held does not go back into a lot that is usable. What is in the way as a change of the status it set is named as that. */
const whyItFrees = (
  known: Known,
  original: KnownRecord,
  changedStatus: ReadonlySet<Ulid>,
  goToo: ReadonlySet<Ulid>,
  stamp: Stamp,
): readonly Blocker[] => {
  const { record } = original
  const givesBack = record.lotRecordType === 'UNCONSUME'
  if (record.secondaryInventoryLotId === null && !givesBack) return []
  // Nothing is consumed again where what was consumed is taken back with it.
  if (givesBack && netTakeBacks(original.takesBack).every(({ consumeRecordId: id }) => goToo.has(id))) return []
  const after = applyStockEntries(known, negated(netStockEntries(original.stockEntries)), stamp)
  const freed = whatIsFreed({
    before: known,
    after: applyLotEntries(after, undoneLotEntries(known, after, original, stamp), stamp),
    record,
    original,
    stands: [],
    now: stamp.now,
  })
  if (freed === undefined) return []
  const [from, into] = [freed.from.lot.name, freed.into?.lot]
  const [where, instead] =
    into === undefined
      ? ['what was given back would be consumed again', 'take back what was consumed, with all that stands in its way']
      : [`lot ${into.name} would be ${into.status}`, `put ${into.name} on QA_HOLD, first`]
  const reason = `it would free stock that is held: lot ${from} is ${freed.status}, and ${where}; release ${from}, or ${instead}`
  const later = becauseOfChanges(known, original, freed)
  if (later.length === 0) return [{ reason, recordId: null, lotRecordType: null }]
  return later.filter(({ lotId }) => !changedStatus.has(lotId)).map((one) => blocker(reason, one))
}

/** What to do with a record that moved nothing: where it is final, only to be put out of use. */
const insteadOfReversal = ({ status }: LotRecord): string =>
  status === 'COMPLETED'
    ? 'it is a memo and posted nothing: disable it instead'
    : status === 'CANCELLED'
      ? 'it was cancelled and posted nothing: there is nothing to take back'
      : 'it posted nothing: change or cancel it instead'

/** Everything that stands in the way of taking a record back, with the records to deal with first. */
const reversalBlockers = (
  known: Known,
  original: KnownRecord,
  stamp: Stamp,
  goToo: ReadonlySet<Ulid>,
): readonly Blocker[] => {
  const { record } = original
  if (!record.posted) return [{ reason: insteadOfReversal(record), recordId: null, lotRecordType: null }]
  if (record.reversalOf !== null)
    return [{ reason: 'a reversal cannot be reversed: write the record anew', recordId: null, lotRecordType: null }]
  if (record.reversedBy !== null)
    return [
      { reason: 'it is reversed already', recordId: showUlid(record.reversedBy), lotRecordType: record.lotRecordType },
    ]
  const own = ownEffects(original)
  const changedStatus = new Set([...own].filter(([, effect]) => changesStatus(effect)).map(([lotId]) => lotId))
  const dated = new Set([...own].filter(([, effect]) => putsDateBack(effect)).map(([lotId]) => lotId))
  const heir =
    record.lotRecordType === 'SPLIT'
      ? record.secondaryInventoryLotId
      : record.lotRecordType === 'MERGE'
        ? record.inventoryLotId
        : null
  const entries = negated(netStockEntries(original.stockEntries))
  return [
    ...becauseOf(known, 'it was taken back', original.takenBackBy),
    ...becauseOf(
      known,
      'the status it set has changed again',
      original.laterStatusChanges.filter(({ lotId }) => changedStatus.has(lotId)),
    ),
    ...becauseOf(known, `that the lot is ${record.lotStatus} was confirmed since`, confirmationsOf(original)),
    ...becauseOf(
      known,
      'the expiration date that it gave the lot was set again',
      original.laterDates.filter(({ lotId }) => dated.has(lotId)),
    ),
    ...whyStatusDiffers(known, original),
    ...whyItFrees(known, original, changedStatus, goToo, stamp),
    ...becauseOf(
      known,
      record.lotRecordType === 'SPLIT'
        ? 'the new lot has been posted to since'
        : 'the merged lot has been posted to since',
      original.laterPostings.filter(({ lotId }) => lotId === heir),
    ),
    ...laterCounts(known, entries, original.postedSequence, record.id).map((count) =>
      blocker('the stock was counted since', { id: count.recordId, lotRecordType: 'EDIT' }),
    ),
  ]
}

/**
 * A record is taken back by a new record of the same type, lots and quantity, its entries negated at the effective time
 * of the original. Refused where something later stands in the way, where a row would go negative at any moment,
 * and where a change of status would not be legal the other way round. `goToo` are the records that the same cascade takes back.
 */
export const decideReversal = (
  known: Known,
  original: KnownRecord,
  words: ReversalWords,
  stamp: Stamp,
  goToo: ReadonlySet<Ulid> = new Set(),
): Result.Result<DecidedVersion, Refusal> => {
  const blockers = reversalBlockers(known, original, stamp, goToo)
  if (blockers.length > 0) return Result.fail(new ReversalBlocked({ recordId: showUlid(original.record.id), blockers }))
  const before = original.record
  const primary = lotOf(known, before.inventoryLotId)
  const isStatusChange = before.lotRecordType === 'STATUS_CHANGE'
  const record: LotRecord = {
    ...before,
    id: stamp.newId(),
    lotStatus: isStatusChange ? before.previousStatus : primary.lot.status,
    previousStatus: isStatusChange ? before.lotStatus : null,
    expirationDate: null,
    countedQuantity: null,
    notes: words.notes,
    materialReasonCodeId: words.materialReasonCodeId,
    reversalOf: before.id,
    reversedBy: null,
    version: 1,
    policy: known.policy,
    createdDate: stamp.now,
    createdBy: stamp.actor,
    modifiedDate: null,
    modifiedBy: null,
  }
  // A mere confirmation moved nothing, and nothing moves back.
  const movesBack = isStatusChange && before.lotStatus !== before.previousStatus
  const transition = movesBack ? whyNotNewStatus(known, record, true) : undefined
  if (transition !== undefined) return Result.fail(transition)
  const stockEntries = negated(netStockEntries(original.stockEntries))
  const after = applyStockEntries(known, stockEntries, stamp)
  const lotEntries = undoneLotEntries(known, after, original, stamp)
  const takesBack = netTakeBacks(original.takesBack).map((item) => ({ ...item, quantity: 0 - item.quantity }))
  const decided = finishVersion(after, record, { stockEntries, lotEntries, takesBack }, stamp)
  const moved = new Set(stockEntries.map((entry) => entry.lotId))
  for (const lotId of new Set([before.inventoryLotId, ...moved])) {
    const { lot } = lotOf(decided.known, lotId)
    const refuse = (reason: string, clearedBy: string): Result.Result<never, Refusal> =>
      Result.fail(refuseAction(record, lotOf(known, lotId), stamp.now, reason, clearedBy))
    if (!lot.enabled) return refuse(`lot ${lot.name} is disabled`, 'Enable it first')
    // A lot that this very record closed is open again by now; one that was closed otherwise takes no stock.
    if (lot.status === 'CLOSED' && moved.has(lotId))
      return refuse(`lot ${lot.name} is CLOSED`, 'Reopen it first: change its status to QA_HOLD')
  }
  const why = whyNotStock(known, after, record, stockEntries, original.postedSequence)
  return why === undefined ? Result.succeed(decided) : Result.fail(why)
}
