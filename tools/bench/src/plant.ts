import { type Call, makeInventory, makeUlidSource, type Store } from '@lotbook/domain'
import { Effect } from 'effect'

/** Where stock lies that a benchmark can draw from. */
export interface Plant {
  /** The ids of the lots, as a client writes them. */
  readonly lots: readonly string[]
  readonly location: string
}

/** How many lots every benchmark of the store begins with. */
export const lotCount = 10_000

const together = 500
const call: Call = { actor: 'bench', grants: ['INVENTORY'] }

/** Writes so many lots into an empty store, each AVAILABLE and with a million kilograms at one location. */
export const seedPlant = async (store: Store, count = lotCount): Promise<Plant> => {
  const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
  const run = Effect.runPromise
  await run(inventory.saveUnit({ name: 'kilogram', symbol: 'kg' }, call))
  const material = await run(inventory.saveMaterial({ path: 'Dairy/Raw milk', unitOfMeasureSymbol: 'kg' }, call))
  const { id: location } = await run(inventory.saveLocation({ path: 'Plant/Warehouse/Bay 1' }, call))
  if (location === null) throw new Error('a saved location has no id')

  const addLot = async (number: number): Promise<string> => {
    const name = `LOT-${String(number).padStart(5, '0')}`
    const { id } = await run(inventory.saveLot({ name, materialId: material.id, status: 'AVAILABLE' }, call))
    const receipt = { lotRecordType: 'RECEIVE', inventoryLotId: id, destinationLocationId: location }
    await run(inventory.saveInventoryLotRecord({ ...receipt, quantity: 1_000_000, status: 'COMPLETED' }, call))
    if (id === null) throw new Error('a saved lot has no id')
    return id
  }

  const lots: string[] = []
  while (lots.length < count) {
    const next = Math.min(together, count - lots.length)
    lots.push(...(await Promise.all(Array.from({ length: next }, (_, i) => addLot(lots.length + i + 1)))))
  }
  return { lots, location }
}

/** Draws an element at random, all equally likely. */
export const draw = <A>(from: readonly A[]): A => from[Math.floor(Math.random() * from.length)] as A
