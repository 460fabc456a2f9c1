import { expect } from 'vitest'
import type { RecallLot, RecallView } from '../../recall/recall-view.ts'
import { at } from '../clock.ts'
import type { Fields } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

/** Words for a plant in which everything lies at the line, and milk becomes what it is made into. */
export const recalledPlant = async (makeStore: MakeStore) => {
  const plant = await withPlant(makeStore)
  const { inventory, ada, done } = plant
  const { line, cellar } = plant.location
  const lots = new Map<string, string>()
  const idOf = (name: string): string => lots.get(name) ?? ''
  const made = async (name: string, stock: number, setup: Fields = {}) => {
    lots.set(name, await plant.lot(name, setup))
    if (stock > 0) await plant.receive(idOf(name), stock, 2, line)
  }
  const consumed = (from: string, into: string, quantity: number | null, fields: Fields = {}) =>
    plant.save('CONSUME', idOf(from), {
      ...{ quantity, sourceLocationId: line, startDate: at(3), secondaryInventoryLotId: idOf(into), ...fields },
    })
  const produced = (name: string, quantity: number, fields: Fields = {}) =>
    plant.save('PRODUCE', idOf(name), { quantity, destinationLocationId: line, startDate: at(4), ...fields })
  const left = (type: 'SHIP' | 'SCRAP' | 'RETURN', name: string, quantity: number, fields: Fields = {}) =>
    plant.save(type, idOf(name), { quantity, sourceLocationId: line, startDate: at(6), ...fields })
  const shipped = (name: string, quantity: number, fields: Fields) =>
    done(
      inventory.ship(
        { lotIdOrName: idOf(name), quantity, sourceLocationIdOrPath: line, startDate: at(7), ...fields },
        ada,
      ),
    )
  const recalled = (name: string, query: Fields = {}): Promise<RecallView> =>
    done(inventory.recallLot(idOf(name), query, ada))
  const held = (name: string, request: Fields = {}) => done(inventory.holdRecalledLots(idOf(name), request, ada))
  return { plant, line, cellar, idOf, made, consumed, produced, left, shipped, recalled, held }
}

/** The lot of a recall that is called so. */
export const named = ({ lots }: RecallView, name: string): RecallLot =>
  lots.find(({ lotName }) => lotName === name) ?? expect.fail(`${name} is not affected`)

/** A lot that went into two, one of them blended with clean stock, with all that can become of it. */
export const spread = async (makeStore: MakeStore) => {
  const staged = await recalledPlant(makeStore)
  const { made, consumed, produced, left, shipped, line, cellar, idOf, plant } = staged
  await made('A', 100)
  await made('Clean', 70)
  for (const name of ['P', 'Q']) await made(name, 0)
  await consumed('A', 'P', 30)
  await consumed('Clean', 'P', 70)
  await produced('P', 90)
  await plant.save('MOVE', idOf('P'), {
    ...{ quantity: 15, sourceLocationId: line, destinationLocationId: cellar, startDate: at(5) },
  })
  await consumed('P', 'Q', 40, { startDate: at(5) })
  await produced('Q', 40, { startDate: at(5) })
  await left('SHIP', 'Q', 25, { notes: 'To North Market' })
  await shipped('Q', 5, { productionOrderIdOrName: 'SO-17', spare1: 'truck 4' })
  await left('SCRAP', 'P', 3)
  await left('RETURN', 'A', 2.5)
  return staged
}
