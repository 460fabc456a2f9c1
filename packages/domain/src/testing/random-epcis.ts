import { Effect, Result } from 'effect'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { TraceEdge } from '../trace/trace-view.ts'
import { makePlant, type Plant, type StoreUnderTest } from './fixtures.ts'
import { History } from './history.ts'
import { command } from './random-command.ts'
import { eventsIn, tellEvents } from './tell-events.ts'

const path = 'Told/Sugar'

/** What lies where, by names; what is zero is left out. */
const stockOf = async ({ done, inventory, ada }: Plant) => {
  const { items } = await done(inventory.findInventory({ limit: 200, material: path }, ada))
  return Object.fromEntries(items.map((row) => [`${row.lotName} ${row.locationPath}`, row.quantity]))
}

/** The steps of every trace, by names. */
const edgesOf = async ({ done, inventory, ada }: Plant) => {
  const { items } = await done(inventory.listLots({ limit: 200, material: path }, ada))
  const names = new Map(items.map(({ id, name }) => [id as string, name]))
  const edges = new Set<string>()
  const show = ({ source, target, lotRecordType, recordIds, quantity, inferred }: TraceEdge): string =>
    JSON.stringify([names.get(source), names.get(target), lotRecordType, recordIds, quantity, inferred])
  for (const { id } of items)
    for (const edge of (await done(inventory.traceLot(id ?? '', {}, ada))).edges) edges.add(show(edge))
  return [...edges].sort()
}

/** How the documents of random ledgers came into another ledger. */
export interface RoundTrips {
  readonly whole: number
  /** Refused, by the rule that the messages name. */
  readonly refused: readonly string[]
}

/**
 * Random ledgers, told as events and read into a ledger with the same master data: the same stock of each lot at each
 * place and the same traces. What cannot be read is refused by pointer and changes nothing.
 */
export const checkEpcisRoundTrips = async (
  makeStore: () => Promise<StoreUnderTest>,
  { runs: numRuns, seed }: { readonly runs: number; readonly seed?: number },
  judge: (document: unknown) => void = () => undefined,
): Promise<RoundTrips> => {
  const refused: string[] = []
  let whole = 0
  const property = fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 20 }), async (commands) => {
    const plant = await makePlant(await makeStore())
    const history = new History(plant, path)
    await history.begin()
    for (const given of commands) {
      plant.clock.forward(1000)
      await history.step(given)
    }
    const text = await tellEvents(plant)
    expect(await tellEvents(plant)).toBe(text)
    const events = eventsIn(text)
    expect(new Set(events.map(({ eventID }) => eventID)).size).toBe(events.length)
    judge(JSON.parse(text))

    const copy = await makePlant(await makeStore())
    copy.clock.set(plant.clock.now())
    await copy.done(copy.inventory.saveMaterial({ path, unitOfMeasureSymbol: 'kg' }, copy.ada))
    await copy.setPolicy('permissive')
    const before = await copy.dump()
    const done = await copy.result(copy.epcis.importDocument(JSON.parse(text), copy.ada))
    if (Result.isFailure(done)) {
      refused.push(done.failure.message)
      expect(await copy.dump()).toEqual(before)
    } else {
      whole += 1
      expect(await stockOf(copy)).toEqual(await stockOf(plant))
      expect(await edgesOf(copy)).toEqual(await edgesOf(plant))
      const after = await copy.dump()
      const again = await copy.done(copy.epcis.importDocument(JSON.parse(text), copy.ada))
      expect(again).toMatchObject({ saved: 0, lotsMade: 0, alreadyThere: done.success.saved })
      expect(await copy.dump()).toEqual(after)
      // In the ledger that told it, all of it is there.
      const own = await plant.done(plant.epcis.importDocument(JSON.parse(text), plant.ada))
      expect(own).toMatchObject({ saved: 0, lotsMade: 0, alreadyThere: done.success.saved })
    }
    expect((await Effect.runPromise(copy.store.verify())).mismatches).toEqual([])
    await plant.close()
    await copy.close()
  })
  await fc.assert(property, { numRuns, ...(seed !== undefined && { seed }) })
  return { whole, refused }
}
