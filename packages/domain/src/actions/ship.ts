import { outgoing } from './outgoing.ts'

const parts = outgoing('SHIP', 'ShipRequest')

/** The request of ship: every documented field, and ours. */
export const shipShape = parts.shape

/** The template of ship: the documented fields in their order, with their defaults. */
export const newShipRequest = parts.template

/** Sends a quantity of a lot to a customer. The last on hand makes the lot SHIPPED. */
export const ship = parts.action
