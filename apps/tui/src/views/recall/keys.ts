import { keyTable } from '../../keys/key-row.ts'
import { listKeys } from '../../keys/list-keys.ts'

/** The keys of a recall. */
export const recallKeys = keyTable(
  ...listKeys,
  { keys: ['enter'], does: 'open', label: 'open', help: 'Opens the lot, or the record of the shipment.' },
  {
    keys: ['tab', 'right', 'l'],
    does: 'nextPart',
    label: 'next part',
    help: 'Affected lots, where they lie, what was shipped: the next one.',
  },
  { keys: ['shift-tab', 'left'], does: 'previousPart', label: 'previous part', help: 'The one before.', quiet: true },
  {
    keys: ['h'],
    does: 'hold',
    label: 'hold all',
    help: 'Puts every affected lot that has stock on hold (QA_HOLD); it shows which, and asks first.',
    dangerous: true,
  },
  { keys: ['t'], does: 'trace', label: 'trace', help: 'Traces the lot of this row.' },
)
