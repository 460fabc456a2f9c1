import { setInventoryMetadataShape } from '@lotbook/domain'
import { Effect } from 'effect'
import { type Operation, ok } from '../operation.ts'
import { Inventory } from '../schemas/lot.ts'

/** Writes on a row of stock. */
export const setInventoryMetadataRoutes: readonly Operation[] = [
  {
    method: 'POST',
    path: '/v1/inventory/set-inventory-metadata',
    id: 'setInventoryMetadata',
    tag: 'Inventory',
    summary: 'Write label, order and notes on a row of stock',
    description: 'A given value replaces, null keeps, empty text clears. Moves nothing and writes no lot record.',
    permission: 'INVENTORY.WRITE.SAVE',
    body: { shape: setInventoryMetadataShape },
    answers: { 200: { description: 'The row as it is now.', schema: Inventory } },
    // A row has no version, so that `If-Match` has nothing to compare with.
    refusals: ['NotFound', 'VersionConflict'],
    handle: ({ inventory }, { body, call }) => Effect.map(inventory.setInventoryMetadata(body, call), ok),
  },
]
