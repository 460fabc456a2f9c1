import { Result } from 'effect'
import { showUlid } from '../identifiers/ulid.ts'
import type { Known, KnownRecord } from '../known.ts'
import { decideCorrection } from '../lot-record/correction.ts'
import { type DecidedVersion, decideUnposted } from '../lot-record/decide-posting.ts'
import { decidePostings } from '../lot-record/decide-postings.ts'
import { effectiveDate, type LotRecord } from '../lot-record/lot-record.ts'
import { type LotRecordType, lotRecordTypeRules } from '../lot-record/lot-record-type.ts'
import { recordStatusMoves } from '../lot-record/record-status.ts'
import { NotFound, type PermissionDenied, type Refusal, StatusTransitionRefused } from '../refusals.ts'
import type { Decoded } from '../request.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../time/instant.ts'
import { type Action, type Circumstances, type Decision, whyInvalid, whyNotPermitted, whyStale } from './action.ts'
import { whyNotRelease } from './record-rules.ts'
import { judgeFields } from './save-inventory-lot-record-fields.ts'
import { type SaveInventoryLotRecordRequest, saveInventoryLotRecordShape } from './save-inventory-lot-record-request.ts'

const scope = (request: SaveInventoryLotRecordRequest, now: Instant): Scope => {
  const lots = [request.inventoryLotId, request.secondaryInventoryLotId].filter((id) => id !== null)
  const locations = [request.sourceLocationId, request.destinationLocationId].filter((id) => id !== null)
  const changesStatus = request.lotRecordType === 'STATUS_CHANGE' && request.inventoryLotId !== null
  return {
    lots: lots.map((id) => ({ id })),
    // What only leaves a place does not ask whether that place takes more.
    [request.lotRecordType === 'CONSUME' ? 'locations' : 'arrivesAt']: locations.map((id) => ({ id })),
    ...(request.materialReasonCodeId !== null && { reasonCodes: [{ id: request.materialReasonCodeId }] }),
    records: [request.id, request.consumeRecordId].filter((id) => id !== null),
    ...(changesStatus && { lastStatusChangeOf: [request.inventoryLotId] }),
    ...((request.lotRecordType === 'UNCONSUME' || request.id !== null) && {
      consumptionsOf: lots.map((id) => ({ id })),
    }),
    ...(request.id === null && request.consumeRecordId !== null && { consumptions: [request.consumeRecordId] }),
    since: request.endDate ?? request.startDate ?? now,
  }
}

// What is consumed and what takes it back keep their order, so a new date is held against the other half.
const more = (known: Known, request: SaveInventoryLotRecordRequest, { now }: Circumstances): Scope | undefined => {
  const before = request.id === null ? undefined : known.records.get(request.id)
  if (before === undefined || (request.startDate === null && request.endDate === null)) return undefined
  const halves = [
    ...before.takesBack.map(({ consumeRecordId }) => consumeRecordId),
    ...before.takenBackBy.map(({ id }) => id),
  ]
  return halves.every((id) => known.records.has(id))
    ? undefined
    : {
        ...scope(request, now),
        records: [...known.records.keys(), ...new Set(halves.filter((id) => !known.records.has(id)))],
      }
}

/** The fields of a posted record that decide what it posts. Two records that agree in them post the same. */
const postingFields = ['quantity', 'sourceLocationId', 'destinationLocationId'] as const

/** Whether a record, all its fields being right, posts: COMPLETED, and not a memo. */
const posts = (record: LotRecord): boolean =>
  record.status === 'COMPLETED' &&
  (record.quantity !== null || record.lotRecordType === 'MERGE' || record.lotRecordType === 'STATUS_CHANGE')

const postsTheSame = (record: LotRecord, before: LotRecord): boolean =>
  postingFields.every((field) => record[field] === before[field]) && effectiveDate(record) === effectiveDate(before)

const whyNotWritten = (type: LotRecordType | null, { grants }: Circumstances): PermissionDenied | undefined =>
  type === null ? undefined : whyNotPermitted(grants, lotRecordTypeRules[type].permission)

const decide = (
  known: Known,
  decoded: Decoded<SaveInventoryLotRecordRequest>,
  stamp: Circumstances,
): Result.Result<Decision, Refusal> => {
  const { request } = decoded
  const before = request.id === null ? undefined : known.records.get(request.id)
  if (request.id !== null && before === undefined)
    return Result.fail(new NotFound({ kind: 'lot record', idOrName: showUlid(request.id) }))
  // A record that becomes another type asks for both: it is changed as the one and written as the other.
  const refused =
    whyNotWritten(request.lotRecordType, stamp) ??
    whyNotWritten(before?.record.lotRecordType ?? null, stamp) ??
    (before === undefined
      ? undefined
      : whyStale('lot record', showUlid(before.record.id), before.record.version, stamp))
  if (refused !== undefined) return Result.fail(refused)
  const { record } = judgeFields(known, decoded, stamp)
  const invalid = whyInvalid(decoded.violations)
  if (invalid !== undefined) return Result.fail(invalid)
  const from = before?.record.status ?? record.status
  if (!recordStatusMoves[from].includes(record.status))
    return Result.fail(
      new StatusTransitionRefused({
        kind: 'lot record',
        id: showUlid(record.id),
        name: null,
        from,
        to: record.status,
        legal: recordStatusMoves[from],
        clearedBy: from === 'COMPLETED' ? 'a completed record is final: reverse it' : 'choose one of the legal moves',
      }),
    )
  return decideVersion(known, before, record, stamp)
}

const alone = ({ version, known }: DecidedVersion): Decision => ({ known, versions: [version] })

const decideVersion = (
  known: Known,
  before: KnownRecord | undefined,
  record: LotRecord,
  stamp: Circumstances,
): Result.Result<Decision, Refusal> => {
  if (before?.record.posted === true)
    return postsTheSame(record, before.record)
      ? Result.succeed(alone(decideUnposted(known, { ...record, policy: before.record.policy }, stamp)))
      : Result.map(decideCorrection(known, before, record, stamp), alone)
  if (!posts(record)) return Result.succeed(alone(decideUnposted(known, record, stamp)))
  const refusal = whyNotRelease(known, record, stamp)
  return refusal === undefined ? decidePostings(known, record, stamp) : Result.fail(refusal)
}

/** Creates or updates a lot record: the one way in which anything is written about a lot. */
export const saveInventoryLotRecord: Action<SaveInventoryLotRecordRequest> = {
  permission: 'INVENTORY.WRITE.SAVE',
  decode: saveInventoryLotRecordShape.decode,
  scope,
  more,
  violations: (known, decoded, stamp) => {
    judgeFields(known, decoded, stamp)
    if (decoded.request.id !== null && !known.records.has(decoded.request.id))
      decoded.violations.add('id', 'no lot record has this id')
    return decoded.violations
  },
  decide,
}
