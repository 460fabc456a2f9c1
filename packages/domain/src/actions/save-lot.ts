import { Result } from 'effect'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import { findLot, type Known, type KnownLot } from '../known.ts'
import { annotationFields, type Lot } from '../lot/lot.ts'
import { blankLot } from '../lot/make-lot.ts'
import { dateOfStatusChange, decideFirstPosting } from '../lot-record/decide-posting.ts'
import { blankRecord, type LotRecord } from '../lot-record/lot-record.ts'
import { DuplicateName, NotFound, type PermissionDenied, type Refusal } from '../refusals.ts'
import type { Decoded } from '../request.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../time/instant.ts'
import {
  type Action,
  type Circumstances,
  type Decision,
  fieldChanges,
  whyInvalid,
  whyNotPermitted,
  whyStale,
} from './action.ts'
import { isInspected, judgeStrict, whyNotRelease } from './record-rules.ts'
import { judgeFields } from './save-lot-fields.ts'
import { type SaveLotRequest, saveLotShape } from './save-lot-request.ts'

const scope = ({ id, name, materialId, unitOfMeasureId }: SaveLotRequest, now: Instant): Scope => ({
  lots: [
    ...(id === null ? [] : [{ id }]),
    ...(name === null || materialId === null ? [] : [{ name, material: { id: materialId } }]),
  ],
  ...(id !== null && { lastStatusChangeOf: [id] }),
  ...(id !== null && unitOfMeasureId !== null && { referencesTo: [id] }),
  ...(materialId !== null && { materials: [{ id: materialId }] }),
  ...(unitOfMeasureId !== null && { units: [{ id: unitOfMeasureId }] }),
  since: now,
})

const lotOfRequest = (
  known: Known,
  request: SaveLotRequest,
  before: KnownLot | undefined,
  stamp: Circumstances,
): Lot => {
  const materialId = (request.materialId ?? before?.lot.materialId) as Ulid
  const base =
    before?.lot ?? blankLot(materialId, known.materials.get(materialId)?.unitOfMeasureId as Ulid, 'OPEN', stamp)
  return {
    ...base,
    name: request.name ?? base.name,
    materialId,
    unitOfMeasureId: request.unitOfMeasureId ?? base.unitOfMeasureId,
    expirationDate: request.expirationDate ?? base.expirationDate,
    supplierId: request.supplierId ?? base.supplierId,
    notes: request.notes ?? base.notes,
    enabled: request.enabled ?? base.enabled,
    spare1: request.spare1 ?? base.spare1,
    spare2: request.spare2 ?? base.spare2,
    spare3: request.spare3 ?? base.spare3,
    version: base.version + 1,
    ...(before !== undefined && { modifiedDate: stamp.now, modifiedBy: stamp.actor }),
  }
}

const ownFields = [
  'name',
  'materialId',
  'unitOfMeasureId',
  'expirationDate',
  'supplierId',
  ...annotationFields,
] as const satisfies readonly (keyof Lot)[]

const decide = (
  known: Known,
  decoded: Decoded<SaveLotRequest>,
  stamp: Circumstances,
): Result.Result<Decision, Refusal> => {
  const { request, violations } = decoded
  const before = request.id === null ? undefined : known.lots.get(request.id)
  if (request.id !== null && before === undefined)
    return Result.fail(new NotFound({ kind: 'lot', idOrName: showUlid(request.id) }))
  judgeFields(known, decoded)
  const wanted = request.status === null || request.status === 'OPEN' ? null : request.status
  const refusal =
    (before === undefined ? undefined : whyStale('lot', showUlid(before.lot.id), before.lot.version, stamp)) ??
    whyInvalid(violations)
  if (refusal !== undefined) return Result.fail(refusal)
  const lot = lotOfRequest(known, request, before, stamp)
  const unseen = whyNotOfInspected(known, before?.lot, lot, wanted, stamp)
  if (unseen !== undefined) return Result.fail(unseen)
  const namesake = findLot(known, { name: lot.name, material: { id: lot.materialId } })
  if (namesake !== undefined && namesake.lot.id !== lot.id)
    return Result.fail(new DuplicateName({ kind: 'lot', name: lot.name, existingId: showUlid(namesake.lot.id) }))
  const after: Known = { ...known, lots: new Map(known.lots).set(lot.id, { lot, rows: before?.rows ?? new Map() }) }
  const changes = fieldChanges('lot', showUlid(lot.id), before?.lot ?? {}, lot, ownFields, stamp)
  if (wanted === null || wanted === before?.lot.status) return Result.succeed({ known: after, versions: [], changes })
  return decideStatus(after, decoded, lot, wanted, changes, stamp)
}

/** Under the strict policy, a lot that is AVAILABLE comes to a material that begins on QA_HOLD by a release only. */
const whyNotOfInspected = (
  known: Known,
  before: Lot | undefined,
  { status, materialId }: Lot,
  wanted: Lot['status'] | null,
  { grants }: Circumstances,
): PermissionDenied | undefined =>
  known.policy === 'strict' &&
  before !== undefined &&
  before.materialId !== materialId &&
  (wanted ?? status) === 'AVAILABLE' &&
  isInspected(known, materialId)
    ? whyNotPermitted(grants, 'INVENTORY.WRITE.RELEASE')
    : undefined

// Another status is a change of status like any other: its record, its rules, its permission. It counts as the same save.
const decideStatus = (
  known: Known,
  { request, violations }: Decoded<SaveLotRequest>,
  lot: Lot,
  lotStatus: Lot['status'],
  changes: Decision['changes'],
  stamp: Circumstances,
): Result.Result<Decision, Refusal> => {
  const record: LotRecord = {
    ...blankRecord(stamp, known.policy),
    lotRecordType: 'STATUS_CHANGE',
    inventoryLotId: lot.id,
    lotStatus,
    endDate: dateOfStatusChange(known, lot.id, stamp.now),
    // Why it changes is said with the change: what the lot has said for long is no reason.
    notes: request.notes,
  }
  judgeStrict(known, record, violations)
  const refusal =
    whyNotPermitted(stamp.grants, 'INVENTORY.WRITE.CHANGE_STATUS') ??
    whyInvalid(violations) ??
    whyNotRelease(known, record, stamp)
  if (refusal !== undefined) return Result.fail(refusal)
  const uncounted: Lot = { ...lot, version: lot.version - 1 }
  const lots = new Map(known.lots).set(lot.id, { lot: uncounted, rows: known.lots.get(lot.id)?.rows ?? new Map() })
  return Result.map(decideFirstPosting({ ...known, lots }, record, stamp), ({ version, known: after }) => ({
    known: after,
    versions: [version],
    changes: changes ?? [],
  }))
}

/** Creates or updates a lot. Its stock is not written here; another status goes through the transition table. */
export const saveLot: Action<SaveLotRequest> = {
  permission: 'INVENTORY.WRITE.SAVE',
  decode: saveLotShape.decode,
  scope,
  violations: (known, decoded) => {
    judgeFields(known, decoded)
    if (decoded.request.id !== null && !known.lots.has(decoded.request.id))
      decoded.violations.add('id', 'no lot has this id')
    return decoded.violations
  },
  decide,
}
