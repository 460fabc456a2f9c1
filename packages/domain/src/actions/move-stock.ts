import { Result } from 'effect'
import { showUlid } from '../identifiers/ulid.ts'
import type { Known } from '../known.ts'
import type { InventoryRow } from '../lot/lot.ts'
import { decideUnposted } from '../lot-record/decide-posting.ts'
import { decidePostings } from '../lot-record/decide-postings.ts'
import type { RecordVersion } from '../lot-record/lot-record.ts'
import type { Permission } from '../permissions.ts'
import type { Refusal } from '../refusals.ts'
import { type Decoded, Violations } from '../request.ts'
import { type Action, type Circumstances, type Decision, fieldChanges, whyInvalid } from './action.ts'
import { type FieldNames, type Movement, movementScope } from './movement.ts'
import { type Planned, planMovement } from './planned-movement.ts'

/** An action that moves stock: how its request becomes a movement, and what its fields are called. */
export interface MovementShape<R> {
  readonly decode: (input: unknown) => Decoded<R>
  readonly toMovement: (request: R) => Movement
  readonly names: FieldNames
  readonly permission: Permission
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
const decideRecords = (
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

/** An action that plans records and then decides them one after the other. */
export interface PlannedShape<R> extends Pick<Action<R>, 'permission' | 'decode' | 'scope'> {
  /** The records that a request comes to. Notes all that is wrong with its fields. */
  readonly plan: (
    known: Known,
    request: R,
    violations: Violations,
    stamp: Circumstances,
  ) => Result.Result<Planned, Refusal>
  readonly labelOf: (request: R) => string | null
}

/** Makes the action of what is planned: what is wrong with the fields is said before any other refusal. */
export const plannedAction = <R>({ plan, labelOf, ...shape }: PlannedShape<R>): Action<R> => ({
  ...shape,
  violations: (known, { request, violations }, stamp) => {
    plan(known, request, violations, stamp)
    return violations
  },
  decide: (known, { request, violations }, stamp) => {
    const planned = plan(known, request, violations, stamp)
    const invalid = whyInvalid(violations)
    if (invalid !== undefined) return Result.fail(invalid)
    return Result.flatMap(planned, (ready) => decideRecords(ready, labelOf(request), stamp))
  },
})

/** Makes the action of a movement: scope, violations and decision are the same for all of them. */
export const movementAction = <R>({ decode, toMovement, names, permission }: MovementShape<R>): Action<R> => {
  const scope: Action<R>['scope'] = (request, now) => movementScope(toMovement(request), now)
  const action = plannedAction<R>({
    permission,
    decode,
    scope: (request, now) => ({ ...scope(request, now), consumptionsUpTo: newestConsumptions }),
    plan: (known, request, violations, stamp) => planMovement(known, violations, toMovement(request), names, stamp),
    labelOf: (request) => toMovement(request).label,
  })
  return {
    ...action,
    // What the newest consumptions do not cover may be covered by older ones.
    more: (known, request, stamp) =>
      known.consumptionsCut && Result.isFailure(action.decide(known, { request, violations: new Violations() }, stamp))
        ? scope(request, stamp.now)
        : undefined,
  }
}
