import type { Caller, Inventory, Refusal } from '@lotbook/domain'
import { Effect } from 'effect'

/** A word for the present end of the ledger: another one as soon as a record is written. */
export type Head = Effect.Effect<string, Refusal>

/** The end of the ledger by its newest record, for where nothing better is known. */
export const newestRecord = (inventory: Inventory, caller: Caller): Head =>
  Effect.map(inventory.findInventoryLotRecords({ newestFirst: true, limit: 1 }, caller), ({ items: [record] }) =>
    record === undefined ? 'empty' : `${record.id} ${record.version} ${record.sequence}`,
  )
