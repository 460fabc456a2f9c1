import { checkRandomHistories } from '@lotbook/domain/testing'
import { describe, it } from 'vitest'
import { newPostgres } from '../test/postgres-under-test.ts'
import { openStore } from './open-store.ts'

describe('random histories over SQLite', () => {
  it('agree with a naive ledger after every step', async () => {
    await checkRandomHistories(() => openStore({ filename: ':memory:' }), { runs: 2000, historiesPerStore: 20 })
  })
})

describe('random histories over PostgreSQL', () => {
  it('agree with a naive ledger after every step', async () => {
    const opened = async () => openStore({ filename: await newPostgres() })
    await checkRandomHistories(opened, { runs: 100, historiesPerStore: 20 })
  })
})
