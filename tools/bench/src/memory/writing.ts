import { join } from 'node:path'
import { openStore } from '@lotbook/repository'
import type { Finding } from '../finding.ts'
import { seedPlant } from '../plant.ts'
import { compare } from '../rounds.ts'
import { inScratch } from '../scratch.ts'
import { copyToMemory } from './copy-to-memory.ts'
import { makeRawWrites } from './raw-writes.ts'
import { makeRepositoryWrites, writeExample } from './repository-writes.ts'

const seedFile = async (filename: string) => {
  const { store, close } = await openStore({ filename })
  const plant = await seedPlant(store)
  await writeExample(store, plant)
  await close()
  return plant
}

// Few, and many rounds: a database in memory looks at every page it has at each commit, so it must not grow much.
const writesPerRound = 1008
const rounds = 21

/** B9: writes of the repository in memory, against raw prepared statements that do the same. */
export const writing = (): Promise<readonly Finding[]> =>
  inScratch(async (folder) => {
    const file = join(folder, 'raw.db')
    const seeded = await seedFile(file)
    const raw = makeRawWrites(copyToMemory(file), seeded)
    const { store, close } = await openStore({ filename: ':memory:' })
    const plant = await seedPlant(store)
    const write = makeRepositoryWrites(store, plant, await writeExample(store, plant))
    const findings: Finding[] = []
    for (const group of [16, 1]) {
      const { ours, theirs, ratio } = await compare(
        async (times) => {
          for (let done = 0; done < times; done += group) await write(group)
        },
        (times) => {
          for (let done = 0; done < times; done += group) raw(group)
        },
        writesPerRound,
        rounds,
      )
      findings.push({
        name: 'B9',
        engine: 'SQLite',
        what: `a write of the repository in memory, ${group} at once / raw prepared statements`,
        ratio,
        bar: { sense: 'at most', must: 2, goal: 1.4 },
        figures: `${ours.toFixed(1)} µs / ${theirs.toFixed(1)} µs`,
      })
    }
    await close()
    return findings
  })
