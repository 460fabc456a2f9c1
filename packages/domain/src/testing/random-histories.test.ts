import { describe, expect, it } from 'vitest'
import { memory } from './fixtures.ts'
import { checkRandomHistories } from './random-histories.ts'

describe('random histories', () => {
  it('agree with a naive ledger after every step, and a good part of them is done', async () => {
    const tally = await checkRandomHistories(async () => memory(), { runs: 2000, historiesPerStore: 5 })
    for (const type of ['RECEIVE', 'PRODUCE', 'CONSUME', 'MOVE', 'SPLIT', 'MERGE', 'SCRAP', 'RETURN', 'SHIP', 'EDIT'])
      expect(tally.get(`${type} done`)).toBeGreaterThan(100)
    for (const kind of ['UNCONSUME', 'CORRECT', 'REVERSE', 'CASCADE', 'STATUS_CHANGE'])
      expect(tally.get(`${kind} done`)).toBeGreaterThan(100)
    expect(tally.get('CASCADE took with it')).toBeGreaterThan(100)
    for (const kind of ['CONSUME', 'MOVE', 'MERGE', 'CORRECT', 'REVERSE'])
      expect(tally.get(`${kind} InsufficientStock`)).toBeGreaterThan(50)
  })
})
