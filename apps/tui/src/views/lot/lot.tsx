import type { InventoryView, LotView, RecordView } from '@lotbook/domain'
import { Effect } from 'effect'
import { type ReactNode, useState } from 'react'
import { useApp } from '../../app/app-context.ts'
import { bodyRows, narrow } from '../../app/body-rows.ts'
import { Screen } from '../../app/screen.tsx'
import { useAnswer } from '../../app/use-answer.ts'
import type { ViewParams } from '../../app/view-ref.ts'
import { wrap } from '../../drawing/fit.ts'
import { Rows } from '../../drawing/rows.tsx'
import { Line, Lines, type Piece } from '../../drawing/text.tsx'
import { toneOfStatus } from '../../drawing/tone.ts'
import { amount, day } from '../../drawing/words.ts'
import { type Handler, type Handlers, type KeyRow, showKey } from '../../keys/key-row.ts'
import { useList } from '../../lists/use-list.ts'
import { usePages } from '../../lists/use-pages.ts'
import { actionColumns, recordColumns, stockColumns } from './columns.ts'
import { lotKeys } from './keys.ts'
import { type PossibleAction, possibleActions } from './possible-actions.ts'

const parts = ['Stock', 'Actions', 'History'] as const
const noStock: readonly InventoryView[] = []
const noActions: readonly PossibleAction[] = []
const rowOf = (does: string): KeyRow | undefined => lotKeys.find((row) => row.does === does)

const factLines = (lot: LotView): readonly (readonly Piece[])[] => [
  [
    { text: lot.effectiveStatus, tone: toneOfStatus(lot.effectiveStatus) },
    ...(lot.effectiveStatus === lot.status ? [] : [{ text: ` (${lot.status})`, tone: 'quiet' as const }]),
    { text: `  ${amount(lot.onHand, lot.unitOfMeasureSymbol)} on hand`, tone: 'strong' },
    { text: ` of ${amount(lot.totalQuantity, lot.unitOfMeasureSymbol)}`, tone: 'quiet' },
    { text: lot.expirationDate === null ? '' : `  expires ${day(lot.expirationDate)}` },
    { text: lot.supplierId === null ? '' : `  from ${lot.supplierId}`, tone: 'quiet' },
  ],
  [{ text: lot.materialPath }, { text: lot.notes === null ? '' : `  ${lot.notes}`, tone: 'quiet' }],
]

/** What may be done with a lot as handlers of its keys. */
const actionHandlers = (
  actions: readonly PossibleAction[],
  perform: (action: PossibleAction) => void,
): Readonly<Record<string, Handler>> =>
  Object.fromEntries(
    actions.map((action) => [
      action.does,
      action.whyNot === undefined ? () => perform(action) : { disabledReason: action.whyNot },
    ]),
  )

/** One lot: its facts, where it lies, what may be done with it, and what happened to it. */
export const Lot = ({ params: { id } }: { readonly params: ViewParams['lot'] }): ReactNode => {
  const { inventory, caller, columns, rows, open } = useApp()
  const [part, setPart] = useState(0)
  const { answer, refusal } = useAnswer(id, () =>
    Effect.gen(function* () {
      const lot = yield* inventory.getLot(id, caller)
      const { items: stock } = yield* inventory.findInventory({ lot: id, limit: 200 }, caller)
      const actions = possibleActions(yield* inventory.getLotActions(id, caller), lot, stock)
      return { lot, stock, actions }
    }),
  )
  const isRead = answer !== undefined
  const { lot, stock = noStock, actions = noActions } = answer ?? {}
  const height = Math.max(1, bodyRows(rows) - 4)
  const history = usePages(
    id,
    (cursor, limit, fromEnd) =>
      inventory.findInventoryLotRecords(
        { lot: id, newestFirst: !fromEnd, limit, ...(cursor !== null && { cursor }) },
        caller,
      ),
    height,
  )
  const stockList = useList(stock.length, height)
  // On a screen with room the whole reason of the chosen action stands below the list.
  const reasonRows = rows < 20 ? 0 : 3
  const actionList = useList(actions.length, height - reasonRows)
  const reason = wrap(actions[actionList.cursor]?.whyNot ?? '', columns - 2).slice(0, reasonRows)
  const list = [stockList, actionList, history][part] ?? stockList
  const perform = ({ form, filled, seen }: PossibleAction) =>
    open({ view: 'form', params: { form, filled, about: lot?.name, seen } })

  const openRow = (): void => {
    const chosen = actions[actionList.cursor]
    const { chosen: record } = history
    if (part === 0) setPart(1)
    else if (part === 1 && chosen !== undefined) doAction(chosen.does)
    else if (part === 2 && record?.id != null) open({ view: 'record', params: { id: record.id } })
  }
  const { say } = useApp()
  const known = actionHandlers(actions, perform)
  const doAction = (does: string): void => {
    const handler = known[does]
    if (typeof handler === 'function') handler()
    else if (handler !== undefined) say(`${rowOf(does)?.label}: ${handler.disabledReason}`, 'warning')
  }
  const waiting = { disabledReason: 'the lot is being read' }
  const own = Object.fromEntries(lotKeys.map(({ does }) => [does, known[does] ?? waiting]))
  const handlers = {
    ...own,
    ...list.handlers,
    open: openRow,
    trace: () => open({ view: 'trace', params: { id } }),
    recall: () => open({ view: 'recall', params: { id } }),
    nextPart: () => setPart((now) => (now + 1) % parts.length),
    previousPart: () => setPart((now) => (now + parts.length - 1) % parts.length),
  } as Handlers<typeof lotKeys>

  const shared = { width: columns, top: list.top, cursor: list.cursor }
  const visible = <A,>(all: readonly A[]): readonly A[] => all.slice(list.top, list.top + height)
  return (
    <Screen
      title={[
        { text: 'Lot ', tone: 'title' },
        { text: lot?.name ?? id, tone: 'strong' },
        { text: lot === undefined ? '' : ` v${lot.version}`, tone: 'quiet' },
      ]}
      keys={lotKeys}
      handlers={handlers}
    >
      <Lines
        columns={columns}
        lines={lot === undefined ? [[{ text: refusal?.message ?? 'reading …' }], []] : factLines(lot)}
      />
      <Line
        columns={columns}
        pieces={parts.flatMap((name, index) => [
          { text: index === part ? `[${name}]` : ` ${name} `, tone: index === part ? 'strong' : 'quiet' } as const,
        ])}
      />
      {part === 0 && (
        <Rows
          {...shared}
          columns={stockColumns}
          rows={visible(stock)}
          empty={isRead ? 'nothing of it is on hand' : 'reading …'}
        />
      )}
      {part === 1 && (
        <>
          <Rows
            {...shared}
            columns={actionColumns(
              (does) => showKey(rowOf(does)?.keys[0] ?? ''),
              (does) => rowOf(does)?.label ?? does,
            )}
            rows={visible(actions).slice(0, height - reasonRows)}
            empty="reading …"
          />
          <Lines columns={columns} lines={reason.map((text) => [{ text: `  ${text}`, tone: 'warning' }])} />
        </>
      )}
      {part === 2 && (
        <Rows<RecordView>
          {...shared}
          columns={recordColumns(false, columns < narrow)}
          rows={history.visible}
          empty={history.source.refusal?.message ?? (history.source.isComplete ? 'nothing yet' : 'reading …')}
        />
      )}
    </Screen>
  )
}
