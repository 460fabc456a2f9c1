import { keyTable } from './key-row.ts'

/** The keys of a form. Characters go into the field. */
export const formKeys = keyTable(
  { keys: ['ctrl-s'], does: 'submit', label: 'do it', help: 'Checks the form and does it; what matters asks first.' },
  {
    keys: ['enter'],
    does: 'next',
    label: 'next field',
    help: 'To the next field; on the last line it does it, but never as the end of a scanned code.',
  },
  { keys: ['down'], does: 'below', label: 'next field', help: 'To the next field.', quiet: true },
  { keys: ['up', 'shift-tab'], does: 'previous', label: 'previous field', help: 'To the previous field.', quiet: true },
  {
    keys: ['tab'],
    does: 'complete',
    label: 'complete',
    help: 'Takes the next suggestion; without one, or after a scanned code, goes to the next field. On the last line it does nothing.',
  },
  { keys: ['left'], does: 'left', label: 'left', help: 'One character to the left.', quiet: true },
  { keys: ['right'], does: 'right', label: 'right', help: 'One character to the right.', quiet: true },
  { keys: ['home', 'ctrl-a'], does: 'start', label: 'start', help: 'To the start of the field.', quiet: true },
  { keys: ['end', 'ctrl-e'], does: 'end', label: 'end', help: 'To the end of the field.', quiet: true },
  { keys: ['backspace'], does: 'rubOut', label: 'rub out', help: 'Removes the character before.', quiet: true },
  { keys: ['delete'], does: 'remove', label: 'remove', help: 'Removes the character here.', quiet: true },
  { keys: ['ctrl-u'], does: 'clear', label: 'clear', help: 'Empties the field.', quiet: true },
  { keys: ['escape'], does: 'cancel', label: 'cancel', help: 'Leaves the form; nothing is done.' },
)

/** The keys of a question. Anything else is No, a scanned code too. */
export const questionKeys = keyTable(
  { keys: ['y'], does: 'yes', label: 'yes', help: 'Yes, do it.', dangerous: true },
  {
    keys: ['n', 'escape', 'enter'],
    does: 'no',
    label: 'no',
    help: 'No: back to the form. Enter means No, and so does anything else, a scanned code too.',
  },
)
