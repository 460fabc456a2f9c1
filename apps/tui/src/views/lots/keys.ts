import { keyTable } from '../../keys/key-row.ts'
import { listKeys } from '../../keys/list-keys.ts'

/** The keys of the list of lots. */
export const lotsKeys = keyTable(
  ...listKeys,
  { keys: ['enter'], does: 'open', label: 'open', help: 'Opens the lot.' },
  {
    keys: ['/'],
    does: 'filter',
    label: 'filter',
    help: 'Filters by a part of the name, as typed or in capitals; empty shows all.',
  },
  {
    keys: ['escape'],
    does: 'unfilter',
    label: 'back',
    help: 'Takes the filters away that were set here; without one, goes one step back.',
  },
  {
    keys: ['s'],
    does: 'status',
    label: 'status',
    help: 'Shows the lots of the next status, after the last all again.',
  },
  {
    keys: ['z'],
    does: 'stocked',
    label: 'stocked',
    help: 'Shows only lots with something on hand, or all again.',
    quiet: true,
  },
)
