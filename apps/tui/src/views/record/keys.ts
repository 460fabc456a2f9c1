import { keyTable } from '../../keys/key-row.ts'
import { listKeys } from '../../keys/list-keys.ts'

/** The keys of one lot record. */
export const recordKeys = keyTable(
  ...listKeys,
  { keys: ['l'], does: 'lot', label: 'lot', help: 'Opens the lot of the record.' },
  { keys: ['L'], does: 'otherLot', label: 'other lot', help: 'Opens the other lot of the record.' },
  {
    keys: ['x'],
    does: 'reverse',
    label: 'take back',
    help: 'Takes the record back, by a new record that posts the opposite.',
    dangerous: true,
  },
)
