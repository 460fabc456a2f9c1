import { Result } from 'effect'
import { enumField, instantField, textField, ulidField } from '../fields.ts'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Known } from '../known.ts'
import { lotStatuses } from '../lot/lot-status.ts'
import { dateOfStatusChange, decideFirstPosting } from '../lot-record/decide-posting.ts'
import { blankRecord, type LotRecord } from '../lot-record/lot-record.ts'
import { type Refusal, StatusTransitionRefused } from '../refusals.ts'
import { type Decoded, defineRequest, type Violations } from '../request.ts'
import type { Scope } from '../scope.ts'
import { type Instant, showInstant } from '../time/instant.ts'
import { type Action, type Circumstances, type Decision, whyInvalid, whyStale } from './action.ts'
import { judgeReasonCode, judgeStrict, whyNotRelease } from './record-rules.ts'

/** The request of changeStatus: the 9 documented fields, and ours: `expectedStatus`, a reason code, a new expiration date. */
export const changeStatusShape = defineRequest(
  'ChangeStatusRequest',
  {
    type: enumField(['STATUS_CHANGE']),
    lotId: ulidField,
    newStatus: enumField(lotStatuses),
    operationId: ulidField,
    inventoryOperationId: ulidField,
    notes: textField,
    spare1: textField,
    spare2: textField,
    spare3: textField,
    expectedStatus: enumField(lotStatuses),
    materialReasonCodeId: ulidField,
    expirationDate: instantField,
  },
  ['lotId', 'newStatus'],
)
/** A request of changeStatus as the domain reads it. */
export type ChangeStatusRequest = ReturnType<typeof changeStatusShape.decode>['request']

/** The template: the 9 documented fields in their order, null but `type`. */
export const newChangeStatusRequest = () => ({
  type: 'STATUS_CHANGE' as const,
  lotId: null,
  newStatus: null,
  operationId: null,
  inventoryOperationId: null,
  notes: null,
  spare1: null,
  spare2: null,
  spare3: null,
})

const scope = (request: ChangeStatusRequest, now: Instant): Scope => ({
  ...(request.lotId !== null && { lots: [{ id: request.lotId }], lastStatusChangeOf: [request.lotId] }),
  ...(request.materialReasonCodeId !== null && { reasonCodes: [{ id: request.materialReasonCodeId }] }),
  since: now,
})

const draftOf = (known: Known, request: ChangeStatusRequest, stamp: Circumstances): LotRecord =>
  ({
    ...blankRecord(stamp, known.policy),
    lotRecordType: 'STATUS_CHANGE',
    inventoryLotId: request.lotId,
    lotStatus: request.newStatus,
    endDate: dateOfStatusChange(known, request.lotId as Ulid, stamp.now),
    operationId: request.operationId,
    inventoryOperationId: request.inventoryOperationId,
    materialReasonCodeId: request.materialReasonCodeId,
    expirationDate: request.expirationDate,
    notes: request.notes,
    spare1: request.spare1,
    spare2: request.spare2,
    spare3: request.spare3,
  }) as LotRecord

const judge = (
  known: Known,
  { request, violations }: Decoded<ChangeStatusRequest>,
  stamp: Circumstances,
): LotRecord => {
  const record = draftOf(known, request, stamp)
  if (request.lotId !== null && !known.lots.has(request.lotId)) violations.add('lotId', 'no lot has this id')
  judgeReasonCode(known, record, violations)
  judgeStrict(known, record, violations)
  judgeExpirationDate(request, violations, stamp.now)
  return record
}

const judgeExpirationDate = (
  { expirationDate, newStatus }: ChangeStatusRequest,
  violations: Violations,
  now: Instant,
): void => {
  if (expirationDate === null) return
  if (expirationDate <= now) violations.add('expirationDate', `must be later than now, ${showInstant(now)}`)
  if (newStatus !== null && newStatus !== 'AVAILABLE')
    violations.add(
      'expirationDate',
      'is the new date of a lot that passes its re-test: give it with newStatus AVAILABLE only',
    )
}

const decide = (
  known: Known,
  decoded: Decoded<ChangeStatusRequest>,
  stamp: Circumstances,
): Result.Result<Decision, Refusal> => {
  const record = judge(known, decoded, stamp)
  const lot = known.lots.get(record.inventoryLotId)?.lot
  const stale = lot === undefined ? undefined : whyStale('lot', showUlid(lot.id), lot.version, stamp)
  const refusal = stale ?? whyInvalid(decoded.violations) ?? whyNotRelease(known, record, stamp)
  if (refusal !== undefined) return Result.fail(refusal)
  const { expectedStatus, newStatus } = decoded.request
  if (lot !== undefined && expectedStatus !== null && expectedStatus !== lot.status)
    return Result.fail(
      new StatusTransitionRefused({
        kind: 'lot',
        id: showUlid(lot.id),
        name: lot.name,
        from: lot.status,
        to: newStatus ?? '',
        legal: [],
        clearedBy: `expected it to be ${expectedStatus}: look at the lot again`,
      }),
    )
  return Result.map(decideFirstPosting(known, record, stamp), ({ version, known: after }) => ({
    known: after,
    versions: [version],
  }))
}

/** Puts a lot into another status: one STATUS_CHANGE record and the status, together. */
export const changeStatus: Action<ChangeStatusRequest> = {
  permission: 'INVENTORY.WRITE.CHANGE_STATUS',
  decode: changeStatusShape.decode,
  scope,
  violations: (known, decoded, stamp) => {
    judge(known, decoded, stamp)
    return decoded.violations
  },
  decide,
}
