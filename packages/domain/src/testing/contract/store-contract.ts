import { describe } from 'vitest'
import type { Policy } from '../../lot/lot-status.ts'
import type { StoreUnderTest } from '../fixtures.ts'
import { changeContract } from './change-contract.ts'
import { listContract } from './list-contract.ts'
import { listLotsContract } from './list-lots-contract.ts'
import { loadContract } from './load-contract.ts'
import { loadConversionsContract } from './load-conversions-contract.ts'
import { loadPlacesContract } from './load-places-contract.ts'
import { loadRecordsContract } from './load-records-contract.ts'
import { receiptContract } from './receipt-contract.ts'
import { roundTripContract } from './round-trip-contract.ts'

/** Makes an empty store of its own for each test. */
export type MakeStore = (policy?: Policy) => Promise<StoreUnderTest>

/** What every store must do, whatever it is kept in. Called from a test file, once per store. */
export const storeContract = (name: string, makeStore: MakeStore): void => {
  describe(name, () => {
    changeContract(makeStore)
    receiptContract(makeStore)
    roundTripContract(makeStore)
    loadContract(makeStore)
    loadRecordsContract(makeStore)
    loadPlacesContract(makeStore)
    loadConversionsContract(makeStore)
    listLotsContract(makeStore)
    listContract(makeStore)
  })
}
