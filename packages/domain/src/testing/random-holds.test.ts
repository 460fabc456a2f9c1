import { expect, it } from 'vitest'
import { memory } from './fixtures.ts'
import { checkRandomHolds } from './random-holds.ts'

it('no stock of a held lot becomes usable by random records, corrections and reversals', async () => {
  const tally = await checkRandomHolds(async () => memory(), 250)
  for (const kind of ['RECEIVE', 'SPLIT', 'MERGE', 'SCRAP', 'SHIP', 'STATUS', 'REVERSE', 'CORRECT'])
    for (const outcome of ['done', 'refused']) expect(tally.get(`${kind} ${outcome}`)).toBeGreaterThan(5)
})
