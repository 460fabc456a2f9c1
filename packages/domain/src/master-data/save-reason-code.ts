import { Result } from 'effect'
import { type Action, fieldChanges, whyInvalid, whyStale } from '../actions/action.ts'
import { enumField, flagField, nameField, textField, ulidField } from '../fields.ts'
import { showUlid } from '../identifiers/ulid.ts'
import { annotationFields } from '../lot/lot.ts'
import { lotRecordTypes } from '../lot-record/lot-record-type.ts'
import { DuplicateName, NotFound } from '../refusals.ts'
import { defineRequest } from '../request.ts'
import { annotate, authored } from './authored.ts'
import type { ReasonCode } from './master-data.ts'

/** The request that creates a reason code, or with `id` changes one. Null keeps. */
export const saveReasonCodeShape = defineRequest('SaveReasonCodeRequest', {
  id: ulidField,
  lotRecordType: enumField(lotRecordTypes),
  reasonCode: nameField,
  description: textField,
  requireComments: flagField,
  notes: textField,
  enabled: flagField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
})
/** A request that saves a reason code as the domain reads it. */
export type SaveReasonCodeRequest = ReturnType<typeof saveReasonCodeShape.decode>['request']

/** Creates or changes a reason code. (type, code) is unique; the type stays. */
export const saveReasonCode: Action<SaveReasonCodeRequest> = {
  permission: 'INVENTORY.WRITE.MASTER_DATA',
  decode: saveReasonCodeShape.decode,
  scope: ({ id, reasonCode }) => ({
    reasonCodes: [...(id === null ? [] : [{ id }]), ...(reasonCode === null ? [] : [{ name: reasonCode }])],
  }),
  violations: (known, { request, violations }) => {
    const before = request.id === null ? undefined : known.reasonCodes.get(request.id)
    if (request.id === null)
      for (const field of ['lotRecordType', 'reasonCode'] as const)
        if (request[field] === null && !violations.has(field)) violations.add(field, 'is required')
    if (before !== undefined && request.lotRecordType !== null && request.lotRecordType !== before.lotRecordType)
      violations.add('lotRecordType', 'is fixed: make a new reason code')
    return violations
  },
  decide: (known, decoded, stamp) => {
    const { request } = decoded
    const before = request.id === null ? undefined : known.reasonCodes.get(request.id)
    if (request.id !== null && before === undefined)
      return Result.fail(new NotFound({ kind: 'reason code', idOrName: showUlid(request.id) }))
    const refusal =
      (before && whyStale('reason code', showUlid(before.id), before.version, stamp)) ??
      whyInvalid(saveReasonCode.violations(known, decoded, stamp))
    if (refusal !== undefined) return Result.fail(refusal)
    const reason: ReasonCode = {
      ...authored(before, stamp),
      ...annotate(before, request),
      lotRecordType: before?.lotRecordType ?? request.lotRecordType ?? 'SCRAP',
      reasonCode: request.reasonCode ?? before?.reasonCode ?? '',
      description: request.description ?? before?.description ?? null,
      requireComments: request.requireComments ?? before?.requireComments ?? false,
    }
    for (const other of known.reasonCodes.values())
      if (
        other.id !== reason.id &&
        other.reasonCode === reason.reasonCode &&
        other.lotRecordType === reason.lotRecordType
      )
        return Result.fail(
          new DuplicateName({ kind: 'reason code', name: reason.reasonCode, existingId: showUlid(other.id) }),
        )
    const fields = ['lotRecordType', 'reasonCode', 'description', 'requireComments', ...annotationFields] as const
    const changes = fieldChanges('reason code', showUlid(reason.id), before ?? {}, reason, fields, stamp)
    return Result.succeed({
      known: { ...known, reasonCodes: new Map(known.reasonCodes).set(reason.id, reason) },
      versions: [],
      changes,
    })
  },
}
