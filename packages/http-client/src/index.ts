export { type HttpInventoryOptions, makeHttpInventory } from './http-inventory.ts'
