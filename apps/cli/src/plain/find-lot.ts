import { type LotView, NotFound, readUlid } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Access } from '../access.ts'
import { exitCode, Stop } from '../exit-code.ts'

/** The lot of that id or name; where several materials have one of that name, the material says which. */
export const findLot = async (
  { inventory, caller }: Pick<Access, 'inventory' | 'caller'>,
  idOrName: string,
  material: string | undefined,
): Promise<LotView> => {
  if (readUlid(idOrName) !== undefined) return Effect.runPromise(inventory.getLot(idOrName, caller))
  const query = { name: idOrName, limit: 2, ...(material !== undefined && { material }) }
  const { items } = await Effect.runPromise(inventory.listLots(query, caller))
  const [lot, other] = items
  if (lot === undefined) throw new NotFound({ kind: 'lot', idOrName })
  if (other !== undefined)
    throw new Stop(`several lots are called ${idOrName}: say which with --material`, { code: exitCode.usage })
  return lot
}
