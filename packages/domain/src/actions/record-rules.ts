import type { Ulid } from '../identifiers/ulid.ts'
import type { Known } from '../known.ts'
import { isExpired } from '../lot/lot.ts'
import { effectiveDate, type LotRecord } from '../lot-record/lot-record.ts'
import { lotRecordTypeRules, type Need } from '../lot-record/lot-record-type.ts'
import { lotOf } from '../lot-record/posting.ts'
import type { PermissionDenied } from '../refusals.ts'
import type { Violations } from '../request.ts'
import { type Instant, oneDay, showInstant } from '../time/instant.ts'
import { type Circumstances, whyNotPermitted } from './action.ts'

/** Where rules note what is wrong. */
export type Complaints = Pick<Violations, 'add' | 'has'>

/** A record ends at or after its start, and is dated at most 24 hours ahead. A date that was kept is not judged again. */
export const judgeDates = (
  record: LotRecord,
  before: LotRecord | undefined,
  violations: Complaints,
  now: Instant,
): void => {
  const judge = (field: 'startDate' | 'endDate', date: Instant | null, kept: Instant | null | undefined): void => {
    if (date !== null && date > now + oneDay && date !== kept)
      violations.add(field, `must not be more than 24 hours ahead of ${showInstant(now)}`)
  }
  judge('startDate', record.startDate, before?.startDate)
  judge('endDate', record.endDate, before?.endDate)
  if (record.endDate !== null && record.endDate < record.startDate)
    violations.add('endDate', `must not be before startDate, ${showInstant(record.startDate)}`)
}

/** What is said of master data that was put out of use and is asked for anew. */
export const whyDisabled = (name: string): string => `${name} is disabled: give another, or enable it first`

const isBlank = (notes: string | null): boolean => notes === null || notes.trim() === ''

/**
 * A reason code exists, is one for this type of record, and has its comment where it asks for one. One that is disabled is
 * given to no record that did not have it before.
 */
export const judgeReasonCode = (
  known: Known,
  record: LotRecord,
  violations: Complaints,
  before?: Pick<LotRecord, 'materialReasonCodeId'>,
): void => {
  if (record.materialReasonCodeId === null) return
  const reason = known.reasonCodes.get(record.materialReasonCodeId)
  if (reason === undefined) {
    violations.add('materialReasonCodeId', 'no reason code has this id')
    return
  }
  if (record.lotRecordType !== null && reason.lotRecordType !== record.lotRecordType)
    violations.add('materialReasonCodeId', `is a reason for ${reason.lotRecordType}, not for ${record.lotRecordType}`)
  if (!reason.enabled && before?.materialReasonCodeId !== reason.id)
    violations.add('materialReasonCodeId', whyDisabled(reason.reasonCode))
  if (reason.requireComments && isBlank(record.notes))
    violations.add('notes', `are required with the reason code ${reason.reasonCode}`)
}

/** The strict policy asks why: for every change of status, count and scrap. */
export const judgeStrict = (known: Known, record: LotRecord, violations: Complaints): void => {
  const asks = ['STATUS_CHANGE', 'EDIT', 'SCRAP'].includes(record.lotRecordType)
  if (known.policy === 'strict' && asks && isBlank(record.notes) && record.materialReasonCodeId === null)
    violations.add(
      'notes',
      `or a reason code are required: the policy is strict, and this is a ${record.lotRecordType}`,
    )
}

/** What takes a consumption back is an UNCONSUME, and it names a CONSUME of its lot, by the consumer that it names itself. */
export const judgeTakenBack = (known: Known, record: LotRecord, violations: Complaints): void => {
  if (record.consumeRecordId === null) return
  const taken = known.records.get(record.consumeRecordId)?.record
  if (record.lotRecordType !== 'UNCONSUME')
    violations.add('consumeRecordId', 'must be left out: only an UNCONSUME takes a CONSUME back')
  else if (taken === undefined) violations.add('consumeRecordId', 'no lot record has this id')
  else if (taken.lotRecordType !== 'CONSUME' || taken.inventoryLotId !== record.inventoryLotId)
    violations.add('consumeRecordId', 'must be a CONSUME record of the same lot')
  else if (![null, taken.secondaryInventoryLotId].includes(record.secondaryInventoryLotId))
    violations.add('consumeRecordId', 'must be a CONSUME record with the same secondaryInventoryLotId')
}

/** What a COMPLETED record must carry: its places, its other lot and its quantity, by type. Without a quantity it is a memo. */
export const judgePosting = (
  known: Known,
  record: LotRecord,
  violations: Complaints,
  before?: Pick<LotRecord, 'posted' | 'sourceLocationId'>,
): void => {
  const type = record.lotRecordType
  const rule = lotRecordTypeRules[type]
  const primary = known.lots.get(record.inventoryLotId)
  const secondary = record.secondaryInventoryLotId === null ? undefined : known.lots.get(record.secondaryInventoryLotId)
  if (rule.quantity === 'none' && record.quantity !== null)
    violations.add('quantity', `must be left out: a ${type} moves nothing`)
  const memo = record.quantity === null && type !== 'MERGE' && type !== 'STATUS_CHANGE'
  if (memo) return
  if (!record.enabled) violations.add('enabled', 'must be true: a posted record cannot be disabled, reverse it instead')
  const need = (field: string, value: Ulid | null, how: Need): void => {
    if (how === 'needed' && value === null && !violations.has(field))
      violations.add(field, `is required: a ${type} with a quantity needs it`)
    if (how === 'none' && value !== null) violations.add(field, `must be left out: a ${type} has none`)
  }
  need('sourceLocationId', record.sourceLocationId, rule.source)
  need('destinationLocationId', record.destinationLocationId, rule.destination)
  need('secondaryInventoryLotId', record.secondaryInventoryLotId, rule.secondary)
  if (type === 'STATUS_CHANGE' && record.lotStatus === null)
    violations.add('lotStatus', 'is required: it is the new status')
  const positive = rule.quantity === 'positive' || rule.quantity === 'optional'
  // A MERGE of everything says what was there, be it nothing.
  const asked = type === 'MERGE' ? record.requestedQuantity : record.quantity
  if (positive && asked !== null && asked <= 0) violations.add('quantity', 'must be greater than 0')
  if (
    type === 'MERGE' &&
    record.requestedQuantity !== null &&
    record.sourceLocationId === null &&
    record.destinationLocationId === null
  )
    violations.add('sourceLocationId', 'is required: a MERGE of a quantity says where that lies')
  // One that was posted with a source before this was a rule keeps it.
  const hadSource = before?.posted === true && before.sourceLocationId === record.sourceLocationId
  if (type === 'MERGE' && !hadSource && record.requestedQuantity === null && record.sourceLocationId !== null)
    violations.add(
      'sourceLocationId',
      'must be left out without a quantity: all of the lot is merged, wherever it lies. Give a quantity to take it from here',
    )
  if (type === 'MOVE' && record.sourceLocationId !== null && record.sourceLocationId === record.destinationLocationId)
    violations.add('destinationLocationId', 'must differ from sourceLocationId')
  if (
    type === 'SPLIT' &&
    record.destinationLocationId !== null &&
    record.destinationLocationId !== record.sourceLocationId
  )
    violations.add(
      'destinationLocationId',
      'must be left out or be sourceLocationId: a split lies where the original does',
    )
  if (record.secondaryInventoryLotId !== null && record.secondaryInventoryLotId === record.inventoryLotId)
    violations.add('secondaryInventoryLotId', 'must be another lot than inventoryLotId')
  const bothLegs = record.sourceLocationId !== null && record.destinationLocationId !== null
  const secondaryMoves = ['RECEIVE', 'SCRAP', 'RETURN', 'SHIP'].includes(type) && bothLegs
  if (
    secondary !== undefined &&
    secondaryMoves &&
    primary !== undefined &&
    secondary.lot.unitOfMeasureId !== primary.lot.unitOfMeasureId
  )
    violations.add('secondaryInventoryLotId', 'is kept in another unit: its stock cannot take part in this record')
  judgeStrict(known, record, violations)
}

// No date at all is the latest.
const isLater = (date: Instant | null, than: Instant | null): boolean => than !== null && (date === null || date > than)

/** Whether a plant looks at every new lot of this material before it may be used. */
export const isInspected = (known: Known, materialId: Ulid): boolean =>
  known.materials.get(materialId)?.initialLotStatus === 'QA_HOLD'

/**
 * Under the strict policy, whoever takes a lot off QA_HOLD or EXPIRED to AVAILABLE, or back to OPEN, makes one AVAILABLE
 * whose material begins on QA_HOLD, makes it AVAILABLE past its expiration date or lets it keep longer than it does needs
 * the permission to release.
 */
export const whyNotRelease = (
  known: Known,
  record: LotRecord,
  { grants }: Circumstances,
  until?: Instant | null,
): PermissionDenied | undefined => {
  if (known.policy !== 'strict' || record.lotRecordType !== 'STATUS_CHANGE') return undefined
  const { lot } = lotOf(known, record.inventoryLotId)
  const isHeld = lot.status === 'QA_HOLD' || lot.status === 'EXPIRED'
  const isUninspected = lot.status === 'OPEN' && isInspected(known, lot.materialId)
  const isReleased =
    record.lotStatus === 'AVAILABLE'
      ? isHeld || isExpired(lot, effectiveDate(record)) || isUninspected
      : // From OPEN it would be AVAILABLE without a release.
        record.lotStatus === 'OPEN' && isHeld
  const keepsUntil = until === undefined ? (record.expirationDate ?? lot.expirationDate) : until
  return isReleased || isLater(keepsUntil, lot.expirationDate)
    ? whyNotPermitted(grants, 'INVENTORY.WRITE.RELEASE')
    : undefined
}
