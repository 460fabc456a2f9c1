import { describe } from 'vitest'
import type { Policy } from '../../lot/lot-status.ts'
import type { StoreUnderTest } from '../fixtures.ts'
import { chainContract } from './chain-contract.ts'
import { changeContract } from './change-contract.ts'
import { cursorContract } from './cursor-contract.ts'
import { epcisContract } from './epcis-contract.ts'
import { epcisFormerIdsContract } from './epcis-former-ids-contract.ts'
import { feedContract } from './feed-contract.ts'
import { idTakenContract } from './id-taken-contract.ts'
import { importContract } from './import-contract.ts'
import { listLotsContract } from './list-lots-contract.ts'
import { listMasterDataContract } from './list-master-data-contract.ts'
import { listRecordsContract } from './list-records-contract.ts'
import { listStockContract } from './list-stock-contract.ts'
import { loadContract } from './load-contract.ts'
import { loadConversionsContract } from './load-conversions-contract.ts'
import { loadFactsContract } from './load-facts-contract.ts'
import { loadPlacesContract } from './load-places-contract.ts'
import { loadRecordsContract } from './load-records-contract.ts'
import { loadTimelinesContract } from './load-timelines-contract.ts'
import { momentsContract } from './moments-contract.ts'
import { presentStockContract } from './present-stock-contract.ts'
import { recallContract } from './recall-contract.ts'
import { recallHoldContract } from './recall-hold-contract.ts'
import { receiptContract } from './receipt-contract.ts'
import { roundTripContract } from './round-trip-contract.ts'
import { searchLotsContract } from './search-lots-contract.ts'
import { stockRowsContract } from './stock-rows-contract.ts'
import { traceContract } from './trace-contract.ts'
import { traceOperationsContract } from './trace-operations-contract.ts'
import { traceSharesContract } from './trace-shares-contract.ts'
import { wholeListsContract } from './whole-lists-contract.ts'

/** Makes an empty store of its own for each test. */
export type MakeStore = (policy?: Policy) => Promise<StoreUnderTest>

const contracts = [
  ...[changeContract, chainContract, receiptContract, importContract, roundTripContract, feedContract],
  ...[loadContract, loadTimelinesContract, loadRecordsContract, loadFactsContract],
  ...[loadPlacesContract, loadConversionsContract, presentStockContract],
  ...[wholeListsContract, stockRowsContract, searchLotsContract],
  ...[listLotsContract, listRecordsContract, listStockContract, listMasterDataContract, cursorContract],
  ...[traceContract, traceOperationsContract, traceSharesContract, recallContract, recallHoldContract, epcisContract],
  ...[momentsContract, idTakenContract, epcisFormerIdsContract],
]

/** What every store must do, whatever it is kept in. Called from a test file, once per store. */
export const storeContract = (name: string, makeStore: MakeStore): void => {
  describe(name, () => {
    for (const contract of contracts) contract(makeStore)
  })
}
