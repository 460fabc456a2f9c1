import { Result } from 'effect'
import { type Circumstances, type Decision, whyInvalid } from '../actions/action.ts'
import { together } from '../actions/execute-inventory-actions.ts'
import { showUlid } from '../identifiers/ulid.ts'
import { rowActions } from '../import/rows.ts'
import type { FieldChange, Known } from '../known.ts'
import type { RecordVersion } from '../lot-record/lot-record.ts'
import type { PermissionDenied, Refusal } from '../refusals.ts'
import { Violations } from '../request.ts'
import type { Scope } from '../scope.ts'
import { type Instant, showInstant } from '../time/instant.ts'
import type { Faults } from './document-faults.ts'
import { type LotName, makeUris, usualBase } from './identifiers.ts'
import { expiresAsTold, type ToldExpiration } from './ilmd.ts'
import { indexedLot, indexKey, indexLots } from './lot-index.ts'
import type { ReadDocument } from './read-document.ts'
import type { Step } from './steps.ts'
import { type Forbidden, takeStep } from './take-step.ts'
import { effective, recordOf } from './told-record.ts'
import { wordsOfCode } from './units.ts'
import { judgeWhole } from './whole-events.ts'

/** What a document comes to. */
export interface DecidedDocument extends Decision {
  readonly saved: number
  readonly alreadyThere: number
  readonly lotsMade: number
}

const { lotRecord } = rowActions
const uris = makeUris(usualBase)

// Pieces are what a quantity without a code is in.
const wordsOf = (code: string | null): readonly string[] =>
  code === null ? ['C62', 'H87', 'EA'].flatMap(wordsOfCode) : wordsOfCode(code)

/** What must be known to decide a document. */
export const scopeOfDocument = ({ steps, withdrawn, beyond }: ReadDocument, now: Instant): Scope => {
  const words = new Set(
    steps.flatMap(({ unitCode, row, lots }) => [
      ...(row.quantity === null || row.unitOfMeasureSymbol !== null ? [] : wordsOf(unitCode)),
      ...lots.flatMap(({ facts }) => facts?.unitOfMeasureSymbol ?? []),
    ]),
  )
  const materials = new Set(steps.flatMap(({ lots }) => lots.map(({ name }) => name.materialPath)))
  const named: Scope = {
    units: Array.from(words, (name) => ({ name })),
    materials: Array.from(materials, (name) => ({ name })),
    conversions: words.size > 0,
  }
  const records = new Set([
    ...[...steps, ...beyond.values()].flatMap(({ recordId, formerIds }) => [recordId, ...formerIds]),
    ...withdrawn.flatMap(({ recordIds }) => recordIds),
  ])
  return { ...together([named, ...steps.map(({ row }) => lotRecord.scope(row, now))], now), records: [...records] }
}

const judgeWithdrawn = (known: Known, { steps, withdrawn }: ReadDocument, faults: Faults): void => {
  const told = new Set(steps.map((step) => recordOf(known, step)?.record.id))
  for (const { pointer, recordIds } of withdrawn)
    for (const id of recordIds) {
      const there = known.records.get(id)
      if (there === undefined || told.has(id) || there.record.reversedBy !== null) continue
      if (there.takenBack === (there.record.quantity ?? 0) && there.takenBack > 0) continue
      faults.add(pointer, `is declared an error, and is here as record ${showUlid(id)}: reverse that record first`)
    }
}

/** What an event that is written anew says of a lot that is here is not set, so it must be what is kept of it. */
const judgeExpirations = (known: Known, { steps }: ReadDocument, faults: Faults): void => {
  const index = indexLots(known)
  const judged = new Set<ToldExpiration>()
  for (const step of steps)
    for (const { name, expiration } of recordOf(known, step) === undefined ? step.lots : []) {
      if (expiration === undefined || judged.has(expiration)) continue
      judged.add(expiration)
      const there = indexedLot(known, index, name)?.lot
      if (there === undefined || expiresAsTold(expiration, there.expirationDate)) continue
      const kept =
        there.expirationDate === null
          ? 'without an expiration date'
          : `with another, ${showInstant(there.expirationDate)}`
      faults.add(expiration.pointer, `lot ${there.name} is here ${kept}: give it this date first, or leave it out`)
    }
}

/** How often what lacks stock or a lot is tried again: what is told later in a document may have happened before. */
const mostRounds = 10

const byTime = (steps: readonly Step[]): readonly Step[] =>
  steps.toSorted((left, right) => (effective(left.row) ?? 0) - (effective(right.row) ?? 0))

interface Attempt {
  readonly decided: DecidedDocument
  /** What the rules forbid. */
  readonly forbidden: ReadonlyMap<Step, Forbidden>
}

/** Takes one step after another; what is wrong with fields is noted. */
const takeSteps = (
  before: Known,
  steps: readonly Step[],
  stamp: Circumstances,
  violations: Violations,
  isSound: boolean,
): Result.Result<Attempt, PermissionDenied> => {
  let known = before
  const versions: RecordVersion[] = []
  const changes: FieldChange[] = []
  const counts = { saved: 0, alreadyThere: 0, lotsMade: 0 }
  const forbidden = new Map<Step, Forbidden>()
  const unmade = new Set<string>()
  const index = indexLots(before)
  const mightBeMade = (name: LotName): boolean => !isSound || unmade.has(uris.lot(name))
  let waiting = steps
  for (let round = 0; round < mostRounds && waiting.length > 0; round++) {
    const short: Step[] = []
    for (const step of waiting) {
      const taken = takeStep(known, index, step, stamp, violations, mightBeMade)
      if (Result.isFailure(taken)) return Result.fail(taken.failure)
      const { success } = taken
      if (success !== undefined && 'outcome' in success) {
        forbidden.delete(step)
        known = success.known
        versions.push(...success.versions)
        changes.push(...success.changes)
        counts[success.outcome] += 1
        counts.lotsMade += success.made.length
        for (const lot of success.made) index.set(indexKey(lot.materialId, lot.name), lot.id)
        continue
      }
      for (const { name, mayBeMade } of step.lots) if (mayBeMade) unmade.add(uris.lot(name))
      if (success === undefined) continue
      forbidden.set(step, success)
      if (success.mayWait) short.push(step)
    }
    if (short.length === waiting.length && round > 0) break
    waiting = byTime(short)
  }
  return Result.succeed({ decided: { known, versions, changes, ...counts }, forbidden })
}

/** Decides the events of a document, in its order or else by their times: all of them or none. */
export const decideDocument = (
  before: Known,
  read: ReadDocument,
  /** What is wrong with the document already. What else is wrong is told with it. */
  wrong: Violations,
  stamp: Circumstances,
): Result.Result<DecidedDocument, Refusal> => {
  // A store may ask again, with what is known by then.
  const violations = new Violations()
  for (const [pointer, messages] of Object.entries(wrong.toMap()))
    for (const message of messages) violations.add(pointer, message)
  judgeWithdrawn(before, read, violations)
  judgeExpirations(before, read, violations)
  judgeWhole(before, read, violations)
  const take = (steps: readonly Step[]) => takeSteps(before, steps, stamp, violations, wrong.isEmpty)
  const first = take(read.steps)
  if (Result.isFailure(first)) return Result.fail(first.failure)
  const { decided, forbidden } = first.success
  if (violations.isEmpty && forbidden.size > 0) {
    const second = take(byTime(read.steps))
    if (Result.isSuccess(second) && violations.isEmpty && second.success.forbidden.size === 0)
      return Result.succeed(second.success.decided)
    for (const { pointer, message } of forbidden.values()) violations.add(pointer, message)
  }
  const invalid = whyInvalid(violations)
  return invalid === undefined ? Result.succeed(decided) : Result.fail(invalid)
}
