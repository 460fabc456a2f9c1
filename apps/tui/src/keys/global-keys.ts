import type { Expected } from '../input/keyboard.ts'
import { type KeyRow, keyTable } from './key-row.ts'

/** The keys that work in every view. */
export const globalKeys = keyTable(
  {
    keys: ['?', 'ctrl-g'],
    does: 'help',
    label: 'help',
    help: 'Shows every key that works here; Ctrl-G works while writing too.',
  },
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

/** Those of them that work beside the keys of a view: where text is expected no character, at a question only leaving. */
export const globalKeysBeside = (own: readonly KeyRow[], expected: Expected): readonly KeyRow[] => {
  const taken = new Set(own.flatMap(({ keys }) => keys))
  const works = (key: string): boolean =>
    expected === 'answer' ? key === 'ctrl-c' : !taken.has(key) && (expected === 'keys' || [...key].length > 1)
  return globalKeys.flatMap((row) => {
    const keys = row.keys.filter(works)
    return keys.length === 0 ? [] : [{ ...row, keys }]
  })
}
