import { Result } from 'effect'
import { flagWordField, textField, ulidField } from '../fields.ts'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Known, KnownRecord } from '../known.ts'
import { decideCascade } from '../lot-record/cascade.ts'
import type { DecidedVersion } from '../lot-record/decide-posting.ts'
import { lotRecordTypeRules } from '../lot-record/lot-record-type.ts'
import { decideReversal, expirationWithout, type ReversalWords } from '../lot-record/reversal.ts'
import { NotFound, type PermissionDenied, type Refusal } from '../refusals.ts'
import { type Decoded, defineRequest } from '../request.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../time/instant.ts'
import { type Action, type Circumstances, type Decision, whyInvalid, whyNotPermitted, whyStale } from './action.ts'
import { judgeReasonCode, judgeStrict, whyNotRelease } from './record-rules.ts'

/** The request to take a record back: which one, why, and whether what stands in the way is taken back first. */
export const reverseLotRecordShape = defineRequest(
  'ReverseLotRecordRequest',
  { id: ulidField, notes: textField, materialReasonCodeId: ulidField, cascade: flagWordField },
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

/** A hold that is taken back is a release, and so is a date that was brought forward; to take back a mere confirmation is none. */
const whyNotReleaseAgain = (
  known: Known,
  original: KnownRecord,
  stamp: Circumstances,
): PermissionDenied | undefined => {
  const { record } = original
  const { lotStatus, previousStatus } = record
  const back = { ...record, lotStatus: lotStatus === previousStatus ? null : previousStatus }
  return whyNotRelease(known, back, stamp, expirationWithout(known, original))
}

/** One reversal by every rule and permission that it passes alone. */
const reverseOne = (
  known: Known,
  original: KnownRecord,
  words: ReversalWords,
  stamp: Circumstances,
  goToo?: ReadonlySet<Ulid>,
): Result.Result<DecidedVersion, Refusal> => {
  const refusal =
    whyNotPermitted(stamp.grants, lotRecordTypeRules[original.record.lotRecordType].permission) ??
    whyNotReleaseAgain(known, original, stamp)
  return refusal === undefined ? decideReversal(known, original, words, stamp, goToo) : Result.fail(refusal)
}

// The reason code belongs to the record that was asked for; the notes are for all that goes with it.
const cascade = (known: Known, { id, notes, materialReasonCodeId }: ReverseLotRecordRequest, stamp: Circumstances) =>
  id === null || !known.records.has(id)
    ? undefined
    : decideCascade(known, id, (now, original, goToo) => {
        const isAsked = original.record.id === id
        const words = { notes, materialReasonCodeId: isAsked ? materialReasonCodeId : null }
        return reverseOne(now, original, words, stamp, goToo)
      })

const scope = ({ id, materialReasonCodeId }: ReverseLotRecordRequest, now: Instant): Scope => ({
  ...(id !== null && { records: [id] }),
  ...(materialReasonCodeId !== null && { reasonCodes: [{ id: materialReasonCodeId }] }),
  since: now,
})

const decideAll = (
  known: Known,
  { request, violations }: Decoded<ReverseLotRecordRequest>,
  stamp: Circumstances,
): Result.Result<Decision, Refusal> => {
  const result = cascade(known, request, stamp)
  if (result === undefined || 'wanted' in result) throw new Error('a cascade was decided without what it asks for')
  if ('refused' in result) return Result.fail(result.refused)
  const { known: after, versions } = result.decided
  for (const { record } of versions) judgeStrict(known, record, violations)
  const invalid = whyInvalid(violations)
  return invalid === undefined
    ? Result.succeed({ known: after, versions, answers: versions.map((_, place) => place) })
    : Result.fail(invalid)
}

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
        (decoded.request.cascade === true ? undefined : whyNotReleaseAgain(known, original, stamp)))) ??
    whyInvalid(decoded.violations)
  if (refusal !== undefined || original === undefined) return Result.fail(refusal as Refusal)
  if (decoded.request.cascade === true) return decideAll(known, decoded, stamp)
  return Result.map(
    reverseOne(known, original, { notes, materialReasonCodeId }, stamp),
    ({ version, known: after }) => ({
      known: after,
      versions: [version],
    }),
  )
}

/**
 * Takes a posted record back by a new one; with `cascade`, after everything that stands in its way, all or nothing.
 * Needs the permission of the type of each record.
 */
export const reverseLotRecord: Action<ReverseLotRecordRequest> = {
  permission: null,
  decode: reverseLotRecordShape.decode,
  scope,
  more: (known, request, stamp) => {
    const result = request.cascade === true ? cascade(known, request, stamp) : undefined
    return result === undefined || !('wanted' in result)
      ? undefined
      : { ...scope(request, stamp.now), records: [...known.records.keys(), ...result.wanted] }
  },
  violations: (known, decoded) => {
    judge(known, decoded)
    if (decoded.request.id !== null && !known.records.has(decoded.request.id))
      decoded.violations.add('id', 'no lot record has this id')
    return decoded.violations
  },
  decide,
}
