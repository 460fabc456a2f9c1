import { type Caller, type Inventory, type Refusal, readUlid } from '@lotbook/domain'
import { Effect } from 'effect'
import type { ViewRef } from './view-ref.ts'

/** Finds the view that a scanned or typed code stands for: its lot, or the lots of that name where there are several. */
export const findScanned = (
  inventory: Inventory,
  code: string,
  caller: Caller,
): Effect.Effect<ViewRef | undefined, Refusal> => {
  const id = readUlid(code)
  if (id !== undefined)
    return Effect.map(inventory.getLot(code, caller), (lot) => ({ view: 'lot', params: { id: lot.id ?? code } }))
  return Effect.map(inventory.listLots({ name: code, limit: 2 }, caller), ({ items: [lot, other] }) => {
    if (lot === undefined || lot.id === null) return undefined
    return other === undefined
      ? { view: 'lot', params: { id: lot.id } }
      : { view: 'lots', params: { query: { name: code } } }
  })
}
