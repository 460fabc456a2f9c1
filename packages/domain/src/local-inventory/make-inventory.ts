import type { Inventory, InventoryParts } from '../inventory.ts'
import { makeCalls } from './calls.ts'
import { lotFunctions } from './lot-functions.ts'
import { masterDataFunctions } from './master-data-functions.ts'
import { recordFunctions } from './record-functions.ts'
import { traceFunctions } from './trace-functions.ts'
import { writeFunctions } from './write-functions.ts'

/** The ledger over a store. */
export const makeInventory = (parts: InventoryParts): Inventory => {
  const calls = makeCalls(parts)
  return {
    ...writeFunctions(calls),
    ...lotFunctions(calls),
    ...recordFunctions(calls),
    ...masterDataFunctions(calls),
    ...traceFunctions(calls),
  }
}
