import { lotColumns, plainTable } from '@lotbook/tui/plain'
import { Effect } from 'effect'
import { moreOf, plainCommand, queryOf } from '../plain/plain-command.ts'

/** Lists lots. */
export const command = plainCommand({
  usage: 'lots [PART OF A NAME]',
  about: 'Lists lots, a page at a time, in the order in which they were made.',
  words: { least: 0, names: ['PART'] },
  flags: {
    ...{ status: 'text', material: 'text', location: 'text', 'on-hand': 'yes', subtree: 'yes' },
    ...{ limit: 'text', cursor: 'text' },
  },
  typedAs: { effectiveStatus: '--status', nameContains: 'PART' },
  read: async ({ inventory, caller }, { flags: { status, ...flags }, words: [part] }) => {
    const query = {
      ...queryOf({ ...flags, effectiveStatus: status }),
      ...(part !== undefined && { nameContains: part }),
    }
    const page = await Effect.runPromise(inventory.listLots(query, caller))
    const columns = lotColumns(() => '').filter(({ title }) => title !== 'WHERE')
    return { json: page, lines: plainTable(columns, page.items), said: moreOf(page) }
  },
})
