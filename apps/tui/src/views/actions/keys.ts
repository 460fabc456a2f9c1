import { keyTable } from '../../keys/key-row.ts'
import { listKeys } from '../../keys/list-keys.ts'

/** The keys of the list of actions. */
export const actionsKeys = keyTable(...listKeys, {
  keys: ['enter'],
  does: 'open',
  label: 'open',
  help: 'Opens the form of the action.',
})
