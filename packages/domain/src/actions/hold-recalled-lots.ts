import { Result } from 'effect'
import { idOrPathField, textField, ulidField } from '../fields.ts'
import { showUlid } from '../identifiers/ulid.ts'
import type { FieldChange, Known } from '../known.ts'
import type { RecordVersion } from '../lot-record/lot-record.ts'
import type { AffectedLot } from '../recall/affected.ts'
import { lotsToHold } from '../recall/recall-hold.ts'
import { largestRecall, recallLimitField } from '../recall/recall-request.ts'
import { ActionRefused, NotFound, nameAlone, type Refusal } from '../refusals.ts'
import { type Decoded, defineRequest } from '../request.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../time/instant.ts'
import { lotToTrace } from '../trace/trace-request.ts'
import { type Action, type Circumstances, type Decision, whyInvalid } from './action.ts'
import { changeStatus } from './change-status.ts'
import { largestBatch } from './execute-inventory-actions.ts'

/** The request of holdRecalledLots. The words go into every record that is written. */
export const holdRecalledLotsShape = defineRequest('HoldRecalledLotsRequest', {
  material: idOrPathField,
  limit: recallLimitField,
  operationId: ulidField,
  inventoryOperationId: ulidField,
  materialReasonCodeId: ulidField,
  notes: textField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
})

/** Which lot is recalled, and with which words its lots are held. */
export interface HoldRecalledLots {
  readonly idOrName: string
  readonly words: ReturnType<typeof holdRecalledLotsShape.decode>['request']
}

/** What the functions give to the action: the lot stands in the path, the words in the body. */
export interface HoldInput {
  readonly idOrName: string
  readonly request: unknown
}

const decode = (input: unknown): Decoded<HoldRecalledLots> => {
  const { idOrName, request } = input as HoldInput
  const { request: words, violations } = holdRecalledLotsShape.decode(request)
  return { request: { idOrName, words }, violations }
}

const scope = ({ idOrName, words }: HoldRecalledLots, now: Instant): Scope => {
  const lot = lotToTrace(idOrName, words.material)
  return {
    ...(lot !== undefined && { affectedBy: { lot, limit: words.limit ?? largestRecall, now } }),
    ...(words.materialReasonCodeId !== null && { reasonCodes: [{ id: words.materialReasonCodeId }] }),
    since: now,
  }
}

/** How many lots one hold may put on QA_HOLD: as many as a list of actions may hold, because others wait meanwhile. */
export const largestHold = largestBatch

const refuseHold = (first: AffectedLot, reason: string, clearedBy: string): ActionRefused =>
  new ActionRefused({
    action: 'STATUS_CHANGE',
    lotId: showUlid(first.id),
    lotName: first.name,
    lotStatus: first.status,
    reason,
    clearedBy,
    blockers: [],
  })

/** A lot that is missing from the list would stay free, and nobody would know: what is cut off is not acted upon. */
const whyTruncated = (first: AffectedLot, count: number): ActionRefused =>
  refuseHold(
    first,
    `more lots are affected than the ${count} that its recall may list, and those that are left out would stay free`,
    `Ask for more with limit, at most ${largestRecall}, or hold the recalls of the lots that it went into, one by one`,
  )

const whyTooMany = (first: AffectedLot, count: number): ActionRefused =>
  refuseHold(
    first,
    `${count} lots would be put on QA_HOLD, and one hold takes at most ${largestHold}`,
    'Hold the recalls of the lots that it went into, one by one',
  )

const decide = (
  before: Known,
  { request: { idOrName, words }, violations }: Decoded<HoldRecalledLots>,
  stamp: Circumstances,
): Result.Result<Decision, Refusal> => {
  const invalid = whyInvalid(violations)
  if (invalid !== undefined) return Result.fail(invalid)
  const { affected } = before
  const [first] = affected?.lots ?? []
  if (affected === undefined || first === undefined)
    return Result.fail(
      lotToTrace(idOrName, words.material) === undefined
        ? nameAlone(idOrName)
        : new NotFound({ kind: 'lot', idOrName }),
    )
  if (affected.truncated) return Result.fail(whyTruncated(first, affected.lots.length))
  const { material: _material, limit: _limit, ...said } = words
  const lots = lotsToHold(before, affected)
  if (lots.length > largestHold) return Result.fail(whyTooMany(first, lots.length))
  let known = before
  const versions: RecordVersion[] = []
  const changes: FieldChange[] = []
  for (const { id } of lots) {
    const decoded = changeStatus.decode({ ...said, lotId: id, newStatus: 'QA_HOLD' })
    const decided = changeStatus.decide(known, decoded, stamp)
    if (Result.isFailure(decided)) return decided
    known = decided.success.known
    versions.push(...decided.success.versions)
    changes.push(...(decided.success.changes ?? []))
  }
  return Result.succeed({ known, versions, changes, answers: versions.map((_, place) => place) })
}

/** Puts every lot that a recall affects and that has stock on QA_HOLD, all or nothing, each by the rule of changeStatus. */
export const holdRecalledLots: Action<HoldRecalledLots> = {
  permission: changeStatus.permission,
  decode,
  scope,
  violations: (_known, { violations }) => violations,
  decide,
}
