import type { ActionName, InventoryView, LotActions, LotStatus, LotView } from '@lotbook/domain'
import type { SeenLot } from '../../app/view-ref.ts'

type Filled = Readonly<Record<string, string>>

/** Something that may be done with a lot: which form does it, and why not now, where not. */
export interface PossibleAction {
  /** As in the table of the view's keys. */
  readonly does: string
  readonly form: string
  /** What its form begins with. */
  readonly filled: Filled
  /** What its form is judged by, where a lot that was saved since must be looked at first. */
  readonly seen?: SeenLot
  /** The sentence that the ledger gives; undefined when it may be done. */
  readonly whyNot: string | undefined
}

// Where all of it lies at one place, that is the place; otherwise somebody has to say.
const onlyPlace = ([row, other]: readonly InventoryView[]): string | undefined =>
  other === undefined ? row?.locationPath : undefined

const filledFor = (action: ActionName, lot: LotView, stock: readonly InventoryView[]): Filled => {
  const place = onlyPlace(stock)
  const unit = { unitOfMeasureSymbol: lot.unitOfMeasureSymbol }
  const named = { lotIdOrName: lot.name, materialIdOrPath: lot.materialPath, ...unit }
  const from: Filled = place === undefined ? {} : { sourceLocationIdOrPath: place }
  const into: Filled = place === undefined ? {} : { destinationLocationIdOrPath: place }
  switch (action) {
    case 'split':
      return { sourceLotId: lot.id ?? '', ...unit, ...from }
    case 'merge':
      // The material is no field of the form: lots of it are what can be merged into.
      return { sourceLotId: lot.id ?? '', materialIdOrPath: lot.materialPath, ...unit }
    case 'scrapAll':
      return { ...from, materialIdOrPath: lot.materialPath }
    case 'receive':
    case 'produce':
    case 'unconsume':
      return { ...named, ...into }
    case 'consume':
    case 'move':
    case 'scrap':
    case 'ship':
    case 'returnInventory':
    case 'editInventoryQuantity':
      return { ...named, ...from }
  }
}

// The order in which they are shown, and what the keys call them; scrapAll is about a place, not about a lot.
const order: readonly ActionName[] = [
  ...(['consume', 'move', 'split', 'merge', 'editInventoryQuantity', 'scrap', 'ship'] as const),
  ...(['returnInventory', 'receive', 'produce', 'unconsume'] as const),
]

/** Everything that may be done with a lot, in the order of the keys, with the ledger's own words for what may not. */
export const possibleActions = (
  { actions, statuses }: LotActions,
  lot: LotView,
  stock: readonly InventoryView[],
): readonly PossibleAction[] => {
  const status = (does: string, newStatus: LotStatus | undefined): PossibleAction => {
    const others = statuses.filter((one) => one.status !== lot.status)
    const isAlready = newStatus === lot.status
    const found =
      newStatus !== undefined
        ? others.find((one) => one.status === newStatus)
        : others.some(({ allowed }) => allowed)
          ? undefined
          : others[0]
    const refused = found?.allowed === false ? found.reason : undefined
    return {
      does,
      form: 'changeStatus',
      filled: {
        lotId: lot.id ?? '',
        ...(newStatus !== undefined && { newStatus }),
        ...(newStatus !== 'QA_HOLD' && { expectedStatus: lot.status }),
      },
      // No lot escapes a hold by what was done to it meanwhile.
      ...(newStatus !== 'QA_HOLD' && { seen: { lotId: lot.id ?? '', version: lot.version } }),
      whyNot: isAlready ? `the lot is ${newStatus} already` : refused,
    }
  }
  const moves = order.map((name): PossibleAction => {
    const found = actions.find(({ action }) => action === name)
    return {
      does: name,
      form: name,
      filled: filledFor(name, lot, stock),
      whyNot: found?.allowed === false ? found.reason : undefined,
    }
  })
  return [status('hold', 'QA_HOLD'), status('release', 'AVAILABLE'), status('changeStatus', undefined), ...moves]
}
