import type { Ulid } from '../identifiers/ulid.ts'
import type { Known, KnownLot } from '../known.ts'
import type { LotRecord } from '../lot-record/lot-record.ts'
import { lotRecordTypeRules } from '../lot-record/lot-record-type.ts'
import type { Decoded, Violations } from '../request.ts'
import type { Circumstances } from './action.ts'
import { judgeDates, judgePosting, judgeReasonCode, judgeTakenBack } from './record-rules.ts'
import { type Draft, draftOf, otherUnit, symbolOf } from './save-inventory-lot-record-draft.ts'
import type { SaveInventoryLotRecordRequest } from './save-inventory-lot-record-request.ts'

const fixedFields = ['lotRecordType', 'inventoryLotId', 'secondaryInventoryLotId', 'consumeRecordId'] as const

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

/** Notes all that is wrong with the fields of a request, and says what record it would leave. */
export const judgeFields = (
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
  if (completed && record.lotRecordType in lotRecordTypeRules) judgePosting(known, record, violations, before?.record)
  return draft
}
