import { expect, it } from 'vitest'
import { memory } from './fixtures.ts'
import { checkEpcisRoundTrips } from './random-epcis.ts'

it('random ledgers come through events of EPCIS with the same stock and the same traces', async () => {
  const { whole, refused } = await checkEpcisRoundTrips(async () => memory(), { runs: 100 })
  expect(whole).toBeGreaterThanOrEqual(95)
  // Records that were reversed or corrected since were once what others stood on.
  for (const message of refused) expect(message).toMatch(/^\/epcisBody\/eventList\/\d+[ /]/u)
})
