import { Result } from 'effect'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Known, KnownLot, KnownRecord, Scope } from '../known.ts'
import type { Lot } from '../lot/lot.ts'
import { lotStatuses } from '../lot/lot-status.ts'
import { decideCorrection } from '../lot-record/correction.ts'
import { type DecidedVersion, dateOfStatusChange, decideUnposted } from '../lot-record/decide-posting.ts'
import { decidePostings } from '../lot-record/decide-postings.ts'
import { blankRecord, effectiveDate, type LotRecord } from '../lot-record/lot-record.ts'
import { lotRecordTypeRules, lotRecordTypes } from '../lot-record/lot-record-type.ts'
import { recordStatuses, recordStatusMoves } from '../lot-record/record-status.ts'
import { NotFound, type Refusal, StatusTransitionRefused } from '../refusals.ts'
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
import { type Action, type Circumstances, type Decision, whyInvalid, whyNotPermitted, whyStale } from './action.ts'
import { judgeDates, judgePosting, judgeReasonCode, judgeTakenBack, whyNotRelease } from './record-rules.ts'

/**
 * The request of saveInventoryLotRecord: the 22 documented fields, and ours. Without `id` it creates, with it it updates:
 * a given value replaces, null or absent keeps.
 */
export const saveInventoryLotRecordShape = defineRequest('SaveInventoryLotRecordRequest', {
  lotRecordType: enumField(lotRecordTypes),
  inventoryLotId: ulidField,
  inventoryLotName: nameField,
  secondaryInventoryLotId: ulidField,
  secondaryInventoryLotName: nameField,
  operationRecordId: ulidField,
  inventoryOperationId: ulidField,
  productionOrderId: ulidField,
  materialReasonCodeId: ulidField,
  sourceLocationId: ulidField,
  destinationLocationId: ulidField,
  lotStatus: enumField(lotStatuses),
  quantity: quantityField,
  startDate: instantField,
  endDate: instantField,
  status: enumField(recordStatuses),
  id: ulidField,
  notes: textField,
  enabled: flagField,
  spare1: textField,
  spare2: textField,
  spare3: textField,
  operationId: ulidField,
  consumeRecordId: ulidField,
  shiftRecordId: ulidField,
  inventoryOperationName: textField,
  productionOrderName: textField,
})
/** A request of saveInventoryLotRecord as the domain reads it. */
export type SaveInventoryLotRecordRequest = ReturnType<typeof saveInventoryLotRecordShape.decode>['request']

/** What was asked for, where it was in another unit than the lot's; `quantity` is then what it comes to. */
export interface Asked {
  readonly requested?: Pick<LotRecord, 'requestedQuantity' | 'requestedUnitOfMeasureSymbol'> | undefined
}

/** The template: the 22 documented fields in their order, null but `startDate` (now) and `enabled` (true). */
export const newInventoryLotRecord = (now: Instant) => ({
  lotRecordType: null,
  inventoryLotId: null,
  inventoryLotName: null,
  secondaryInventoryLotId: null,
  secondaryInventoryLotName: null,
  operationRecordId: null,
  inventoryOperationId: null,
  productionOrderId: null,
  materialReasonCodeId: null,
  sourceLocationId: null,
  destinationLocationId: null,
  lotStatus: null,
  quantity: null,
  startDate: showInstant(now),
  endDate: null,
  status: null,
  id: null,
  notes: null,
  enabled: true,
  spare1: null,
  spare2: null,
  spare3: null,
})

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

const fixedFields = ['lotRecordType', 'inventoryLotId', 'secondaryInventoryLotId', 'consumeRecordId'] as const

/** A record as the request would leave it, before it is known whether it posts. */
interface Draft {
  readonly record: LotRecord
  readonly before: KnownRecord | undefined
}

// Lots and type may be missing while violations are still being collected; the record is used only when there are none.
const draftOf = (known: Known, request: SaveInventoryLotRecordRequest & Asked, stamp: Circumstances): Draft => {
  const before = request.id === null ? undefined : known.records.get(request.id)
  const old = before?.record ?? blankRecord(stamp, known.policy)
  const lotRecordType = request.lotRecordType ?? old.lotRecordType
  const inventoryLotId = request.inventoryLotId ?? old.inventoryLotId
  const lot = known.lots.get(inventoryLotId)?.lot
  const quantity = request.quantity ?? old.quantity
  const asked = quantity !== old.quantity || (request.quantity !== null && otherUnit(known, old, inventoryLotId))
  const filled = before !== undefined || lotRecordType === 'STATUS_CHANGE' ? null : (lot?.status ?? null)
  // A start later than the record itself is the template’s “now”, and keeps the stored one.
  const isTemplate = before !== undefined && request.startDate !== null && request.startDate > old.createdDate
  const undated = before === undefined && lotRecordType === 'STATUS_CHANGE' && request.endDate === null
  const start = undated ? dateOfStatusChange(known, inventoryLotId, stamp.now) : old.startDate
  const record: LotRecord = {
    id: old.id,
    lotRecordType,
    status: request.status ?? old.status,
    inventoryLotId,
    secondaryInventoryLotId: request.secondaryInventoryLotId ?? old.secondaryInventoryLotId,
    sourceLocationId: request.sourceLocationId ?? old.sourceLocationId,
    destinationLocationId: request.destinationLocationId ?? old.destinationLocationId,
    quantity,
    lotStatus: request.lotStatus ?? old.lotStatus ?? filled,
    startDate: isTemplate ? old.startDate : (request.startDate ?? start),
    endDate: request.endDate ?? old.endDate,
    operationRecordId: request.operationRecordId ?? old.operationRecordId,
    operationId: request.operationId ?? old.operationId,
    inventoryOperationId: request.inventoryOperationId ?? old.inventoryOperationId,
    inventoryOperationName: request.inventoryOperationName ?? old.inventoryOperationName,
    productionOrderId: request.productionOrderId ?? old.productionOrderId,
    productionOrderName: request.productionOrderName ?? old.productionOrderName,
    materialReasonCodeId: request.materialReasonCodeId ?? old.materialReasonCodeId,
    shiftRecordId: request.shiftRecordId ?? old.shiftRecordId,
    posted: old.posted,
    version: before === undefined ? 1 : old.version + 1,
    previousStatus: old.previousStatus,
    expirationDate: old.expirationDate,
    reversalOf: old.reversalOf,
    reversedBy: old.reversedBy,
    countedQuantity: old.countedQuantity,
    requestedQuantity: asked ? quantity : old.requestedQuantity,
    requestedUnitOfMeasureSymbol: asked ? symbolOf(known, lot) : old.requestedUnitOfMeasureSymbol,
    ...request.requested,
    consumeRecordId: request.consumeRecordId ?? old.consumeRecordId,
    policy: known.policy,
    notes: request.notes ?? old.notes,
    enabled: request.enabled ?? old.enabled,
    spare1: request.spare1 ?? old.spare1,
    spare2: request.spare2 ?? old.spare2,
    spare3: request.spare3 ?? old.spare3,
    createdDate: old.createdDate,
    createdBy: old.createdBy,
    modifiedDate: before === undefined ? null : stamp.now,
    modifiedBy: before === undefined ? null : stamp.actor,
  }
  return { before, record }
}

/** Whether a record is given a lot that is kept in another unit than its lot so far. */
const otherUnit = (known: Known, { inventoryLotId }: LotRecord, given: Ulid): boolean => {
  const [from, to] = [known.lots.get(inventoryLotId)?.lot, known.lots.get(given)?.lot]
  return from !== undefined && to !== undefined && from.unitOfMeasureId !== to.unitOfMeasureId
}

const symbolOf = (known: Known, lot: Lot | undefined): string | null =>
  lot === undefined ? null : (known.units.get(lot.unitOfMeasureId)?.symbol ?? null)

const judgeLots = (
  known: Known,
  request: SaveInventoryLotRecordRequest,
  record: LotRecord,
  violations: Violations,
): void => {
  const judge = (
    lot: KnownLot | undefined,
    idField: 'inventoryLotId' | 'secondaryInventoryLotId',
    nameField: 'inventoryLotName' | 'secondaryInventoryLotName',
  ): void => {
    const given = request[nameField]
    if (request[idField] !== null && lot === undefined) violations.add(idField, 'no lot has this id')
    if (given !== null && lot !== undefined && lot.lot.name !== given)
      violations.add(nameField, `must be the name of the lot, ${lot.lot.name}, or be left out`)
  }
  judge(known.lots.get(record.inventoryLotId), 'inventoryLotId', 'inventoryLotName')
  judge(
    record.secondaryInventoryLotId === null ? undefined : known.lots.get(record.secondaryInventoryLotId),
    'secondaryInventoryLotId',
    'secondaryInventoryLotName',
  )
  if (request.secondaryInventoryLotName !== null && record.secondaryInventoryLotId === null)
    violations.add('secondaryInventoryLotName', 'needs the lot itself: give secondaryInventoryLotId')
  const judgePlace = (field: string, place: Ulid | null): void => {
    if (place !== null && !known.locations.has(place)) violations.add(field, 'no location has this id')
  }
  judgePlace('sourceLocationId', request.sourceLocationId)
  judgePlace('destinationLocationId', request.destinationLocationId)
}

// A quantity is in the unit of the lot that it was given for.
const judgeUnit = (
  known: Known,
  request: SaveInventoryLotRecordRequest,
  { record, before }: Draft,
  violations: Violations,
): void => {
  if (before === undefined || before.record.quantity === null || request.quantity !== null) return
  if (!otherUnit(known, before.record, record.inventoryLotId) || violations.has('quantity')) return
  const [from, to] = [before.record.inventoryLotId, record.inventoryLotId].map((id) =>
    symbolOf(known, known.lots.get(id)?.lot),
  )
  violations.add('quantity', `is required with this lot: it is kept in ${to}, and the record's quantity is in ${from}`)
}

const judge = (
  known: Known,
  { request, violations }: Decoded<SaveInventoryLotRecordRequest>,
  stamp: Circumstances,
): Draft => {
  const draft = draftOf(known, request, stamp)
  const { record, before } = draft
  const need = (field: string, value: string | null): void => {
    if (value === null && !violations.has(field)) violations.add(field, 'is required')
  }
  if (before === undefined) {
    need('lotRecordType', request.lotRecordType)
    need('inventoryLotId', request.inventoryLotId)
    need('status', request.status)
  }
  judgeLots(known, request, record, violations)
  judgeUnit(known, request, draft, violations)
  judgeDates(record, before?.record, violations, stamp.now)
  judgeReasonCode(known, record, violations, before?.record)
  if (request.consumeRecordId !== null) judgeTakenBack(known, record, violations)
  if (before?.record.posted === true) {
    for (const field of fixedFields)
      if (request[field] !== null && request[field] !== before.record[field])
        violations.add(field, 'is fixed once the record is posted: reverse the record and write a new one')
    if (record.lotRecordType === 'STATUS_CHANGE' && record.lotStatus !== before.record.lotStatus)
      violations.add(
        'lotStatus',
        'is fixed once the change of status is posted: change the status again, or reverse the record',
      )
  }
  const completed = (request.status ?? before?.record.status) === 'COMPLETED'
  if (completed && record.lotRecordType in lotRecordTypeRules) judgePosting(known, record, violations)
  return draft
}

/** Whether a record, all its fields being right, posts: COMPLETED, and not a memo. */
const posts = (record: LotRecord): boolean =>
  record.status === 'COMPLETED' &&
  (record.quantity !== null || record.lotRecordType === 'MERGE' || record.lotRecordType === 'STATUS_CHANGE')

const postsTheSame = (record: LotRecord, before: LotRecord): boolean =>
  postingFields.every((field) => record[field] === before[field]) && effectiveDate(record) === effectiveDate(before)

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
  const types = [request.lotRecordType, before?.record.lotRecordType ?? null].filter((type) => type !== null)
  const refused =
    types
      .map((type) => whyNotPermitted(stamp.grants, lotRecordTypeRules[type].permission))
      .find((denied) => denied !== undefined) ??
    (before === undefined
      ? undefined
      : whyStale('lot record', showUlid(before.record.id), before.record.version, stamp))
  if (refused !== undefined) return Result.fail(refused)
  const { record } = judge(known, decoded, stamp)
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
      ? Result.succeed(alone(decideUnposted(known, record, stamp)))
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
    judge(known, decoded, stamp)
    if (decoded.request.id !== null && !known.records.has(decoded.request.id))
      decoded.violations.add('id', 'no lot record has this id')
    return decoded.violations
  },
  decide,
}
