import { checkRandomTraces } from '@lotbook/domain/testing'
import { describe, it } from 'vitest'
import { openStore } from './open-store.ts'

describe('random traces over SQLite', () => {
  it('are those of a naive walk and a naive fold', async () => {
    await checkRandomTraces(() => openStore({ filename: ':memory:' }), { runs: 150 })
  })
})
