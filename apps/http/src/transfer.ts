import {
  type Epcis,
  type Importer,
  type Inventory,
  type InventoryParts,
  makeEpcis,
  makeImporter,
  makeInventory,
} from '@lotbook/domain'
import { sha256 } from '@lotbook/exchange'
import type { Archive, OpenStore } from '@lotbook/repository'

/** What files of rows are read into, and written from. */
export interface Transfer {
  readonly importer: Importer
  readonly epcis: Epcis
  readonly archive: Pick<Archive, 'write' | 'restore'>
  /** One moment of the ledger, to be read while others write, and how to give it up. */
  readonly snapshot: () => Promise<{
    readonly inventory: Inventory
    readonly epcis: Epcis
    readonly close: () => Promise<void>
  }>
}

/** What {@link makeTransfer} needs besides the store. */
export type TransferParts = Pick<InventoryParts, 'now' | 'newUlid'>

/** Imports into an open store, and exports from it. */
export const makeTransfer = (
  { store, archive, snapshot }: Pick<OpenStore, 'store' | 'archive' | 'snapshot'>,
  parts: TransferParts,
): Transfer => ({
  importer: makeImporter({ store, ...parts }),
  epcis: makeEpcis({ store, ...parts, sha256 }),
  archive,
  snapshot: async () => {
    const moment = await snapshot()
    const over = { store: moment.store, ...parts }
    return { inventory: makeInventory(over), epcis: makeEpcis({ ...over, sha256 }), close: moment.close }
  },
})
