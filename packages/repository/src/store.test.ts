import { checkRandomHistories, storeContract } from '@lotbook/domain/testing'
import { describe, expect, it } from 'vitest'
import { done } from '../test/plant.ts'
import { inSqlite, inSqliteMemory } from '../test/under-test.ts'

storeContract('the store in SQLite', inSqlite)

describe('random histories in SQLite', () => {
  it('agree with a naive ledger after every step', { timeout: 120_000 }, async () => {
    await checkRandomHistories(inSqliteMemory, {
      runs: 20,
      verify: async ({ store }) => expect((await done(store.verify())).mismatches).toEqual([]),
    })
  })
})
