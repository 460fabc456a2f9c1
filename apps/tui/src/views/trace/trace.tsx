import { type ReactNode, useMemo, useState } from 'react'
import { useApp } from '../../app/app-context.ts'
import { bodyRows } from '../../app/body-rows.ts'
import { Screen } from '../../app/screen.tsx'
import { useAnswer } from '../../app/use-answer.ts'
import type { ViewParams } from '../../app/view-ref.ts'
import type { Column } from '../../drawing/columns.ts'
import { Rows } from '../../drawing/rows.tsx'
import { toneOfStatus } from '../../drawing/tone.ts'
import { amount } from '../../drawing/words.ts'
import { useList } from '../../lists/use-list.ts'
import { traceKeys } from './keys.ts'
import { type TraceRow, traceRows, type Way } from './trace-tree.ts'

// As many lots as somebody looks through on a screen; the whole is for the command line and the API.
const mostLots = 2000

const columnsOf: readonly Column<TraceRow>[] = [
  {
    title: 'LOT',
    text: ({ node, depth, isRepeated }) =>
      `${'  '.repeat(depth)}${depth === 0 ? '' : '└ '}${node.lotName}${isRepeated ? ' (as above)' : ''}`,
    least: 18,
    most: 48,
    leaves: 0,
  },
  {
    title: 'QUANTITY',
    text: ({ edge }) => (edge === undefined ? '' : amount(edge.quantity, edge.unitOfMeasureSymbol)),
    least: 10,
    most: 14,
    right: true,
    leaves: 0,
  },
  { title: 'BY', text: ({ edge }) => edge?.lotRecordType ?? '', least: 8, most: 9, leaves: 2 },
  {
    title: 'STATUS',
    text: ({ node }) => node.effectiveStatus,
    tone: ({ node }) => toneOfStatus(node.effectiveStatus),
    least: 9,
    most: 9,
    leaves: 1,
  },
  {
    title: 'ON HAND',
    text: ({ node }) => amount(node.onHand, node.unitOfMeasureSymbol),
    least: 10,
    most: 12,
    right: true,
    leaves: 3,
  },
]

/** Where a lot came from, or where it went, as a tree with quantities. */
export const Trace = ({ params: { id } }: { readonly params: ViewParams['trace'] }): ReactNode => {
  const { inventory, caller, columns, rows, open } = useApp()
  const [way, setWay] = useState<Way>('ANCESTORS')
  const { answer, refusal } = useAnswer(`${id} ${way}`, () =>
    inventory.traceLot(id, { direction: way, limit: mostLots }, caller),
  )
  const tree = useMemo(() => (answer === undefined ? [] : traceRows(answer, way)), [answer, way])
  const height = bodyRows(rows) - 1
  const { cursor, top, handlers, goTo } = useList(tree.length, height)
  const chosen = tree[cursor]?.node
  const missing = { disabledReason: 'there is no lot here' }
  return (
    <Screen
      title={[
        { text: 'Trace ', tone: 'title' },
        { text: `${tree[0]?.node.lotName ?? id} `, tone: 'strong' },
        { text: way === 'ANCESTORS' ? 'came from ' : 'went into ' },
        { text: answer?.truncated === true ? `(the first ${mostLots} lots)` : '', tone: 'warning' },
      ]}
      keys={traceKeys}
      handlers={{
        ...handlers,
        open: chosen === undefined ? missing : () => open({ view: 'lot', params: { id: chosen.lotId } }),
        trace: chosen === undefined ? missing : () => open({ view: 'trace', params: { id: chosen.lotId } }),
        direction: () => {
          setWay(way === 'ANCESTORS' ? 'DESCENDANTS' : 'ANCESTORS')
          goTo(0)
        },
      }}
    >
      <Rows
        columns={columnsOf}
        width={columns}
        top={top}
        cursor={cursor}
        rows={tree.slice(top, top + height)}
        empty={refusal?.message ?? 'reading …'}
      />
    </Screen>
  )
}
