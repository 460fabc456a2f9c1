import { keyTable } from '../../keys/key-row.ts'
import { listKeys } from '../../keys/list-keys.ts'

/** The keys of a lot. Those of its actions are off when the ledger would refuse them, and say why. */
export const lotKeys = keyTable(
  ...listKeys,
  { keys: ['enter'], does: 'open', label: 'open', help: 'Opens the row: the form of an action, or the record.' },
  { keys: ['tab', 'right', 'l'], does: 'nextPart', label: 'next part', help: 'Stock, actions, history: the next one.' },
  { keys: ['shift-tab', 'left'], does: 'previousPart', label: 'previous part', help: 'The one before.', quiet: true },
  { keys: ['h'], does: 'hold', label: 'hold', help: 'Puts the lot on hold (QA_HOLD).' },
  { keys: ['r'], does: 'release', label: 'release', help: 'Makes the lot AVAILABLE.' },
  { keys: ['t'], does: 'trace', label: 'trace', help: 'Shows where the lot came from and where it went.' },
  {
    keys: ['C'],
    does: 'recall',
    label: 'recall',
    help: 'Shows what the lot reached, and holds all of it.',
    quiet: true,
  },
  { keys: ['T'], does: 'changeStatus', label: 'status', help: 'Puts the lot into another status.', quiet: true },
  { keys: ['c'], does: 'consume', label: 'consume', help: 'Uses up a quantity.' },
  { keys: ['m'], does: 'move', label: 'move', help: 'Carries a quantity to another location.' },
  { keys: ['s'], does: 'split', label: 'split', help: 'Makes a new lot of a part.' },
  { keys: ['M'], does: 'merge', label: 'merge', help: 'Puts the lot into another one.', dangerous: true, quiet: true },
  { keys: ['e'], does: 'editInventoryQuantity', label: 'count', help: 'Writes down what was counted.' },
  { keys: ['x'], does: 'scrap', label: 'scrap', help: 'Throws a quantity away.', dangerous: true },
  { keys: ['S'], does: 'ship', label: 'ship', help: 'Sends a quantity to a customer.', dangerous: true, quiet: true },
  {
    keys: ['B'],
    does: 'returnInventory',
    label: 'return',
    help: 'Sends a quantity back to its supplier.',
    dangerous: true,
    quiet: true,
  },
  { keys: ['R'], does: 'receive', label: 'receive', help: 'Takes a delivery in.', quiet: true },
  { keys: ['P'], does: 'produce', label: 'produce', help: 'Adds what was made.', quiet: true },
  { keys: ['U'], does: 'unconsume', label: 'put back', help: 'Puts back what was consumed.', quiet: true },
)
