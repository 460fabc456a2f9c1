import { keyTable } from './key-row.ts'

/** The keys of everything that is a list. */
export const listKeys = keyTable(
  { keys: ['j', 'down'], does: 'down', label: 'down', help: 'One row down.', quiet: true },
  { keys: ['k', 'up'], does: 'up', label: 'up', help: 'One row up.', quiet: true },
  { keys: ['g', 'home'], does: 'first', label: 'first', help: 'To the first row.', quiet: true },
  { keys: ['G', 'end'], does: 'last', label: 'last', help: 'To the last row.', quiet: true },
  { keys: ['pagedown', 'space'], does: 'pageDown', label: 'page down', help: 'One page down.', quiet: true },
  { keys: ['pageup'], does: 'pageUp', label: 'page up', help: 'One page up.', quiet: true },
)
