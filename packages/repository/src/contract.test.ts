import { type StoreUnderTest, storeContract } from '@lotbook/domain/testing'
import { openStore } from './open-store.ts'

storeContract('the store on SQLite', async (policy = 'standard'): Promise<StoreUnderTest> => {
  const { store, close } = await openStore({ filename: ':memory:', policy })
  return { store, close }
})
