import { Result } from 'effect'
import type { FieldChange, Known, KnownLot } from '../known.ts'
import { blankRecord, type LotRecord } from '../lot-record/lot-record.ts'
import { lotRecordTypeRules } from '../lot-record/lot-record-type.ts'
import type { Refusal } from '../refusals.ts'
import type { Violations } from '../request.ts'
import type { Circumstances } from './action.ts'
import { chosen } from './chosen-lots.ts'
import { madeConsumer, madeLot } from './made-lot.ts'
import { type FieldNames, type Movement, type Parties, partiesOf, primaryOf } from './movement.ts'
import { datesAndReason, draftOf, judgeDraft, quantityIn } from './movement-record.ts'

/** Records that are to be written, and the lots that were made for them. */
export interface Planned {
  readonly known: Known
  readonly records: readonly LotRecord[]
  readonly changes: readonly FieldChange[]
}

const takesFromSource = (type: Movement['lotRecordType']): boolean => lotRecordTypeRules[type].source === 'needed'

/** Where the lot is missing or yet to be chosen, everything else about the request is judged all the same. */
export const judgeWithoutLot = (
  known: Known,
  movement: Movement,
  parties: Parties,
  names: FieldNames,
  violations: Violations,
  stamp: Circumstances,
  secondaryInventoryLotId = parties.other?.lot.id ?? null,
): void => {
  const record = { ...blankRecord(stamp, known.policy), ...datesAndReason(movement, stamp) }
  judgeDraft(
    known,
    movement,
    {
      ...record,
      lotRecordType: movement.lotRecordType,
      secondaryInventoryLotId,
      quantity: movement.quantity,
      requestedQuantity: movement.quantity,
      sourceLocationId: parties.source,
      destinationLocationId: parties.destination,
    },
    names,
    violations,
    stamp.now,
  )
}

/** The records that a movement comes to, and the lots that are made for them. Notes all that is wrong with its fields. */
export const planMovement = (
  known: Known,
  violations: Violations,
  movement: Movement,
  names: FieldNames,
  stamp: Circumstances,
): Result.Result<Planned, Refusal> => {
  const parties = partiesOf(known, movement, names, violations)
  const consumer = madeConsumer(known, movement, parties, names, stamp, violations)
  if (consumer === undefined) return planWith(known, parties, violations, movement, names, stamp)
  // It may be the very lot that is consumed.
  const primary = parties.primary ?? primaryOf(consumer.known, movement)
  return Result.map(
    planWith(consumer.known, { ...parties, primary, other: consumer.item }, violations, movement, names, stamp),
    (planned) => ({ ...planned, changes: [...consumer.changes, ...planned.changes] }),
  )
}

const planWith = (
  known: Known,
  parties: Parties,
  violations: Violations,
  movement: Movement,
  names: FieldNames,
  stamp: Circumstances,
): Result.Result<Planned, Refusal> => {
  const draft = (base: Known, item: KnownLot, quantity: LotRecord['quantity']): LotRecord => {
    const record = draftOf(base, movement, parties, item, quantity, stamp)
    judgeDraft(base, movement, record, names, violations, stamp.now)
    return record
  }
  if (parties.primary !== undefined) {
    const quantity = quantityIn(known, movement, parties.primary.lot, violations)
    return Result.succeed({ known, records: [draft(known, parties.primary, quantity)], changes: [] })
  }
  if (movement.createIfNotExists && (movement.lot !== null || !takesFromSource(movement.lotRecordType))) {
    const made = madeLot(known, movement, names, stamp, violations)
    if (made === undefined) {
      judgeWithoutLot(known, movement, parties, names, violations, stamp)
      return Result.succeed({ known, records: [], changes: [] })
    }
    const quantity = quantityIn(made.known, movement, made.item.lot, violations)
    return Result.succeed({
      known: made.known,
      records: [draft(made.known, made.item, quantity)],
      changes: made.changes,
    })
  }
  judgeWithoutLot(known, movement, parties, names, violations, stamp)
  if (movement.lot !== null) return Result.succeed({ known, records: [], changes: [] })
  if (!takesFromSource(movement.lotRecordType)) {
    const makes = movement.lotRecordType === 'RECEIVE' || movement.lotRecordType === 'PRODUCE'
    if (!violations.has(names.lot))
      violations.add(names.lot, makes ? 'is required, unless createIfNotExists makes a lot' : 'is required')
    return Result.succeed({ known, records: [], changes: [] })
  }
  if (movement.material === null && !violations.has(names.material))
    violations.add(names.material, 'is required when no lot is named')
  if (movement.source === null && !violations.has(names.source))
    violations.add(names.source, 'is required when no lot is named')
  if (movement.quantity === null && !violations.has('quantity')) violations.add('quantity', 'is required')
  return Result.map(chosen(known, movement, parties, stamp, violations), (takes) => ({
    known,
    records: takes.map(({ item, quantity }) => draft(known, item, quantity)),
    changes: [],
  }))
}
