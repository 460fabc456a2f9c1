import type { Preview } from '@lotbook/domain'
import { wrap } from '../drawing/fit.ts'
import { amount } from '../drawing/words.ts'

/** What will be true afterwards, as lines: the rows that change, and the lots whose status does. */
export const previewLines = ({ balances, lots }: Preview): readonly string[] => [
  ...balances.map(
    ({ lotName, quantity, unitOfMeasureSymbol, locationPath }) =>
      `${lotName}: ${amount(quantity, unitOfMeasureSymbol)} at ${locationPath}`,
  ),
  ...lots.map(
    ({ name, effectiveStatus, onHand, unitOfMeasureSymbol }) =>
      `${name}: ${effectiveStatus}, ${amount(onHand, unitOfMeasureSymbol)} on hand`,
  ),
]

/** What will be true afterwards, in so many rows of the screen; where that is too few, the last says how much is left out. */
export const afterwardsLines = (lines: readonly string[], columns: number, rows: number): readonly string[] => {
  const all = lines.flatMap((line) => wrap(line, columns))
  if (all.length <= rows) return all
  const shown = Math.max(0, rows - 1)
  return [...all.slice(0, shown), `… and ${all.length - shown} lines more`]
}

/** The question before something that matters: what, how much, and of which lot. */
export const questionText = (title: string, { record }: Preview, about: string | undefined): string => {
  if (record === null) return `${title}?`
  const { quantity, unitOfMeasureSymbol, inventoryLotName, secondaryInventoryLotName, lotRecordType, lotStatus } =
    record
  if (lotRecordType === 'STATUS_CHANGE') return `Lot ${inventoryLotName} becomes ${lotStatus}?`
  const much = quantity === null ? '' : `${amount(Math.abs(quantity), unitOfMeasureSymbol)} of `
  // A merge is recorded at the lot that is filled; what somebody has to see is the lot that is emptied.
  if (lotRecordType === 'MERGE')
    return `${title}: ${much}lot ${secondaryInventoryLotName} into lot ${inventoryLotName}?`
  return `${title}: ${much}lot ${inventoryLotName === '' ? (about ?? '') : inventoryLotName}?`
}
