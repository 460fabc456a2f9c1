import { at } from '../clock.ts'
import type { Fields, Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

/** The operation in which records consume and produce. */
export const operation = '01JE6F0CE9T94PZD8RTH9J01TJ'

/** Short words for a plant whose lots go into each other. Everything lies at the line. */
const tracing = (plant: Plant) => {
  const { line } = plant.location
  const lots = new Map<string, string>()
  const idOf = (name: string): string => lots.get(name) ?? ''
  const nameOf = (id: string): string => [...lots].find(([, other]) => other === id)?.[0] ?? id
  const made = async (name: string, stock: number, setup: Parameters<Plant['lot']>[1] = {}) => {
    lots.set(name, await plant.lot(name, setup))
    if (stock > 0) await plant.receive(idOf(name), stock, 2, line)
  }
  const consumed = (from: string, into: string | null, quantity: number | null, fields: Fields = {}) =>
    plant.save('CONSUME', idOf(from), {
      quantity,
      sourceLocationId: line,
      startDate: at(3),
      ...(into !== null && { secondaryInventoryLotId: idOf(into) }),
      ...fields,
    })
  const produced = (name: string, quantity: number | null, fields: Fields = {}) =>
    plant.save('PRODUCE', idOf(name), { quantity, destinationLocationId: line, startDate: at(4), ...fields })
  const traced = (name: string, query: Fields = {}) =>
    plant.done(plant.inventory.traceLot(idOf(name), query, plant.ada))
  /** The lots that were reached, with their shares; the lot itself left out. */
  const reached = async (name: string, direction: string, query: Fields = {}) => {
    const { nodes } = await traced(name, { direction, ...query })
    return Object.fromEntries(nodes.slice(1).map(({ lotName, shareExact }) => [lotName, shareExact]))
  }
  const edges = async (name: string, query: Fields = {}) =>
    (await traced(name, query)).edges.map(({ source, target, quantity }) => [nameOf(source), nameOf(target), quantity])
  return { line, idOf, made, consumed, produced, traced, reached, edges }
}

/** A plant in a store, with those words. */
export const tracedPlant = async (makeStore: MakeStore) => {
  const plant = await withPlant(makeStore)
  return { plant, ...tracing(plant) }
}

/** A campaign: one lot consumed `times` in an operation that produced as many lots as `names`. One consumption is taken back. */
export const campaign = async (makeStore: MakeStore, times: number, names: readonly string[]) => {
  const { plant, line, idOf, made, consumed, produced } = await tracedPlant(makeStore)
  await made('A', times)
  for (const name of names) await made(name, 0)
  const operationId = { operationId: operation }
  const first = await consumed('A', null, 1, operationId)
  for (let time = 1; time < times; time += 1) await consumed('A', null, 1, operationId)
  for (const name of names) await produced(name, 1, operationId)
  await plant.save('UNCONSUME', idOf('A'), {
    ...{ quantity: 1, startDate: at(5), destinationLocationId: line, consumeRecordId: first.id },
  })
  return { plant, idOf }
}
