import { type RecallHold, type RecallLot, type RecallView, shareText, whyLeft } from '@lotbook/domain'
import { table } from '../table.ts'
import { forTerminal } from '../terminal-text.ts'

const amount = (quantity: number, unit: string): string => `${quantity} ${forTerminal(unit)}`

const lots = (count: number): string => (count === 1 ? '1 lot' : `${count} lots`)

const lotRow = (lot: RecallLot): readonly (string | null)[] => {
  const { lotName, effectiveStatus, onHand, held, shipped, unexplained, unitOfMeasureSymbol: unit, materialPath } = lot
  return [
    forTerminal(lotName),
    effectiveStatus,
    forTerminal(shareText(lot)) || null,
    ...[onHand, held, shipped, unexplained].map((quantity) => amount(quantity, unit)),
    lot.stock.map(({ locationPath, quantity }) => `${forTerminal(locationPath)} ${quantity}`).join(', ') || null,
    forTerminal(materialPath),
  ]
}

/** The sums of a recall, one line for each dimension of unit. */
export const totalLines = ({ totals }: Pick<RecallView, 'totals'>): readonly string[] =>
  totals.map((total) => {
    const { unitOfMeasureSymbol: unit, onHand, held, shipped, scrapped, returned, unexplained } = total
    return `${lots(total.lots)}: ${amount(onHand, unit)} on hand (${held} held), ${shipped} shipped, ${scrapped} scrapped, ${returned} returned, ${unexplained} unexplained`
  })

/** A recall as lines for people: what is affected and where it lies, what was shipped and to whom, and the sums. */
export const recallLines = (recall: RecallView): readonly string[] => {
  const head = ['LOT', 'STATUS', 'SHARE', 'ON HAND', 'HELD', 'SHIPPED', 'UNEXPLAINED', 'WHERE', 'MATERIAL']
  const shipments = recall.lots.flatMap(({ lotName, unitOfMeasureSymbol, shipments: of }) =>
    of.map(({ date, quantity, to }) => [
      date,
      to === null ? 'not recorded' : forTerminal(to),
      forTerminal(lotName),
      amount(quantity, unitOfMeasureSymbol),
    ]),
  )
  return [
    ...table(head, recall.lots.map(lotRow)),
    '',
    ...(shipments.length === 0 ? ['nothing was shipped'] : table(['SHIPPED', 'TO', 'LOT', 'QUANTITY'], shipments)),
    '',
    ...totalLines(recall),
  ]
}

/** What a hold did, or would do. */
export const holdLines = ({ held, notHeld }: RecallHold): readonly string[] => {
  const rows = [
    ...held.map((lot) => ({ lot, did: 'QA_HOLD', why: `was ${lot.previousStatus}` })),
    ...notHeld.map((lot) => ({ lot, did: 'left', why: whyLeft(lot) })),
  ]
  return table(
    ['LOT', 'HOLD', 'WHY', 'ON HAND', 'MATERIAL'],
    rows.map(({ lot, did, why }) => [
      ...[forTerminal(lot.lotName), did, why],
      ...[amount(lot.onHand, lot.unitOfMeasureSymbol), forTerminal(lot.materialPath)],
    ]),
  )
}
