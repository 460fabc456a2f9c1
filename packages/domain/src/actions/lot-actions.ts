import { Result } from 'effect'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import { isEmpty, type Known, type KnownLot } from '../known.ts'
import { type LotStatus, lotStatuses } from '../lot/lot-status.ts'
import type { Location } from '../master-data/master-data.ts'
import { oneUnit, showQuantity } from '../quantity/quantity.ts'
import type { Refusal } from '../refusals.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../time/instant.ts'
import { type Action, type Circumstances, type Decision, whyNotPermitted } from './action.ts'
import { type ActionName, actionCatalog } from './catalog.ts'
import { changeStatus } from './change-status.ts'
import { newestConsumptions } from './move-stock.ts'

/** Whether something may be done now: or why not, in the words of its refusal, and what would clear it. */
export type Allowed =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string; readonly clears: string }

/** What may be done with a lot now: every action, and every status that it might be put into. */
export interface LotActions {
  readonly actions: readonly ({ readonly action: ActionName } & Allowed)[]
  readonly statuses: readonly ({ readonly status: LotStatus } & Allowed)[]
}

/** What must be known to say what may be done with a lot. */
export const lotActionsScope = (id: Ulid, now: Instant): Scope => ({
  lots: [{ id }],
  consumptionsOf: [{ id }],
  consumptionsUpTo: newestConsumptions,
  lastStatusChangeOf: [id],
  since: now,
})

// The rules are not told again here: each action is decided on a request that somebody might send, and nothing is kept.
const decided = (
  action: Action<unknown>,
  known: Known,
  request: object,
  stamp: Circumstances,
): Result.Result<Decision, Refusal> => {
  const forbidden = action.permission === null ? undefined : whyNotPermitted(stamp.grants, action.permission)
  return forbidden === undefined
    ? action.decide(known, action.decode({ ...request, notes: 'asked in advance' }), stamp)
    : Result.fail(forbidden)
}

const whatClears = (refusal: Refusal): string => {
  switch (refusal._tag) {
    case 'ActionRefused':
    case 'StatusTransitionRefused':
      return refusal.clearedBy
    case 'PermissionDenied':
      return `Ask for the permission ${refusal.permission}`
    case 'InsufficientStock':
      return 'Receive or produce some of it first'
    default:
      return refusal.message
  }
}

const allowedBy = (results: readonly Result.Result<unknown, Refusal>[]): Allowed => {
  const [first] = results
  if (first === undefined || Result.isSuccess(first) || results.some(Result.isSuccess)) return { allowed: true }
  return { allowed: false, reason: first.failure.message, clears: whatClears(first.failure) }
}

/** A place that takes and holds whatever it is asked to: the rules of places are those of the place that is chosen. */
const anyLocation = (stamp: Circumstances): Location => ({
  id: stamp.newId(),
  path: 'any location',
  type: null,
  allowNegativeInventory: false,
  storageCapacity: null,
  storageCapacityUnitId: null,
  lotStorageStrategy: 'ALLOW_MULTIPLE',
  lotUseStrategy: 'FIFO',
  notes: null,
  enabled: true,
  spare1: null,
  spare2: null,
  spare3: null,
  version: 1,
  createdDate: stamp.now,
  createdBy: stamp.actor,
  modifiedDate: null,
  modifiedBy: null,
})

interface From {
  readonly place: Ulid
  readonly quantity: number
}

/** Where the lot lies, most first; where it lies nowhere, a place that holds nothing of it. */
const placesOf = (known: Known, { rows }: KnownLot, nowhere: Ulid): readonly From[] => {
  const all = [...rows.values()].map(({ locationId: place, quantity }) => ({ place, quantity }))
  const held = all.filter(({ quantity }) => quantity > 0).toSorted((a, b) => b.quantity - a.quantity)
  const negative = all.filter(({ place }) => known.locations.get(place)?.allowNegativeInventory === true)
  return held.length > 0 ? held : negative.length > 0 ? negative : [{ place: nowhere, quantity: 0 }]
}

const requestsOf = (
  name: ActionName,
  { lot }: KnownLot,
  places: readonly From[],
  other: Ulid,
  elsewhere: Ulid,
  open: number,
): readonly object[] => {
  const lotIdOrName = showUlid(lot.id)
  const some = (most: number): number => showQuantity(most > 0 ? Math.min(oneUnit, most) : oneUnit)
  const into = { lotIdOrName, destinationLocationIdOrPath: showUlid(elsewhere) }
  const from = places.map(({ place, quantity }) => ({
    quantity: some(quantity),
    sourceLocationIdOrPath: showUlid(place),
  }))
  switch (name) {
    case 'receive':
    case 'produce':
      return [{ ...into, quantity: 1 }]
    case 'unconsume':
      return [{ ...into, quantity: some(open) }]
    case 'move':
      return from.map((place) => ({ ...place, ...into }))
    case 'split':
      return from.map((place) => ({ ...place, sourceLotId: lotIdOrName, destinationLotName: 'a new lot' }))
    case 'merge':
      return [{ sourceLotId: showUlid(other), destinationLotId: lotIdOrName }]
    case 'editInventoryQuantity':
      return places.map(({ place, quantity }) => {
        return {
          lotIdOrName,
          sourceLocationIdOrPath: showUlid(place),
          newQuantity: showQuantity(Math.max(0, quantity)),
        }
      })
    case 'scrapAll':
      return from.map(({ sourceLocationIdOrPath }) => ({ sourceLocationIdOrPath }))
    default:
      return from.map((place) => ({ ...place, lotIdOrName }))
  }
}

/**
 * What may be done with a lot now, by its status and expiry, the policy, what is on hand, and the caller's permissions.
 * A merge is that of another lot like it into this one. scrapAll is left out where nothing of the lot would be scrapped.
 */
export const lotActionsOf = (loaded: Known, item: KnownLot, stamp: Circumstances): LotActions => {
  const [elsewhere, nowhere] = [anyLocation(stamp), anyLocation(stamp)]
  const other = { ...item.lot, id: stamp.newId(), name: 'another lot' }
  const known: Known = {
    ...loaded,
    locations: new Map(loaded.locations).set(elsewhere.id, elsewhere).set(nowhere.id, nowhere),
    lots: new Map(loaded.lots).set(other.id, { lot: other, rows: new Map() }),
  }
  const places = placesOf(known, item, nowhere.id)
  const [newest] = known.consumptions
  const names = (Object.keys(actionCatalog) as ActionName[]).filter(
    (name) => name !== 'scrapAll' || (item.lot.enabled && !isEmpty(item)),
  )
  const actions = names.map((action) => {
    // The request of each action is read by the action itself.
    const own = actionCatalog[action].action as Action<unknown>
    const requests = requestsOf(action, item, places, other.id, elsewhere.id, newest?.open ?? 0)
    return { action, ...allowedBy(requests.map((request) => decided(own, known, request, stamp))) }
  })
  const statuses = lotStatuses.map((status) => {
    const request = { lotId: showUlid(item.lot.id), newStatus: status }
    return { status, ...allowedBy([decided(changeStatus as Action<unknown>, known, request, stamp)]) }
  })
  return { actions, statuses }
}
