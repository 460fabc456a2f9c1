import { keyTable } from '../../keys/key-row.ts'
import { listKeys } from '../../keys/list-keys.ts'

/** The keys of a trace. */
export const traceKeys = keyTable(
  ...listKeys,
  { keys: ['enter'], does: 'open', label: 'open', help: 'Opens the lot.' },
  { keys: ['tab'], does: 'direction', label: 'direction', help: 'Where it came from, or where it went.' },
  { keys: ['t'], does: 'trace', label: 'trace', help: 'Traces the lot of this row instead.' },
)
