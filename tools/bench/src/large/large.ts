import { makeInventory, makeUlidSource } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import type { Engine } from '../engines/engine.ts'
import type { Finding } from '../finding.ts'
import { growBare, makeBare } from '../http/bare-database.ts'
import { writeExample } from '../memory/repository-writes.ts'
import { draw, type Plant } from '../plant.ts'
import { median, ratioInTurns } from '../rounds.ts'
import { exporting } from './exporting.ts'
import { grow } from './grow.ts'

const records = 1_000_000
const actions = 1000
const rounds = 15

const call = { actor: 'bench', grants: ['INVENTORY'] } as const

/** Writes a batch of consumptions, and says how many a second that were. */
const batchesInto = async (filename: string, { lots, location }: Plant) => {
  const { store, close } = await openStore({ filename })
  const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
  const rate = async (): Promise<number> => {
    const requests = Array.from({ length: actions }, () => ({
      type: 'CONSUME',
      ...{ quantity: 0.001, lotIdOrName: draw(lots), sourceLocationIdOrPath: location, notes: 'into batch 7' },
    }))
    const start = performance.now()
    await Effect.runPromise(inventory.executeInventoryActions({ requests }, call))
    return (actions * 1000) / (performance.now() - start)
  }
  return { rate, close }
}

const growing = async ({ place }: Engine, small: string, large: string, plant: Plant): Promise<Finding> => {
  const few = await batchesInto(await place(small), plant)
  const many = await batchesInto(await place(large), plant)
  for (const { rate } of [few, many, few, many]) await rate()
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await many.rate())
    theirs.push(await few.rate())
  }
  await few.close()
  await many.close()
  return {
    name: 'B10',
    what: `a batch of ${actions} actions in a store of a million records / in one of 20,000`,
    ratio: ratioInTurns(ours, theirs),
    bar: { sense: 'at least', must: 0.35, goal: 0.6 },
    figures: `${median(ours).toFixed(0)}/s / ${median(theirs).toFixed(0)}/s`,
  }
}

/** B6 and B10: an export of a million records, and how fast batches are in a store that holds as many. */
export const largeStore = async (engine: Engine): Promise<readonly Finding[]> => {
  const plant = await engine.plant('small')
  const { store, close } = await openStore({ filename: await engine.place('small') })
  await writeExample(store, plant)
  await close()
  await engine.copy('small', 'large')
  await grow(engine, 'large', records)
  await makeBare(engine, 'bare', plant)
  await growBare(engine, 'bare', records)
  const exported = await exporting(engine, 'large', 'bare')
  return [...exported, await growing(engine, 'small', 'large', plant)]
}
