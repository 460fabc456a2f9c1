import type { Preview } from '@lotbook/domain'
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

/** The question before something that matters: what, how much, and of which lot. */
export const questionText = (title: string, { record }: Preview, about: string | undefined): string => {
  if (record === null) return `${title}?`
  const { quantity, unitOfMeasureSymbol, inventoryLotName, lotRecordType, lotStatus } = record
  if (lotRecordType === 'STATUS_CHANGE') return `Lot ${inventoryLotName} becomes ${lotStatus}?`
  const much = quantity === null ? '' : `${amount(Math.abs(quantity), unitOfMeasureSymbol)} of `
  return `${title}: ${much}lot ${inventoryLotName === '' ? (about ?? '') : inventoryLotName}?`
}
