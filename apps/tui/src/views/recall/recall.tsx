import type { RecallView } from '@lotbook/domain'
import { type ReactNode, useMemo, useState } from 'react'
import { useApp } from '../../app/app-context.ts'
import { bodyRows } from '../../app/body-rows.ts'
import { Screen } from '../../app/screen.tsx'
import { useAnswer } from '../../app/use-answer.ts'
import type { ViewParams } from '../../app/view-ref.ts'
import { wrap } from '../../drawing/fit.ts'
import { Rows } from '../../drawing/rows.tsx'
import { Line, Lines } from '../../drawing/text.tsx'
import { amount } from '../../drawing/words.ts'
import { useList } from '../../lists/use-list.ts'
import { lotColumns, type PlacedLot, placeColumns, type ShippedLot, shipmentColumns } from './columns.ts'
import { recallKeys } from './keys.ts'

const parts = ['Lots', 'Where', 'Shipped'] as const

// As many lots as somebody looks through on a screen; the hold is of all of them.
const mostLots = 5000
const mostSaid = 4

const places = ({ lots }: RecallView): readonly PlacedLot[] =>
  lots
    .flatMap((lot) => lot.stock.map((stock) => ({ lot, stock })))
    .toSorted(({ stock: one }, { stock: other }) => one.locationPath.localeCompare(other.locationPath, 'en'))
const shipments = ({ lots }: RecallView): readonly ShippedLot[] =>
  lots.flatMap((lot) => lot.shipments.map((shipment) => ({ lot, shipment })))

const totals = (recall: RecallView): string =>
  recall.totals
    .map(
      ({ onHand, held, shipped, unexplained, unitOfMeasureSymbol: unit }) =>
        `${amount(onHand, unit)} on hand, ${held} held, ${shipped} shipped, ${unexplained} unexplained`,
    )
    .join(' · ')

/** What a lot reached: the affected lots, where they lie, what was shipped and to whom; and the hold of all of it. */
export const Recall = ({ params: { id } }: { readonly params: ViewParams['recall'] }): ReactNode => {
  const { inventory, caller, columns, rows, open } = useApp()
  const [part, setPart] = useState(0)
  const { answer: recall, refusal } = useAnswer(id, () => inventory.recallLot(id, { limit: mostLots }, caller))
  const known = useMemo(
    () =>
      recall === undefined ? undefined : { lots: recall.lots, places: places(recall), shipments: shipments(recall) },
    [recall],
  )
  const { lots = [], places: placed = [], shipments: shipped = [] } = known ?? {}
  const said = [
    ...(recall === undefined ? [] : wrap(totals(recall), columns - 2)),
    ...(recall?.truncated === true ? ['INCOMPLETE: lotbook recall tells all'] : []),
    ...(recall?.warnings ?? []).flatMap((text) => wrap(text, columns - 2)),
  ].slice(0, mostSaid)
  const height = Math.max(1, bodyRows(rows) - 2 - said.length)
  const lists = [useList(lots.length, height), useList(placed.length, height), useList(shipped.length, height)] as const
  const list = lists[part] ?? lists[0]
  const shipment = shipped[lists[2].cursor]
  const lot = [lots[lists[0].cursor], placed[lists[1].cursor]?.lot, shipment?.lot][part]
  const nothing = { disabledReason: 'there is no lot here' }
  const openRow = (): void => {
    if (part === 2 && shipment !== undefined) open({ view: 'record', params: { id: shipment.shipment.recordId } })
    else if (lot !== undefined) open({ view: 'lot', params: { id: lot.lotId } })
  }
  const shared = { width: columns, top: list.top, cursor: list.cursor }
  const visible = <A,>(all: readonly A[]): readonly A[] => all.slice(list.top, list.top + height)
  const empty = (words: string): string => (recall === undefined ? (refusal?.message ?? 'reading …') : words)
  return (
    <Screen
      title={[
        { text: 'Recall ', tone: 'title' },
        { text: `${recall?.lotName ?? ''} `, tone: 'strong' },
        { text: recall === undefined ? '' : `${recall.lots.length} affected` },
        { text: recall?.complete === false ? ' (INCOMPLETE)' : '', tone: 'bad' },
      ]}
      keys={recallKeys}
      handlers={{
        ...list.handlers,
        open: lot === undefined ? nothing : openRow,
        trace: lot === undefined ? nothing : () => open({ view: 'trace', params: { id: lot.lotId } }),
        nextPart: () => setPart((now) => (now + 1) % parts.length),
        previousPart: () => setPart((now) => (now + parts.length - 1) % parts.length),
        hold: () =>
          open({
            view: 'form',
            params: { form: 'holdRecalledLots', filled: { lotId: id }, about: recall?.lotName },
          }),
      }}
    >
      <Line
        columns={columns}
        pieces={parts.flatMap((name, index) => [
          { text: index === part ? `[${name}]` : ` ${name} `, tone: index === part ? 'strong' : 'quiet' } as const,
        ])}
      />
      {part === 0 && <Rows {...shared} columns={lotColumns} rows={visible(lots)} empty={empty('')} />}
      {part === 1 && (
        <Rows {...shared} columns={placeColumns} rows={visible(placed)} empty={empty('nothing is on hand')} />
      )}
      {part === 2 && (
        <Rows {...shared} columns={shipmentColumns} rows={visible(shipped)} empty={empty('nothing was shipped')} />
      )}
      <Lines columns={columns} lines={said.map((text) => [{ text: `  ${text}`, tone: 'warning' }])} />
    </Screen>
  )
}
