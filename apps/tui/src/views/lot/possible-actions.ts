import type { Call, Caller, Inventory, InventoryView, LotStatus, LotView, Preview, Refusal } from '@lotbook/domain'
import { Effect, Result } from 'effect'

/** Something that may be done with a lot: which form does it, and why not now, where not. */
export interface PossibleAction {
  /** As in the table of the view's keys. */
  readonly does: string
  readonly form: string
  /** What its form begins with. */
  readonly filled: Readonly<Record<string, string>>
  /** The sentence that the ledger gives; undefined when it may be done. */
  readonly whyNot: string | undefined
}

// The state of the lot, or of who asks, stands in the way, whatever else the form will say.
const stands = new Set<Refusal['_tag']>([
  'ActionRefused',
  'StatusTransitionRefused',
  'InsufficientStock',
  'PermissionDenied',
])

const whyNot = (
  dryRun: (request: unknown, call: Call) => Effect.Effect<Preview, Refusal>,
  request: unknown,
  caller: Caller,
): Effect.Effect<string | undefined, Refusal> =>
  Effect.flatMap(Effect.result(dryRun(request, caller)), (answer) => {
    if (Result.isSuccess(answer)) return Effect.succeed(undefined)
    const { failure } = answer
    if (failure._tag === 'StorageUnavailable') return Effect.fail(failure)
    // What is refused, and of which lot, stands beside it already.
    if (failure._tag === 'ActionRefused') return Effect.succeed(`${failure.reason}. ${failure.clearedBy}`)
    return Effect.succeed(stands.has(failure._tag) ? failure.message : undefined)
  })

type Filled = Readonly<Record<string, string>>

/** What each action of the lot's keys asks for: what its form begins with, and the least that a dry run can be tried with. */
const requests = (
  lot: LotView,
  stock: readonly InventoryView[],
): Readonly<Record<string, { readonly filled: Filled; readonly tried: Filled }>> => {
  const [row, other] = stock
  const named = {
    lotIdOrName: lot.name,
    materialIdOrPath: lot.materialPath,
    unitOfMeasureSymbol: lot.unitOfMeasureSymbol,
  }
  const from: Filled = row !== undefined && other === undefined ? { sourceLocationIdOrPath: row.locationPath } : {}
  const some = { lotIdOrName: lot.id ?? '', quantity: '0.000001' }
  const tried: Filled = { ...some, ...(row !== undefined && { sourceLocationIdOrPath: row.locationPath }) }
  const part = { quantity: '0.000001', sourceLotId: lot.id ?? '' }
  const into: Filled = row === undefined ? {} : { destinationLocationIdOrPath: row.locationPath }
  return {
    consume: { filled: { ...named, ...from }, tried },
    move: { filled: { ...named, ...from }, tried: { ...tried, ...into } },
    split: {
      filled: { sourceLotId: lot.id ?? '', unitOfMeasureSymbol: lot.unitOfMeasureSymbol, ...from },
      tried: { ...part, ...from, destinationLotName: `${lot.name} part` },
    },
    merge: {
      filled: { sourceLotId: lot.id ?? '', unitOfMeasureSymbol: lot.unitOfMeasureSymbol },
      tried: { ...part },
    },
    editInventoryQuantity: {
      filled: { ...named, ...from },
      tried: { lotIdOrName: lot.id ?? '', newQuantity: '1', ...from },
    },
    scrap: { filled: { ...named, ...from }, tried },
    ship: { filled: { ...named, ...from }, tried },
    returnInventory: { filled: { ...named, ...from }, tried },
    receive: { filled: { ...named, ...into }, tried: { ...some, ...into } },
    produce: { filled: { ...named, ...into }, tried: { ...some, ...into } },
    unconsume: { filled: { ...named, ...into }, tried: { ...some, ...into } },
  }
}

const statusAction = (
  inventory: Inventory,
  lot: LotView,
  does: string,
  newStatus: LotStatus | undefined,
  caller: Caller,
): Effect.Effect<PossibleAction, Refusal> => {
  const filled = { lotId: lot.id ?? '', ...(newStatus !== undefined && { newStatus }) }
  const action = { does, form: 'changeStatus', filled }
  if (newStatus === undefined) return Effect.succeed({ ...action, whyNot: undefined })
  if (newStatus === lot.status) return Effect.succeed({ ...action, whyNot: `lot ${lot.name} is ${newStatus} already` })
  return Effect.map(whyNot(inventory.dryRun.changeStatus, filled, caller), (why) => ({ ...action, whyNot: why }))
}

/**
 * Everything that may be done with a lot, in the order of the keys: each is tried on the least quantity as a dry run, so
 * that why not is the ledger's own sentence.
 */
export const possibleActions = (
  inventory: Inventory,
  lot: LotView,
  stock: readonly InventoryView[],
  caller: Caller,
): Effect.Effect<readonly PossibleAction[], Refusal> => {
  const moves = Object.entries(requests(lot, stock)).map(([name, { filled, tried }]) =>
    Effect.map(whyNot(inventory.dryRun[name as keyof Inventory['dryRun']], tried, caller), (why) => ({
      does: name,
      form: name,
      filled,
      whyNot: why,
    })),
  )
  const statuses = [
    statusAction(inventory, lot, 'hold', 'QA_HOLD', caller),
    statusAction(inventory, lot, 'release', 'AVAILABLE', caller),
    statusAction(inventory, lot, 'changeStatus', undefined, caller),
  ]
  return Effect.all([...statuses, ...moves], { concurrency: 8 })
}
