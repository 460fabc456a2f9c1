import { checkRandomHistories } from '@lotbook/domain/testing'
import { describe, it } from 'vitest'
import { openStore } from './open-store.ts'

describe('random histories over SQLite', () => {
  it('agree with a naive ledger after every step', { timeout: 300_000 }, async () => {
    await checkRandomHistories(() => openStore({ filename: ':memory:' }), { runs: 2000, historiesPerStore: 50 })
  })
})
