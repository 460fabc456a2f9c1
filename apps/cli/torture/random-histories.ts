import { strictEqual } from 'node:assert/strict'
import { checkRandomHistories, memory, type StoreUnderTest } from '@lotbook/domain/testing'
import { openStore } from '@lotbook/repository'
import { newDatabase, startPostgres } from '@lotbook/repository/testing'
import type { Torture } from './torture.ts'

/**
 * T9: random histories of actions, corrections, reversals and cascades, each beside a naive ledger that must agree after
 * every step. Half of its work over PostgreSQL is waiting, so there it is a tenth of them.
 */
export const randomHistories: Torture = async ({ tell, seed, args: [count = '10000'] }) => {
  const runs = Number(count)
  const check = async (where: string, each: number, makeStore: () => Promise<StoreUnderTest>): Promise<void> => {
    const started = Date.now()
    const tally = await checkRandomHistories(makeStore, { runs: each, historiesPerStore: 20, seed })
    const steps = [...tally].filter(([what]) => / done$/u.test(what)).reduce((sum, [, times]) => sum + times, 0)
    const all = [...tally.values()].reduce((sum, times) => sum + times, 0)
    tell(
      `${where}: ${each} histories, ${all} steps, ${steps} of them done: ${Math.round((Date.now() - started) / 1000)} s`,
    )
  }
  await check('memory', runs, async () => memory())
  await check('SQLite', runs, () => openStore({ filename: ':memory:' }))
  const postgres = await startPostgres()
  let databases = 0
  try {
    await check('PostgreSQL', Math.ceil(runs / 10), async () => {
      databases += 1
      return openStore({ filename: await newDatabase(postgres.address, `histories_${databases}`) })
    })
  } finally {
    await postgres.remove()
  }
  strictEqual(databases, Math.ceil(runs / 10 / 20))
}
