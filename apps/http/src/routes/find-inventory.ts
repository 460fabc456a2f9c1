import { findInventoryShape } from '@lotbook/domain'
import { Effect } from 'effect'
import { type Operation, ok } from '../operation.ts'
import { pageOf } from '../schemas/common.ts'
import { Inventory } from '../schemas/lot.ts'
import { moments } from './moments.ts'

/** How stock is read. */
export const findInventoryRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/inventory',
    id: 'findInventory',
    tag: 'Inventory',
    summary: 'List stock',
    description: `How much of which lot lies where, now or at a moment. Rows that are zero are left out unless asked for. ${moments} Labels, notes and names are those of today.`,
    permission: 'INVENTORY.READ.GET',
    query: { shape: findInventoryShape },
    answers: { 200: { description: 'A page of stock.', schema: pageOf('InventoryPage', Inventory) } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { query, call }) => Effect.map(inventory.findInventory(query, call), ok),
  },
]
