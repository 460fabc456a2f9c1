import { Result } from 'effect'
import { refuseAction } from '../guards.ts'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import { type FieldChange, findMaterial, type Known, type KnownLot } from '../known.ts'
import { chooseLots, type Take } from '../lot/choose-lots.ts'
import type { InventoryRow } from '../lot/lot.ts'
import { makeLot } from '../lot/make-lot.ts'
import { decideUnposted } from '../lot-record/decide-posting.ts'
import { decidePostings } from '../lot-record/decide-postings.ts'
import { blankRecord, type LotRecord, type RecordVersion } from '../lot-record/lot-record.ts'
import { lotRecordTypeRules, statusesFor } from '../lot-record/lot-record-type.ts'
import type { Permission } from '../permissions.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { toRef } from '../queries/queries.ts'
import { InsufficientStock, type Refusal } from '../refusals.ts'
import { type Decoded, Violations } from '../request.ts'
import { showInstant } from '../time/instant.ts'
import { type Action, type Circumstances, type Decision, fieldChanges, whyInvalid } from './action.ts'
import { madeConsumer, madeLot } from './made-lot.ts'
import {
  dateOf,
  datesAndReason,
  draftOf,
  type FieldNames,
  judgeDraft,
  type Movement,
  movementScope,
  type Parties,
  partiesOf,
  primaryOf,
  quantityIn,
} from './movement.ts'

/** An action that moves stock: how its request becomes a movement, and what its fields are called. */
export interface MovementShape<R> {
  readonly decode: (input: unknown) => Decoded<R>
  readonly toMovement: (request: R) => Movement
  readonly names: FieldNames
  readonly permission: Permission
}

/** Records that are to be written, and the lots that were made for them. */
export interface Planned {
  readonly known: Known
  readonly records: readonly LotRecord[]
  readonly changes: readonly FieldChange[]
}

const takesFromSource = (type: Movement['lotRecordType']): boolean => lotRecordTypeRules[type].source === 'needed'

/** The lots that a movement without a lot takes from; strictly in order, and one only unless more are allowed. */
const chosen = (
  known: Known,
  movement: Movement,
  parties: Parties,
  stamp: Circumstances,
  violations: Violations,
): Result.Result<readonly Take[], Refusal> => {
  const at = dateOf(movement, stamp.now)
  const material = movement.material === null ? undefined : findMaterial(known, toRef(movement.material))
  if (parties.source === null || material === undefined || movement.lotRecordType === 'STATUS_CHANGE')
    return Result.succeed([])
  const sample: KnownLot['lot'] = makeLot(known, '', material, 'OPEN', stamp).item.lot
  const asked = quantityIn(known, movement, sample, violations)
  if (asked === null || asked <= 0) return Result.succeed([])
  const allowed = statusesFor(movement.lotRecordType, known.policy)
  const { takes, missing, inAnotherUnit } = chooseLots(known, parties.source, material, allowed, asked, at)
  const symbol = (unitId: Ulid): string => known.units.get(unitId)?.symbol ?? ''
  if (inAnotherUnit !== undefined) {
    const { item, why } = inAnotherUnit
    const reason = `it is next in order and kept in ${symbol(item.lot.unitOfMeasureId)}: ${why}`
    const clearedBy = 'Name a lot, or ask for a quantity that can be written in its unit'
    return Result.fail(refuseAction(movement, item, at, reason, clearedBy))
  }
  const enough = missing.numerator === 0n && (takes.length === 1 || movement.allowMultiple)
  if (enough) return Result.succeed(takes)
  const location = known.locations.get(parties.source)
  return Result.fail(
    new InsufficientStock({
      locationId: showUlid(parties.source),
      locationPath: location?.path ?? '',
      lotId: takes[0] === undefined ? '' : showUlid(takes[0].item.lot.id),
      lotName: takes[0]?.item.lot.name ?? '',
      unitOfMeasureSymbol: symbol(material.unitOfMeasureId),
      // What a lot holds in a unit of its own may have no end in this one.
      onHand: showQuantity(asked - Number((missing.numerator + missing.denominator - 1n) / missing.denominator)),
      asked: showQuantity(asked),
      moment: showInstant(at),
      wouldTake: takes.map(({ item, quantity }) => ({
        lotId: showUlid(item.lot.id),
        lotName: item.lot.name,
        quantity: showQuantity(quantity),
        unitOfMeasureSymbol: symbol(item.lot.unitOfMeasureId),
      })),
    }),
  )
}

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

const plan = (
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
  if (movement.material === null) violations.add(names.material, 'is required when no lot is named')
  if (movement.source === null) violations.add(names.source, 'is required when no lot is named')
  if (movement.quantity === null && !violations.has('quantity')) violations.add('quantity', 'is required')
  return Result.map(chosen(known, movement, parties, stamp, violations), (takes) => ({
    known,
    records: takes.map(({ item, quantity }) => draft(known, item, quantity)),
    changes: [],
  }))
}

// The label goes to the row that stock went into, or else to the one that it left.
const label = (
  known: Known,
  version: RecordVersion,
  name: string | null,
  stamp: Circumstances,
): Pick<Planned, 'known' | 'changes'> => {
  const entry = version.stockEntries.find(({ quantity }) => quantity > 0) ?? version.stockEntries[0]
  const item = entry === undefined ? undefined : known.lots.get(entry.lotId)
  const row = entry === undefined ? undefined : item?.rows.get(entry.locationId)
  if (name === null || item === undefined || row === undefined || row.name === name) return { known, changes: [] }
  const after: InventoryRow = { ...row, name }
  const rows = new Map(item.rows).set(row.locationId, after)
  return {
    known: { ...known, lots: new Map(known.lots).set(item.lot.id, { ...item, rows }) },
    changes: fieldChanges<InventoryRow>('inventory', showUlid(row.id), row, after, ['name'], stamp),
  }
}

/** Decides planned records one after the other; each sees what the ones before it did. */
export const decideRecords = (
  planned: Planned,
  name: string | null,
  stamp: Circumstances,
): Result.Result<Decision, Refusal> => {
  let { known } = planned
  const changes = [...planned.changes]
  const versions: RecordVersion[] = []
  const answers: number[] = []
  for (const record of planned.records) {
    answers.push(versions.length)
    if (record.status !== 'COMPLETED') {
      const kept = decideUnposted(known, record, stamp)
      versions.push(kept.version)
      known = kept.known
      continue
    }
    const posted = decidePostings(known, record, stamp)
    if (Result.isFailure(posted)) return Result.fail(posted.failure)
    const [own] = posted.success.versions
    const labelled = own === undefined ? posted.success : label(posted.success.known, own, name, stamp)
    versions.push(...posted.success.versions)
    changes.push(...posted.success.changes, ...(own === undefined ? [] : labelled.changes))
    known = labelled.known
  }
  return Result.succeed({ known, versions, answers, changes })
}

/** How many of a lot's consumptions are looked at first; hardly ever more are taken back at once. */
export const newestConsumptions = 100

/** Makes the action of a movement: scope, violations and decision are the same for all of them. */
export const movementAction = <R>({ decode, toMovement, names, permission }: MovementShape<R>): Action<R> => {
  const decide: Action<R>['decide'] = (known, decoded, stamp) => {
    const movement = toMovement(decoded.request)
    const planned = plan(known, decoded.violations, movement, names, stamp)
    const invalid = whyInvalid(decoded.violations)
    if (invalid !== undefined) return Result.fail(invalid)
    return Result.flatMap(planned, (ready) => decideRecords(ready, movement.label, stamp))
  }
  const scope: Action<R>['scope'] = (request, now) => movementScope(toMovement(request), now)
  return {
    permission,
    decode,
    scope: (request, now) => ({ ...scope(request, now), consumptionsUpTo: newestConsumptions }),
    // What the newest consumptions do not cover may be covered by older ones.
    more: (known, request, stamp) =>
      known.consumptionsCut && Result.isFailure(decide(known, { request, violations: new Violations() }, stamp))
        ? scope(request, stamp.now)
        : undefined,
    violations: (known, decoded, stamp) => {
      plan(known, decoded.violations, toMovement(decoded.request), names, stamp)
      return decoded.violations
    },
    decide,
  }
}
