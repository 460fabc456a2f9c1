import { keyTable } from '../../keys/key-row.ts'
import { listKeys } from '../../keys/list-keys.ts'

/** The keys of the stock by location. */
export const stockKeys = keyTable(
  ...listKeys,
  { keys: ['enter', 'right', 'l'], does: 'open', label: 'open', help: 'Opens a location, or the lot of a row.' },
  { keys: ['left', 'h'], does: 'close', label: 'close', help: 'Closes the location.' },
)
