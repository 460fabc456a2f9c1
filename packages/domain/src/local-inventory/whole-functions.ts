import { Effect } from 'effect'
import type { Caller, Find, PageFunctions, WholeFunctions } from '../inventory.ts'
import {
  locationArgument,
  locationOrNothing,
  readAllInventory,
  readAllLots,
  readInventoryAt,
  readInventoryForMaterial,
  readLotsForMaterial,
} from '../queries/arguments.ts'
import type { Refusal } from '../refusals.ts'
import type { Decoded } from '../request.ts'
import type { Page } from '../store.ts'
import type { Calls } from './calls.ts'

/** All rows of a list, page by page until there is no next one. */
export const everyRow = <A>(
  page: (after: string | null) => Effect.Effect<Page<A>, Refusal>,
): Effect.Effect<readonly A[], Refusal> =>
  Effect.gen(function* () {
    const rows: A[] = []
    let after: string | null = null
    do {
      const { items, next }: Page<A> = yield* page(after)
      rows.push(...items)
      after = next
    } while (after !== null)
    return rows
  })

/** The documented functions that answer with every row, at once and page by page. */
export const wholeFunctions = ({ store, now, find }: Calls): WholeFunctions => {
  const paged =
    <Q, A>(read: (given: object, after: string | null) => Decoded<Q>, list: Parameters<typeof find<Q, Page<A>>>[1]) =>
    (given: object, after: string | null, caller: Caller): ReturnType<Find<A>> =>
      find((input: unknown) => read(input as object, after), list)(given, caller)

  const pages: PageFunctions = {
    getAllLots: paged(readAllLots(now), store.findLots),
    getLotsForMaterial: paged(readLotsForMaterial(now), store.findLots),
    getAllInventory: paged(readAllInventory(now), store.findInventory),
    getAllInventoryAtLocation: paged(readInventoryAt(now, locationArgument, false), store.findInventory),
    getAllInventoryForLocationAndChildren: paged(readInventoryAt(now, locationOrNothing, true), store.findInventory),
    getInventoryForMaterial: paged(readInventoryForMaterial(now), store.findInventory),
  }
  return {
    pages,
    getAllLots: (caller) => everyRow((after) => pages.getAllLots({}, after, caller)),
    getLotsForMaterial: (materialIdOrPath, caller) =>
      everyRow((after) => pages.getLotsForMaterial({ materialIdOrPath }, after, caller)),
    getAllInventory: (caller) => everyRow((after) => pages.getAllInventory({}, after, caller)),
    getAllInventoryAtLocation: (locationIdOrPath, caller) =>
      everyRow((after) => pages.getAllInventoryAtLocation({ locationIdOrPath }, after, caller)),
    getAllInventoryForLocationAndChildren: (locationIdOrPath, caller) =>
      everyRow((after) => pages.getAllInventoryForLocationAndChildren({ locationIdOrPath }, after, caller)),
    getInventoryForMaterial: (materialIdOrPath, caller) =>
      everyRow((after) => pages.getInventoryForMaterial({ materialIdOrPath }, after, caller)),
  }
}
