import { keyTable } from '../../keys/key-row.ts'
import { listKeys } from '../../keys/list-keys.ts'

/** The keys of the list of lot records. */
export const recordsKeys = keyTable(
  ...listKeys,
  { keys: ['enter'], does: 'open', label: 'open', help: 'Opens the record.' },
  { keys: ['o'], does: 'order', label: 'order', help: 'Newest first, or oldest first.' },
  { keys: ['t'], does: 'type', label: 'type', help: 'Shows the records of the next type, after the last all again.' },
)
