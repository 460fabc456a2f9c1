import { capacityArguments, lotAndLocationArguments } from '@lotbook/domain'
import { Effect, Schema } from 'effect'
import { type Operation, ok } from '../operation.ts'
import { PermissionName } from '../schemas/fields.ts'
import { Inventory } from '../schemas/lot.ts'

const tag = 'Inventory'
const permission = 'INVENTORY.READ.GET'

/** Single rows of stock, room for more, and the caller's own rights. */
export const stockRowsRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/inventory/get-inventory-by-lot-and-location',
    id: 'getInventoryByLotAndLocation',
    tag,
    summary: 'Read how much of a lot lies at a location',
    description: 'A row that is zero is a row. The material is needed, and looked at, only with the name of a lot.',
    permission,
    query: { shape: lotAndLocationArguments },
    answers: { 200: { description: 'The row of stock.', schema: Inventory } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { query, call }) => {
      const { lotIdOrName = null, materialIdOrPath = null, locationIdOrPath = null } = query
      return Effect.map(
        inventory.getInventoryByLotAndLocation(lotIdOrName, materialIdOrPath, locationIdOrPath, call),
        ok,
      )
    },
  },
  {
    method: 'GET',
    path: '/v1/inventory/check-location-has-capacity',
    id: 'checkLocationHasCapacity',
    tag,
    summary: 'Ask whether a location takes a quantity of a lot',
    description:
      'By the rules that a posting there has to pass now: storage strategy and capacity, compared exactly across units. The quantity is in the unit of the lot.',
    permission,
    query: { shape: capacityArguments },
    answers: { 200: { description: 'Whether it does.', schema: Schema.Boolean } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { query, call }) => {
      const { locationIdOrPath = null, lotIdOrName = null, materialIdOrPath = null, quantity = null } = query
      return Effect.map(
        inventory.checkLocationHasCapacity(locationIdOrPath, lotIdOrName, materialIdOrPath, quantity, call),
        ok,
      )
    },
  },
  {
    method: 'GET',
    path: '/v1/inventory/get-inventory-permissions',
    id: 'getInventoryPermissions',
    tag,
    summary: 'List what the key may do',
    description: 'Every permission, sorted; a parent stands for all that it grants. Any key may ask.',
    answers: { 200: { description: 'The permissions.', schema: Schema.Array(PermissionName) } },
    handle: ({ inventory }, { call }) => Effect.map(inventory.getInventoryPermissions(call), ok),
  },
]
