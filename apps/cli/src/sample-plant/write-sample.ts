import type { Instant } from '@lotbook/domain'
import { type OpenStore, openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import { isEmpty } from '../ledger.ts'
import { seedSamplePlant } from './sample-plant.ts'

/** The lines of an archive, one by one. */
async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const part of text) yield* part.split('\n').slice(0, -1)
}

/**
 * Writes the sample plant into a ledger that is empty, whole or not at all: it is made in memory and restored. False where
 * the ledger is not empty, or is not any more since another process was first.
 */
export const writeSample = async (open: OpenStore, today: Instant): Promise<boolean> => {
  if (!(await isEmpty(open))) return false
  const { store, info } = open
  if (info.filename === ':memory:') {
    await Effect.runPromise(seedSamplePlant(store, today))
    return true
  }
  const made = await openStore({ filename: ':memory:', policy: await Effect.runPromise(store.policy()) })
  try {
    await Effect.runPromise(seedSamplePlant(made.store, today))
    await open.archive.restore(linesOf(made.archive.write()))
    return true
  } catch (error) {
    // Whoever was first wrote something that is whole.
    if (!(await isEmpty(open))) return false
    throw error
  } finally {
    await made.close()
  }
}
