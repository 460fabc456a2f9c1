import type { InventoryView } from '@lotbook/domain'
import { type Column, plainTable, stockColumns } from '@lotbook/tui/plain'
import { Effect } from 'effect'
import { moreOf, plainCommand, queryOf } from '../plain/plain-command.ts'

const lotColumn: Column<InventoryView> = { title: 'LOT', text: ({ lotName }) => lotName, least: 1, most: 1, leaves: 0 }
const statusColumn: Column<InventoryView> = {
  ...lotColumn,
  title: 'STATUS',
  text: ({ effectiveStatus }) => effectiveStatus,
}

/** Lists stock. */
export const command = plainCommand({
  usage: 'stock [LOCATION]',
  about: 'Lists what lies where, at a location and below it, now or at a moment.',
  words: { least: 0, names: ['LOCATION'] },
  flags: { lot: 'text', material: 'text', 'as-of': 'text', limit: 'text', cursor: 'text' },
  typedAs: { location: 'LOCATION' },
  read: async ({ inventory, caller }, { flags, words: [location] }) => {
    const query = { ...queryOf(flags), ...(location !== undefined && { location, subtree: 'true' }) }
    const page = await Effect.runPromise(inventory.findInventory(query, caller))
    return { json: page, lines: plainTable([...stockColumns, lotColumn, statusColumn], page.items), said: moreOf(page) }
  },
})
