import { showUlid } from './identifiers/ulid.ts'
import { isEmpty, type Known, type KnownLot, type LaterRecord } from './known.ts'
import { rulingStatus } from './lot/lot.ts'
import type { LotStatus } from './lot/lot-status.ts'
import { effectiveDate, type LotRecord } from './lot-record/lot-record.ts'
import { statusesFor } from './lot-record/lot-record-type.ts'
import { lotOf } from './lot-record/posting.ts'
import { ActionRefused, type Blocker } from './refusals.ts'
import type { Instant } from './time/instant.ts'

/** A record that is about to post, and what is known before it does. */
export interface PostingCase {
  readonly known: Known
  readonly record: LotRecord
  /** A correction of a record that posted before. */
  readonly correction: boolean
  /** The status of the primary lot without what this very record did to it. */
  readonly primaryStatus: LotStatus
  /** The status of the other lot without it, where there is another lot. */
  readonly otherStatus: LotStatus | undefined
}

/** A rule: its name is the sentence, its answer why not. */
export type Guard = (posting: PostingCase) => ActionRefused | undefined

/** Builds the refusal of an action on a lot. */
export const refuseAction = (
  record: Pick<LotRecord, 'lotRecordType'> & Partial<Pick<LotRecord, 'inventoryLotId'>>,
  item: KnownLot,
  at: Instant,
  reason: string,
  clearedBy: string,
  blockers: readonly Blocker[] = [],
): ActionRefused =>
  new ActionRefused({
    action: record.lotRecordType,
    lotId: showUlid(item.lot.id),
    lotName: item.lot.name,
    lotStatus: rulingStatus(item.lot, at),
    reason,
    clearedBy,
    blockers,
    ...(record.inventoryLotId !== undefined && record.inventoryLotId !== item.lot.id && { isOtherLot: true }),
  })

/** A later record as a reason. */
export const blocker = (reason: string, record: Pick<LaterRecord, 'id' | 'lotRecordType'>): Blocker => ({
  reason,
  recordId: showUlid(record.id),
  lotRecordType: record.lotRecordType,
})

const partyOf = ({ known, record }: PostingCase): KnownLot | undefined =>
  record.secondaryInventoryLotId === null ? undefined : lotOf(known, record.secondaryInventoryLotId)

/** What makes a lot in this status usable, as a sentence. */
export const whatClears = (status: LotStatus): string => {
  switch (status) {
    case 'OPEN':
      return 'Make the lot AVAILABLE first'
    case 'QA_HOLD':
      return 'Release it first: change its status to AVAILABLE'
    case 'EXPIRED':
      return 'Change its status to AVAILABLE with a new, future expirationDate first'
    case 'SHIPPED':
      return 'Reverse the shipment, or receive it back as a customer return'
    case 'CLOSED':
      return 'Reopen it first: change its status to QA_HOLD'
    case 'AVAILABLE':
      return 'Change its status first'
  }
}

/** A disabled lot takes no postings. */
export const disabledLotsTakeNoPostings: Guard = (posting) => {
  for (const item of [lotOf(posting.known, posting.record.inventoryLotId), partyOf(posting)])
    if (item !== undefined && !item.lot.enabled)
      return refuseAction(
        posting.record,
        item,
        effectiveDate(posting.record),
        `lot ${item.lot.name} is disabled`,
        'Enable it first',
      )
  return undefined
}

/** The primary lot's status allows the action: the status now, the expiry at the record's effective time. */
export const theStatusAllowsTheAction: Guard = ({ known, record, primaryStatus }) => {
  if (record.lotRecordType === 'STATUS_CHANGE') return undefined
  const item = lotOf(known, record.inventoryLotId)
  const at = effectiveDate(record)
  const status = rulingStatus(item.lot, at, primaryStatus)
  const allowed = statusesFor(record.lotRecordType, known.policy)
  if (allowed.includes(status)) return undefined
  const why = status === 'EXPIRED' && primaryStatus !== 'EXPIRED' ? 'it is past its expiration date' : `it is ${status}`
  return refuseAction(
    record,
    item,
    at,
    `${why}, and ${record.lotRecordType} asks for ${allowed.join(', ')}`,
    whatClears(status),
  )
}

/** Stock neither enters nor leaves another lot that is SHIPPED or CLOSED. */
export const theOtherLotIsStillInPlay: Guard = (posting) => {
  const { record, correction, otherStatus: status } = posting
  // A consumer or producer is only named.
  if (['CONSUME', 'UNCONSUME', 'PRODUCE'].includes(record.lotRecordType)) return undefined
  const item = partyOf(posting)
  if (item === undefined) return undefined
  const bothPlaces = record.sourceLocationId !== null && record.destinationLocationId !== null
  // At first, a new lot takes the original's status, and a merged one's is compared with the survivor's.
  const isPair = record.lotRecordType === 'SPLIT' || record.lotRecordType === 'MERGE'
  const moves = isPair ? correction : bothPlaces
  return moves && (status === 'SHIPPED' || status === 'CLOSED')
    ? refuseAction(
        record,
        item,
        effectiveDate(record),
        `the other lot ${item.lot.name} is ${status}`,
        whatClears(status),
      )
    : undefined
}

/** Only lots of one material, one unit and one status are merged, their own and that which their dates amount to. */
export const mergedLotsAreAlike: Guard = (posting) => {
  const { known, record, correction } = posting
  if (record.lotRecordType !== 'MERGE' || correction) return undefined
  const absorbed = partyOf(posting)
  if (absorbed === undefined) return undefined
  const at = effectiveDate(record)
  const survivor = lotOf(known, record.inventoryLotId)
  if (
    survivor.lot.materialId !== absorbed.lot.materialId ||
    survivor.lot.unitOfMeasureId !== absorbed.lot.unitOfMeasureId
  )
    return refuseAction(
      record,
      absorbed,
      at,
      'the lots are of different materials or units',
      'Merge only lots of one material',
    )
  // Past their dates all lots rule as EXPIRED, and what is on hold among them must not become what a re-test releases.
  const ruling = [rulingStatus(survivor.lot, at), rulingStatus(absorbed.lot, at)] as const
  const own = [survivor.lot.status, absorbed.lot.status] as const
  const [one, other] = ruling[0] === ruling[1] ? own : ruling
  return one === other
    ? undefined
    : refuseAction(
        record,
        absorbed,
        at,
        `the survivor is ${one} and the absorbed lot is ${other}`,
        'Change the status of one first',
      )
}

/** A split goes into a lot of the same material that was never posted to, and changes no status that somebody has set. */
export const aSplitGoesIntoANewLot: Guard = (posting) => {
  const { known, record, correction } = posting
  if (record.lotRecordType !== 'SPLIT' || correction) return undefined
  const child = partyOf(posting)
  if (child === undefined) return undefined
  const at = effectiveDate(record)
  const original = lotOf(known, record.inventoryLotId)
  if (child.lot.materialId !== original.lot.materialId || child.lot.unitOfMeasureId !== original.lot.unitOfMeasureId)
    return refuseAction(
      record,
      child,
      at,
      'the new lot is of another material or unit',
      'Split only into a lot of the same material',
    )
  const [own, status] = [rulingStatus(original.lot, at), rulingStatus(child.lot, at)]
  if (status !== own && status !== 'OPEN' && status !== 'AVAILABLE')
    return refuseAction(
      record,
      child,
      at,
      `lot ${child.lot.name} is ${status}, and the split would make it ${own}`,
      'Split into a new lot, or change the status of this one first',
    )
  return child.lot.totalQuantity === 0 && isEmpty(child)
    ? undefined
    : refuseAction(
        record,
        child,
        at,
        `lot ${child.lot.name} has been posted to before`,
        'Split into a new lot, and merge afterwards if need be',
      )
}

/** The rules that a posting passes before stock is looked at, in order of precedence. */
export const postingGuards: readonly Guard[] = [
  disabledLotsTakeNoPostings,
  theStatusAllowsTheAction,
  theOtherLotIsStillInPlay,
  mergedLotsAreAlike,
  aSplitGoesIntoANewLot,
]
