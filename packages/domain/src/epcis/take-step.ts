import { Result } from 'effect'
import type { Circumstances } from '../actions/action.ts'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import { rowActions } from '../import/rows.ts'
import { type FieldChange, findLocation, type Known, type KnownRecord } from '../known.ts'
import { isExpired, type Lot } from '../lot/lot.ts'
import type { RecordVersion } from '../lot-record/lot-record.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { toRef } from '../queries/refs.ts'
import type { PermissionDenied } from '../refusals.ts'
import { Violations } from '../request.ts'
import { lastInstant } from '../time/instant.ts'
import { isWithheld, mayBeUsed } from './condition.ts'
import type { Faults } from './document-faults.ts'
import type { LotName } from './identifiers.ts'
import type { LotIndex } from './lot-index.ts'
import { withLot } from './made-lots.ts'
import { unitOfStep } from './named-units.ts'
import type { RecordRow, Step } from './steps.ts'
import { differences, effective, recordOf } from './told-record.ts'

const { lotRecord } = rowActions

/** A stamp that gives the record its id, and everything else a new one. */
const stampFor = (id: Ulid, stamp: Circumstances): Circumstances => {
  let given = false
  return {
    ...stamp,
    newId: () => {
      if (given) return stamp.newId()
      given = true
      return id
    },
  }
}

/** What a step came to. */
export interface Taken {
  readonly known: Known
  readonly versions: readonly RecordVersion[]
  readonly changes: readonly FieldChange[]
  readonly made: readonly Lot[]
  readonly outcome: 'saved' | 'alreadyThere'
}

/** A step that a rule of the ledger forbids as things stand. */
export interface Forbidden {
  readonly pointer: string
  readonly message: string
  /** Only stock or a lot is missing, which may come with what is told elsewhere in the document. */
  readonly mayWait: boolean
}

/** Goods that are not to be used do not come into a lot that is, or lie in it. */
const whyUsable = (lot: Lot, { row, pointer, pointers }: Step): Forbidden | undefined => {
  const { lotRecordType: type, lotStatus: told } = row
  if (type === 'STATUS_CHANGE' || !isWithheld(told) || !mayBeUsed(lot.status)) return undefined
  if (told === 'EXPIRED' && isExpired(lot, effective(row) ?? lastInstant)) return undefined
  return {
    pointer: pointers.lotStatus ?? pointer,
    message: `says that the goods are not to be used (${told}), and lot ${lot.name} is ${lot.status}, all of it: make the lot ${told} first, here or by an event before this one (OBSERVE holding), or tell these goods as a lot of their own`,
    mayWait: false,
  }
}

const whyOther = ({ record: { id, reversedBy } }: KnownRecord): string =>
  reversedBy === null
    ? `is here as record ${showUlid(id)}, which says something else: correct that record. If it was wrong altogether, reverse it, and give what takes its place an id of its own`
    : `was here as record ${showUlid(id)}, which said something else and was reversed: give what takes its place an id of its own (eventID, or lotbook:recordId)`

/** Does one step. What is wrong with its fields is noted, and nothing comes of it. */
export const takeStep = (
  before: Known,
  index: LotIndex,
  step: Step,
  stamp: Circumstances,
  faults: Faults,
  mightBeMade: (name: LotName) => boolean,
): Result.Result<Taken | Forbidden | undefined, PermissionDenied> => {
  const nothing = Result.succeed(undefined)
  const there = recordOf(before, step)
  if (there !== undefined) {
    const differing = differences(before, index, there, step)
    if (differing.length === 0)
      return Result.succeed({ known: before, versions: [], changes: [], made: [], outcome: 'alreadyThere' })
    const message = whyOther(there)
    for (const field of differing) faults.add(step.pointers[field] ?? step.pointer, message)
    return nothing
  }
  let known = before
  const changes: FieldChange[] = []
  const lots: Lot[] = []
  const made: Lot[] = []
  let isWhole = true
  let missing: Forbidden | undefined
  for (const field of ['sourceLocationPath', 'destinationLocationPath'] as const) {
    const path = step.row[field]
    if (path === null || findLocation(known, toRef(path)) !== undefined) continue
    faults.add(step.pointers[field] ?? step.pointer, `no location has the path ${path}: save it first`)
    isWhole = false
  }
  const isStatusChange = step.row.lotRecordType === 'STATUS_CHANGE'
  for (const named of step.lots) {
    const told = isStatusChange || named !== step.lots[0] ? null : step.row.lotStatus
    const found = withLot(known, index, named, told, stamp, faults, mightBeMade)
    if (found === undefined) isWhole = false
    else if ('missing' in found) missing ??= { pointer: named.pointer, message: found.missing, mayWait: true }
    else {
      known = found.known
      changes.push(...found.changes)
      lots.push(found.lot)
      if (found.made) made.push(found.lot)
    }
  }
  const [lot, other] = lots
  if (isWhole && missing !== undefined) return Result.succeed(missing)
  if (!isWhole || lot === undefined) return nothing
  const usable = whyUsable(lot, step)
  if (usable !== undefined) return Result.succeed(usable)
  let isUnitRead = true
  const unitOfMeasureSymbol = unitOfStep(known, step, lot, {
    add: (pointer, message) => {
      isUnitRead = false
      faults.add(pointer, message)
    },
  })
  if (!isUnitRead) return nothing
  // By their ids, which are found at once.
  const ids = { inventoryLotId: lot.id, secondaryInventoryLotId: other?.id ?? null }
  const request = { ...step.row, ...ids, unitOfMeasureSymbol }
  const decided = lotRecord.decide(known, { request, violations: new Violations() }, stampFor(step.recordId, stamp))
  if (Result.isFailure(decided)) {
    const refusal = decided.failure
    if (refusal._tag === 'PermissionDenied') return Result.fail(refusal)
    if (refusal._tag !== 'ValidationFailed')
      return Result.succeed({
        pointer: step.pointer,
        message: refusal.message,
        mayWait: refusal._tag === 'InsufficientStock',
      })
    for (const [field, messages] of Object.entries(refusal.violations))
      for (const message of messages) faults.add(step.pointers[field as keyof RecordRow] ?? step.pointer, message)
    return nothing
  }
  const { known: after, versions, changes: own = [] } = decided.success
  const moved = versions[0]?.record.quantity ?? null
  if (step.everything !== null && moved !== null && showQuantity(moved) !== step.everything)
    return Result.succeed({
      pointer: step.pointer,
      message: `moves all that the lot holds, which is ${showQuantity(moved)} by then and not ${step.everything}`,
      mayWait: false,
    })
  return Result.succeed({ known: after, versions, changes: [...changes, ...own], made, outcome: 'saved' })
}
