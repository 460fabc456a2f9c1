import { checkEpcisRoundTrips } from '@lotbook/domain/testing'
import { describe, expect, it } from 'vitest'
import { newPostgres } from '../test/postgres-under-test.ts'
import { openStore } from './open-store.ts'

describe('random ledgers over SQLite', () => {
  it('come through events of EPCIS with the same stock and the same traces', async () => {
    const { whole } = await checkEpcisRoundTrips(() => openStore({ filename: ':memory:' }), { runs: 30 })
    expect(whole).toBeGreaterThanOrEqual(27)
  })
})

describe('random ledgers over PostgreSQL', () => {
  it('come through events of EPCIS with the same stock and the same traces', async () => {
    const opened = async () => openStore({ filename: await newPostgres() })
    const { whole } = await checkEpcisRoundTrips(opened, { runs: 8 })
    expect(whole).toBeGreaterThanOrEqual(6)
  })
})
