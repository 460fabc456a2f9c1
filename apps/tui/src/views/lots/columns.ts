import type { LotView } from '@lotbook/domain'
import type { Column } from '../../drawing/columns.ts'
import { toneOfStatus } from '../../drawing/tone.ts'
import { amount, day } from '../../drawing/words.ts'

/**
 * The columns of the list of lots. `where` says where a lot lies, as far as that is known by now. Lots of one name are
 * told apart by their material, which stays then as long as it can; where all have that name, the name goes before it.
 */
export const lotColumns = (
  where: (lot: LotView) => string,
  lots: readonly LotView[] = [],
): readonly Column<LotView>[] => {
  const names = new Set(lots.map(({ name }) => name)).size
  const repeats = names < lots.length
  return [
    { title: 'LOT', text: ({ name }) => name, least: 17, most: 24, leaves: repeats && names === 1 ? 1 : 0 },
    {
      title: 'STATUS',
      text: ({ effectiveStatus }) => effectiveStatus,
      tone: ({ effectiveStatus }) => toneOfStatus(effectiveStatus),
      least: 9,
      most: 9,
      leaves: 0,
    },
    {
      title: 'ON HAND',
      text: ({ onHand, unitOfMeasureSymbol }) => amount(onHand, unitOfMeasureSymbol),
      least: 8,
      most: 14,
      right: true,
      whole: true,
      leaves: 0,
    },
    { title: 'WHERE', text: where, keepsEnd: true, least: 12, most: 32, leaves: 2 },
    { title: 'EXPIRES', text: ({ expirationDate }) => day(expirationDate), least: 10, most: 10, leaves: 3 },
    {
      title: 'MATERIAL',
      text: ({ materialPath }) => materialPath,
      keepsEnd: true,
      least: 14,
      most: 32,
      leaves: repeats ? (names === 1 ? 0 : 1) : 4,
    },
  ]
}
