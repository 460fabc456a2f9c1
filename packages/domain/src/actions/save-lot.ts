import { Result } from 'effect'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import { findLot, type Known, type KnownLot, type Scope } from '../known.ts'
import type { Lot } from '../lot/lot.ts'
import { lotStatuses } from '../lot/lot-status.ts'
import { dateOfStatusChange, decideFirstPosting } from '../lot-record/decide-posting.ts'
import { blankRecord, type LotRecord } from '../lot-record/lot-record.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { DuplicateName, NotFound, type Refusal } from '../refusals.ts'
import {
  type Decoded,
  defineRequest,
  enumField,
  flagField,
  instantField,
  nameField,
  quantityField,
  textField,
  ulidField,
  type Violations,
} from '../request.ts'
import { type Instant, showInstant } from '../time/instant.ts'
import {
  type Action,
  type Circumstances,
  type Decision,
  fieldChanges,
  whyInvalid,
  whyNotPermitted,
  whyStale,
} from './action.ts'
import { judgeStrict, whyDisabled, whyNotRelease } from './record-rules.ts'

/** The request of saveLot: the 14 documented fields. Without `id` it creates, with it it updates: null keeps. */
export const saveLotShape = defineRequest('SaveLotRequest', {
  name: nameField,
  materialId: ulidField,
  status: enumField(lotStatuses),
  totalQuantity: quantityField,
  unitOfMeasureId: ulidField,
  expirationDate: instantField,
  closedDate: instantField,
  supplierId: textField,
  id: ulidField,
  notes: textField,
  enabled: flagField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
})
/** A request of saveLot as the domain reads it. */
export type SaveLotRequest = ReturnType<typeof saveLotShape.decode>['request']

/** The template: the 14 documented fields in their order, with their defaults. */
export const newLot = () => ({
  name: null,
  materialId: null,
  status: 'OPEN' as const,
  totalQuantity: 0,
  unitOfMeasureId: null,
  expirationDate: null,
  closedDate: null,
  supplierId: null,
  id: null,
  notes: null,
  enabled: true,
  spare1: null,
  spare2: null,
  spare3: null,
})

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

// What is disabled gets no new lots; those that it has keep it.
const judgeEnabled = (known: Known, request: SaveLotRequest, before: Lot | undefined, violations: Violations): void => {
  const material = request.materialId === null ? undefined : known.materials.get(request.materialId)
  const unit = request.unitOfMeasureId === null ? undefined : known.units.get(request.unitOfMeasureId)
  if (material?.enabled === false && material.id !== before?.materialId)
    violations.add('materialId', whyDisabled(material.path))
  if (unit?.enabled === false && unit.id !== before?.unitOfMeasureId)
    violations.add('unitOfMeasureId', whyDisabled(unit.symbol))
}

const judge = (known: Known, { request, violations }: Decoded<SaveLotRequest>): void => {
  const before = request.id === null ? undefined : known.lots.get(request.id)
  if (request.id === null)
    for (const field of ['name', 'materialId'] as const)
      if (request[field] === null && !violations.has(field)) violations.add(field, 'is required')
  if (request.materialId !== null && !known.materials.has(request.materialId))
    violations.add('materialId', 'no material has this id')
  if (request.unitOfMeasureId !== null && !known.units.has(request.unitOfMeasureId))
    violations.add('unitOfMeasureId', 'no unit has this id')
  judgeEnabled(known, request, before?.lot, violations)
  if (
    request.totalQuantity !== null &&
    request.totalQuantity !== 0 &&
    request.totalQuantity !== before?.lot.totalQuantity
  )
    violations.add(
      'totalQuantity',
      `must be 0, null or ${showQuantity(before?.lot.totalQuantity ?? 0)}: stock is added by receive, produce, split, merge and editInventoryQuantity`,
    )
  if (request.closedDate !== null && request.closedDate !== before?.lot.closedDate)
    violations.add('closedDate', 'must be left out: it is set when the lot becomes CLOSED')
  if (before === undefined) return
  const isOther = (field: 'materialId' | 'unitOfMeasureId'): boolean =>
    request[field] !== null && request[field] !== before.lot[field]
  if (before.rows.size > 0 && isOther('materialId'))
    violations.add('materialId', 'is fixed once the lot has been posted to')
  // What is not posted yet is in this unit too.
  if (isOther('unitOfMeasureId') && (before.rows.size > 0 || (known.references.get(before.lot.id) ?? []).length > 0))
    violations.add('unitOfMeasureId', 'is fixed once a record refers to the lot: make another lot')
  if (request.name !== null && request.name !== before.lot.name && request.materialId === null)
    violations.add('materialId', 'is required with a new name: names are unique per material')
  if (request.materialId !== null && request.materialId !== before.lot.materialId && request.name === null)
    if (!violations.has('name'))
      violations.add('name', 'is required with another material: names are unique per material')
  const { expirationDate } = before.lot
  if (request.expirationDate !== null && expirationDate !== null && request.expirationDate > expirationDate)
    violations.add(
      'expirationDate',
      `must not be later than ${showInstant(expirationDate)}: only changeStatus puts it back`,
    )
}

const lotOfRequest = (
  known: Known,
  request: SaveLotRequest,
  before: KnownLot | undefined,
  stamp: Circumstances,
): Lot => {
  const materialId = (request.materialId ?? before?.lot.materialId) as Ulid
  const base: Lot = before?.lot ?? {
    id: stamp.newId(),
    name: '',
    materialId,
    unitOfMeasureId: known.materials.get(materialId)?.unitOfMeasureId as Ulid,
    initialStatus: 'OPEN',
    status: 'OPEN',
    totalQuantity: 0,
    expirationDate: null,
    closedDate: null,
    supplierId: null,
    version: 0,
    notes: null,
    enabled: true,
    spare1: null,
    spare2: null,
    spare3: null,
    createdDate: stamp.now,
    createdBy: stamp.actor,
    modifiedDate: null,
    modifiedBy: null,
  }
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
  'notes',
  'enabled',
  'spare1',
  'spare2',
  'spare3',
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
  judge(known, decoded)
  const wanted = request.status === null || request.status === 'OPEN' ? null : request.status
  const refusal =
    (before === undefined ? undefined : whyStale('lot', showUlid(before.lot.id), before.lot.version, stamp)) ??
    whyInvalid(violations)
  if (refusal !== undefined) return Result.fail(refusal)
  const lot = lotOfRequest(known, request, before, stamp)
  const namesake = findLot(known, { name: lot.name, material: { id: lot.materialId } })
  if (namesake !== undefined && namesake.lot.id !== lot.id)
    return Result.fail(new DuplicateName({ kind: 'lot', name: lot.name, existingId: showUlid(namesake.lot.id) }))
  const after: Known = { ...known, lots: new Map(known.lots).set(lot.id, { lot, rows: before?.rows ?? new Map() }) }
  const changes = fieldChanges('lot', showUlid(lot.id), before?.lot ?? {}, lot, ownFields, stamp)
  if (wanted === null || wanted === before?.lot.status) return Result.succeed({ known: after, versions: [], changes })
  return decideStatus(after, decoded, lot, wanted, changes, stamp)
}

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
    judge(known, decoded)
    if (decoded.request.id !== null && !known.lots.has(decoded.request.id))
      decoded.violations.add('id', 'no lot has this id')
    return decoded.violations
  },
  decide,
}
