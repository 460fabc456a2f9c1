import { outgoing } from './outgoing.ts'

const parts = outgoing('RETURN', 'ReturnRequest')

/** The request of returnInventory: every documented field, and ours. */
export const returnInventoryShape = parts.shape

/** The template of returnInventory: the documented fields in their order, with their defaults. */
export const newReturnRequest = parts.template

/** Sends a quantity of a lot back to its supplier. */
export const returnInventory = parts.action
