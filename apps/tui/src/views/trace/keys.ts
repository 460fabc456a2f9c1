import { keyTable } from '../../keys/key-row.ts'
import { listKeys } from '../../keys/list-keys.ts'

/** The keys of a trace. */
export const traceKeys = keyTable(
  ...listKeys,
  { keys: ['enter'], does: 'open', label: 'open', help: 'Opens the lot.' },
  { keys: ['tab'], does: 'direction', label: 'other way', help: 'What it was made of, or what it went into.' },
  { keys: ['right', 'l'], does: 'expand', label: 'expand', help: 'Shows what is below the row (▸).' },
  { keys: ['left', 'h'], does: 'collapse', label: 'collapse', help: 'Hides what is below the row (▾).' },
  {
    keys: ['t'],
    does: 'trace',
    label: 'trace',
    help: 'Traces the lot of this row instead; so does what is beyond the limit (+).',
  },
)
