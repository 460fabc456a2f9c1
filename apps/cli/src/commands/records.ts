import { plainTable, recordColumns } from '@lotbook/tui/plain'
import { Effect } from 'effect'
import { findLot } from '../plain/find-lot.ts'
import { moreOf, plainCommand, queryOf } from '../plain/plain-command.ts'

/** Lists lot records. */
export const command = plainCommand({
  usage: 'records',
  about: 'Lists lot records, the newest first, a page at a time.',
  words: { least: 0, names: [] },
  flags: {
    ...{ lot: 'text', material: 'text', location: 'text', type: 'text', by: 'text' },
    ...{ limit: 'text', cursor: 'text', 'oldest-first': 'yes' },
  },
  typedAs: { lotRecordType: '--type', createdBy: '--by' },
  read: async (access, { flags: { lot, type, by, 'oldest-first': oldestFirst, ...flags } }) => {
    const { inventory, caller } = access
    const id = lot === undefined ? undefined : ((await findLot(access, lot, flags.material)).id ?? undefined)
    const query = queryOf({ ...flags, lot: id, lotRecordType: type, createdBy: by, newestFirst: !oldestFirst })
    const page = await Effect.runPromise(inventory.findInventoryLotRecords(query, caller))
    return { json: page, lines: plainTable(recordColumns(true), page.items), said: moreOf(page) }
  },
})
