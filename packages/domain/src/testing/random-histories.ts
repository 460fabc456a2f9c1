import { Effect } from 'effect'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { makePlant, type Plant, type StoreUnderTest } from './fixtures.ts'
import { History } from './history.ts'
import { command, days } from './random-command.ts'

/** How often each thing happened: a run in which everything is refused would show nothing. */
export type Tally = Map<string, number>

/** How many histories there are, and how many of them happen in one store before it is verified. */
export interface HistoriesOptions {
  readonly runs: number
  readonly historiesPerStore: number
  /** To see a failure again: the seed that fast-check printed. */
  readonly seed?: number
}

/**
 * Random histories, each beside a naive ledger that is compared with the plant after every step: the same stock at
 * every moment, the same totals, and the same refused. In the end every store verifies. fast-check prints the seed.
 */
export const checkRandomHistories = async (
  makeStore: () => Promise<StoreUnderTest>,
  { runs: numRuns, historiesPerStore, seed }: HistoriesOptions,
): Promise<Tally> => {
  const tally: Tally = new Map()
  let plant: Plant | undefined
  let histories = 0
  const finish = async (): Promise<void> => {
    const finished = plant
    plant = undefined
    if (finished === undefined) return
    expect((await Effect.runPromise(finished.store.verify())).mismatches).toEqual([])
    await finished.close()
  }
  const property = fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 12 }), async (commands) => {
    plant ??= await makePlant(await makeStore())
    histories += 1
    const history = new History(plant, `History/${histories}`)
    await history.begin()
    for (const given of commands) {
      const outcome = await history.step(given)
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1)
    }
    tally.set('CASCADE took with it', (tally.get('CASCADE took with it') ?? 0) + history.cascaded)
    await history.compare(...days)
    if (histories % historiesPerStore === 0) await finish()
  })
  await fc.assert(property, { numRuns, ...(seed !== undefined && { seed }) })
  await finish()
  return tally
}
