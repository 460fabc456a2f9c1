import type { InventoryParts, LocalInventory } from '../inventory.ts'
import { makeCalls } from './calls.ts'
import { eventFunctions } from './event-functions.ts'
import { lotFunctions } from './lot-functions.ts'
import { masterDataFunctions } from './master-data-functions.ts'
import { recallFunctions } from './recall-functions.ts'
import { recordFunctions } from './record-functions.ts'
import { stockFunctions } from './stock-functions.ts'
import { traceFunctions } from './trace-functions.ts'
import { wholeFunctions } from './whole-functions.ts'
import { writeFunctions } from './write-functions.ts'

/** The ledger over a store. */
export const makeInventory = (parts: InventoryParts): LocalInventory => {
  const calls = makeCalls(parts)
  return {
    ...writeFunctions(calls),
    ...lotFunctions(calls),
    ...recordFunctions(calls),
    ...wholeFunctions(calls),
    ...stockFunctions(calls),
    ...masterDataFunctions(calls),
    ...traceFunctions(calls),
    ...recallFunctions(calls),
    ...eventFunctions(calls),
  }
}
