import { amount, day, plainTable, safeText, stockColumns } from '@lotbook/tui/plain'
import { Effect } from 'effect'
import { findLot } from '../plain/find-lot.ts'
import { plainCommand } from '../plain/plain-command.ts'

/** Shows one lot. */
export const command = plainCommand({
  usage: 'lot NAME',
  about: 'Shows a lot, by its name or id: its facts, where it lies, and what may be done with it now.',
  words: { least: 1, names: ['NAME'] },
  flags: { material: 'text' },
  read: async (access, { flags, words: [name = ''] }) => {
    const { inventory, caller } = access
    const lot = await findLot(access, name, flags.material)
    const id = lot.id ?? ''
    const [{ items: stock }, may] = await Effect.runPromise(
      Effect.all([inventory.findInventory({ lot: id, limit: 200 }, caller), inventory.getLotActions(id, caller)]),
    )
    const facts = [
      ['lot', lot.name],
      ['id', id],
      ['material', lot.materialPath],
      ['status', lot.effectiveStatus],
      ['on hand', amount(lot.onHand, lot.unitOfMeasureSymbol)],
      ['total', amount(lot.totalQuantity, lot.unitOfMeasureSymbol)],
      ['expires', day(lot.expirationDate)],
      ['supplier', lot.supplierId ?? ''],
      ['notes', lot.notes ?? ''],
    ] as const
    const refused = may.actions.flatMap((one) => (one.allowed ? [] : [`  ${one.action}: ${safeText(one.reason)}`]))
    return {
      json: { lot, stock, actions: may },
      lines: [
        ...facts.filter(([, value]) => value !== '').map(([word, value]) => `${word.padEnd(10)}${safeText(value)}`),
        '',
        ...plainTable(stockColumns, stock),
        ...(refused.length === 0 ? [] : ['', 'Not now:', ...refused]),
      ],
    }
  },
})
