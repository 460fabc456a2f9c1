import { keyTable } from './key-row.ts'

/** The keys that work in every view. */
export const globalKeys = keyTable(
  { keys: ['?'], does: 'help', label: 'help', help: 'Shows every key that works here.' },
  { keys: [':'], does: 'command', label: 'command', help: 'Opens the command bar; Tab completes.' },
  { keys: ['escape'], does: 'back', label: 'back', help: 'Goes one step back.' },
  {
    keys: ['u'],
    does: 'undo',
    label: 'undo',
    help: 'Takes back the last action of this session, by reversal.',
    quiet: true,
  },
  { keys: ['q', 'ctrl-c'], does: 'quit', label: 'leave', help: 'Leaves. Ctrl-C works while writing too.' },
)
