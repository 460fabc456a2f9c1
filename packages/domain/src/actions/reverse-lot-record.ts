import { Result } from 'effect'
import { showUlid } from '../identifiers/ulid.ts'
import type { Known } from '../known.ts'
import type { LotRecord } from '../lot-record/lot-record.ts'
import { lotRecordTypeRules } from '../lot-record/lot-record-type.ts'
import { decideReversal } from '../lot-record/reversal.ts'
import { NotFound, type PermissionDenied, type Refusal } from '../refusals.ts'
import { type Decoded, defineRequest, textField, ulidField } from '../request.ts'
import { type Action, type Circumstances, type Decision, whyInvalid, whyNotPermitted, whyStale } from './action.ts'
import { judgeReasonCode, judgeStrict, whyNotRelease } from './record-rules.ts'

/** The request to take a record back: which one, and why. */
export const reverseLotRecordShape = defineRequest(
  'ReverseLotRecordRequest',
  { id: ulidField, notes: textField, materialReasonCodeId: ulidField },
  ['id'],
)
/** A request to take a record back as the domain reads it. */
export type ReverseLotRecordRequest = ReturnType<typeof reverseLotRecordShape.decode>['request']

const judge = (known: Known, { request, violations }: Decoded<ReverseLotRecordRequest>): void => {
  const original = request.id === null ? undefined : known.records.get(request.id)?.record
  if (original === undefined) return
  const words = { ...original, notes: request.notes, materialReasonCodeId: request.materialReasonCodeId }
  judgeReasonCode(known, words, violations)
  judgeStrict(known, words, violations)
}

// Taking back a mere confirmation releases nothing.
const whyNotReleaseAgain = (known: Known, original: LotRecord, stamp: Circumstances): PermissionDenied | undefined =>
  original.lotStatus === original.previousStatus
    ? undefined
    : whyNotRelease(known, { ...original, lotStatus: original.previousStatus }, stamp)

const decide = (
  known: Known,
  decoded: Decoded<ReverseLotRecordRequest>,
  stamp: Circumstances,
): Result.Result<Decision, Refusal> => {
  const { id, notes, materialReasonCodeId } = decoded.request
  const original = id === null ? undefined : known.records.get(id)
  if (id !== null && original === undefined)
    return Result.fail(new NotFound({ kind: 'lot record', idOrName: showUlid(id) }))
  judge(known, decoded)
  const refusal =
    (original === undefined
      ? undefined
      : (whyNotPermitted(stamp.grants, lotRecordTypeRules[original.record.lotRecordType].permission) ??
        whyStale('lot record', showUlid(original.record.id), original.record.version, stamp) ??
        whyNotReleaseAgain(known, original.record, stamp))) ?? whyInvalid(decoded.violations)
  if (refusal !== undefined || original === undefined) return Result.fail(refusal as Refusal)
  return Result.map(
    decideReversal(known, original, { notes, materialReasonCodeId }, stamp),
    ({ version, known: after }) => ({
      known: after,
      versions: [version],
    }),
  )
}

/** Takes a posted record back by a new one. Needs the permission of the record's type. */
export const reverseLotRecord: Action<ReverseLotRecordRequest> = {
  permission: null,
  decode: reverseLotRecordShape.decode,
  scope: ({ id, materialReasonCodeId }, now) => ({
    ...(id !== null && { records: [id] }),
    ...(materialReasonCodeId !== null && { reasonCodes: [{ id: materialReasonCodeId }] }),
    since: now,
  }),
  violations: (known, decoded) => {
    judge(known, decoded)
    if (decoded.request.id !== null && !known.records.has(decoded.request.id))
      decoded.violations.add('id', 'no lot record has this id')
    return decoded.violations
  },
  decide,
}
