import { storeContract } from './contract/store-contract.ts'
import { memory } from './fixtures.ts'

storeContract('the store in memory', async (policy) => memory(policy))
