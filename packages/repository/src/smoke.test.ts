import { Effect } from 'effect'
import { expect, it } from 'vitest'
import { openStore } from './open-store.ts'
it('opens', async () => {
  const { store, info, close } = await openStore({ filename: ':memory:' })
  console.log(info, await Effect.runPromise(store.checkpoint()))
  expect(await Effect.runPromise(store.findLots({ limit: 10, after: null, now: 0 }))).toEqual({ items: [], next: null })
  await close()
})
