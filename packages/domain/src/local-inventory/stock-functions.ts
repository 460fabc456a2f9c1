import { Effect, Result } from 'effect'
import { whyInvalid } from '../actions/action.ts'
import { findRow, setInventoryMetadata } from '../actions/set-inventory-metadata.ts'
import type { StockFunctions } from '../inventory.ts'
import { findLocation, findLot, type Known } from '../known.ts'
import { hasRoom } from '../lot-record/decide-postings.ts'
import { permissionsOf } from '../permissions.ts'
import { readCapacityQuestion, readInventoryOfLot } from '../queries/arguments.ts'
import { NotFound, type Refusal } from '../refusals.ts'
import type { LotRef, Ref } from '../scope.ts'
import { type InventoryView, inventoryView } from '../views/lot-view.ts'
import type { Done } from './answers.ts'
import { type Calls, read } from './calls.ts'

const rowOf = ({ after, now }: Done, { inventoryId }: { readonly inventoryId: string | null }): InventoryView => {
  const found = inventoryId === null ? undefined : findRow(after, inventoryId as Parameters<typeof findRow>[1])
  const { lot } = found?.item ?? {}
  const location = found && after.locations.get(found.row.locationId)
  const material = lot && after.materials.get(lot.materialId)
  const unit = lot && after.units.get(lot.unitOfMeasureId)
  if (
    found === undefined ||
    lot === undefined ||
    location === undefined ||
    material === undefined ||
    unit === undefined
  )
    throw new Error('a row of stock was loaded without its lot, location, material and unit')
  return inventoryView(found.row, lot, location, material, unit, now)
}

/** The functions of single rows of stock, of room for it, and of the caller's own rights. */
export const stockFunctions = ({ store, now, permitted, circumstances, perform, find }: Calls): StockFunctions => ({
  getInventoryByLotAndLocation: (lotIdOrName, materialIdOrPath, locationIdOrPath, caller) => {
    const given = { lotIdOrName, materialIdOrPath, locationIdOrPath }
    const rows = find((input) => readInventoryOfLot(now)(input as object, null), store.findInventory)
    const none = new NotFound({ kind: 'inventory', idOrName: `${lotIdOrName ?? ''} at ${locationIdOrPath ?? ''}` })
    return Effect.flatMap(rows(given, caller), ({ items: [row] }) =>
      row === undefined ? Effect.fail<Refusal>(none) : Effect.succeed(row),
    )
  },
  setInventoryMetadata: perform(setInventoryMetadata, rowOf),
  checkLocationHasCapacity: (locationIdOrPath, lotIdOrName, materialIdOrPath, quantity, caller) =>
    Effect.gen(function* () {
      yield* permitted(caller, read)
      const asked = readCapacityQuestion({ locationIdOrPath, lotIdOrName, materialIdOrPath, quantity })
      const { violations, lot, location } = asked
      const invalid = whyInvalid(violations)
      if (invalid !== undefined || lot === undefined || location === undefined)
        return yield* Effect.fail<Refusal>(invalid ?? new NotFound({ kind: 'lot', idOrName: '' }))
      const stamp = circumstances(caller, now())
      const look = (known: Known) => roomFor(known, location, lot, lotIdOrName ?? '', locationIdOrPath ?? '')
      const answer = yield* store.view({ lots: [lot], arrivesAt: [location], conversions: true }, (known) =>
        Result.map(look(known), ([locationId, lotId]) => hasRoom(known, locationId, lotId, asked.quantity, stamp)),
      )
      return yield* Effect.fromResult(answer)
    }),
  getInventoryPermissions: ({ grants }) => Effect.succeed(permissionsOf(grants)),
})

const roomFor = (known: Known, location: Ref, lot: LotRef, lotText: string, locationText: string) => {
  const place = findLocation(known, location)
  const item = findLot(known, lot)
  if (place === undefined) return Result.fail(new NotFound({ kind: 'location', idOrName: locationText }))
  if (item === undefined) return Result.fail(new NotFound({ kind: 'lot', idOrName: lotText }))
  return Result.succeed([place.id, item.lot.id] as const)
}
