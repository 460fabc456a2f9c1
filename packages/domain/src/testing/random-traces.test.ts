import { describe, it } from 'vitest'
import { memory } from './fixtures.ts'
import { checkRandomTraces } from './random-traces.ts'

describe('random traces in memory', () => {
  it('are those of a naive walk and a naive fold', async () => {
    await checkRandomTraces(async () => memory(), { runs: 40 })
  })
})
