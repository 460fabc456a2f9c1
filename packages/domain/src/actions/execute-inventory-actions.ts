import { Result } from 'effect'
import type { FieldChange, Known } from '../known.ts'
import type { RecordVersion } from '../lot-record/lot-record.ts'
import { BatchItemRefused, type Refusal, type SingleRefusal, ValidationFailed } from '../refusals.ts'
import { type Decoded, Violations } from '../request.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../time/instant.ts'
import { type Action, type Circumstances, type Decision, whyInvalid, whyNotPermitted } from './action.ts'
import { type BatchItem, noteFault, noteFaultsAfter } from './batch-faults.ts'
import { changeStatus } from './change-status.ts'
import { consume } from './consume.ts'
import { editInventoryQuantity } from './edit-inventory-quantity.ts'
import { merge } from './merge.ts'
import { move } from './move.ts'
import { produce } from './produce.ts'
import { receive } from './receive.ts'
import { returnInventory } from './return-inventory.ts'
import { scrap } from './scrap.ts'
import { scrapAll } from './scrap-all.ts'
import { ship } from './ship.ts'
import { split } from './split.ts'
import { unconsume } from './unconsume.ts'

/** How many actions a list may hold. */
export const largestBatch = 10_000

// The request type of an item is known only at run time; each action decodes its own and is never given another's.
const asAny = <R>(action: Action<R>): Action<unknown> => action as Action<unknown>

/** The actions that a list may hold, by their `type`. */
export const actionsByType: Readonly<Record<string, Action<unknown>>> = {
  CONSUME: asAny(consume),
  UNCONSUME: asAny(unconsume),
  PRODUCE: asAny(produce),
  MOVE: asAny(move),
  SPLIT: asAny(split),
  MERGE: asAny(merge),
  SCRAP: asAny(scrap),
  SCRAP_ALL: asAny(scrapAll),
  RETURN: asAny(returnInventory),
  STATUS_CHANGE: asAny(changeStatus),
  EDIT: asAny(editInventoryQuantity),
  RECEIVE: asAny(receive),
  SHIP: asAny(ship),
}

/** The list as it was read: the items in their order, or what is wrong with the list itself. */
export interface BatchRequest {
  readonly items: readonly BatchItem[]
}

const typeOf = (item: unknown): string =>
  typeof item === 'object' && item !== null && 'type' in item && typeof item.type === 'string'
    ? item.type.toUpperCase()
    : ''

// An item of no known type: it stands in the list, so that its place is told like any other's.
const unknownAction: Action<unknown> = {
  permission: null,
  decode: () => {
    const violations = new Violations()
    violations.add('type', `must be one of ${Object.keys(actionsByType).join(', ')}`)
    return { request: null, violations }
  },
  scope: () => ({}),
  violations: (_known, { violations }) => violations,
  decide: (_known, { violations }) => Result.fail(new ValidationFailed({ violations: violations.toMap() })),
}

const decode = (input: unknown): Decoded<BatchRequest> => {
  const violations = new Violations()
  const list = typeof input === 'object' && input !== null && 'requests' in input ? input.requests : undefined
  if (!Array.isArray(list) || list.length === 0 || list.length > largestBatch) {
    violations.add('requests', `must be a list of 1 to ${largestBatch} actions`)
    return { request: { items: [] }, violations }
  }
  for (const key of Object.keys(input as object))
    if (key !== 'requests') violations.add(key, 'is not a field of this request')
  const items = list.map((item: unknown): BatchItem => {
    const action = actionsByType[typeOf(item)] ?? unknownAction
    return { action, decoded: action.decode(item) }
  })
  return { request: { items }, violations }
}

/** All that several actions must know, each thing named once. */
export const together = (scopes: readonly Scope[], now: Instant): Scope => {
  const all = <
    K extends
      | 'lots'
      | 'locations'
      | 'materials'
      | 'units'
      | 'reasonCodes'
      | 'stockAt'
      | 'arrivesAt'
      | 'consumptionsOf'
      | 'consumptions'
      | 'records'
      | 'lastStatusChangeOf'
      | 'numbering',
  >(
    key: K,
  ) => {
    // Many actions name the same things, and each is loaded once.
    const named = new Map<string, unknown>()
    for (const scope of scopes)
      for (const item of (scope[key] ?? []) as readonly unknown[]) named.set(JSON.stringify(item), item)
    return [...named.values()] as unknown as NonNullable<Scope[K]>
  }
  return {
    lots: all('lots'),
    locations: all('locations'),
    materials: all('materials'),
    units: all('units'),
    reasonCodes: all('reasonCodes'),
    stockAt: all('stockAt'),
    arrivesAt: all('arrivesAt'),
    consumptionsOf: all('consumptionsOf'),
    records: all('records'),
    // Where one names none, it may be any.
    ...(scopes.every(
      ({ consumptionsOf, consumptions }) => consumptionsOf === undefined || consumptions !== undefined,
    ) && {
      consumptions: all('consumptions'),
    }),
    lastStatusChangeOf: all('lastStatusChangeOf'),
    numbering: all('numbering'),
    // Without `consumptionsUpTo`: each of the actions may take back more.
    agesOfAll: scopes.some(({ stockAt = [] }) => stockAt.length > 0),
    conversions: scopes.some(({ conversions }) => conversions === true),
    since: scopes.reduce((earliest, { since = now }) => Math.min(earliest, since), now),
  }
}

/** Several actions in their order, all or nothing. A refusal names the item that it is about; violations, all of them. */
export const executeInventoryActions: Action<BatchRequest> = {
  permission: null,
  decode,
  scope: ({ items }, now) =>
    together(
      items.map(({ action, decoded }) => action.scope(decoded.request, now)),
      now,
    ),
  violations: (known, { request, violations }, stamp) => {
    noteFaultsAfter(-1, request.items, known, stamp, violations)
    return violations
  },
  decide: (before, { request: { items }, violations }, stamp) => {
    let known = before
    const versions: RecordVersion[] = []
    const answers: number[] = []
    const changes: FieldChange[] = []
    for (const [index, item] of items.entries()) {
      const decided = decideItem(known, item, stamp)
      if (Result.isFailure(decided)) {
        const refusal = decided.failure as SingleRefusal
        if (refusal._tag !== 'ValidationFailed')
          return Result.fail(whyInvalid(violations) ?? new BatchItemRefused({ index, refusal }))
        noteFault(violations, index, refusal.violations)
        noteFaultsAfter(index, items, known, stamp, violations)
        const all = new ValidationFailed({ violations: violations.toMap() })
        return Result.fail(new BatchItemRefused({ index, refusal: all }))
      }
      const { success } = decided
      for (const answer of success.answers ?? [0]) answers.push(versions.length + answer)
      versions.push(...success.versions)
      changes.push(...(success.changes ?? []))
      known = success.known
    }
    const invalid = whyInvalid(violations)
    return invalid === undefined ? Result.succeed({ known, versions, answers, changes }) : Result.fail(invalid)
  },
}

const decideItem = (
  known: Known,
  { action, decoded }: BatchItem,
  stamp: Circumstances,
): Result.Result<Decision, Refusal> => {
  const forbidden = action.permission === null ? undefined : whyNotPermitted(stamp.grants, action.permission)
  return forbidden === undefined ? action.decide(known, decoded, stamp) : Result.fail(forbidden)
}
