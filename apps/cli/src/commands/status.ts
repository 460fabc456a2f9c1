import { lotStatuses } from '@lotbook/domain'
import { minute } from '@lotbook/tui/plain'
import { Effect } from 'effect'
import { plainCommand } from '../plain/plain-command.ts'

/** Says whether the ledger answers, what was written last, and on stderr what puts it at risk. */
export const command = plainCommand({
  usage: 'status',
  about: 'Says whether the ledger answers, what was written last, and which statuses there are lots of.',
  words: { least: 0, names: [] },
  flags: {},
  read: async ({ inventory, caller, where, warnings }) => {
    const newest = { newestFirst: true, limit: 1 }
    const { items } = await Effect.runPromise(inventory.findInventoryLotRecords(newest, caller))
    const [last] = items
    const found = await Effect.runPromise(
      Effect.forEach(lotStatuses, (effectiveStatus) =>
        Effect.map(inventory.listLots({ effectiveStatus, limit: 1 }, caller), (page) =>
          page.items.length === 0 ? [] : [effectiveStatus],
        ),
      ),
    )
    const statuses = found.flat()
    return {
      json: { where, answers: true, lastRecord: last ?? null, statuses },
      lines: [
        `ledger     ${where}`,
        `last       ${last === undefined ? 'nothing is written yet' : `${last.lotRecordType} of ${last.inventoryLotName}, ${minute(last.createdDate)} by ${last.createdBy}`}`,
        `lots are   ${statuses.length === 0 ? '-' : statuses.join(', ')}`,
      ],
      said: warnings,
    }
  },
})
