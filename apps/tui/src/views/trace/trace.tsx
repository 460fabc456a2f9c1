import { type ReactNode, useMemo, useState } from 'react'
import { useApp } from '../../app/app-context.ts'
import { bodyRows } from '../../app/body-rows.ts'
import { Screen } from '../../app/screen.tsx'
import { useAnswer } from '../../app/use-answer.ts'
import type { ViewParams } from '../../app/view-ref.ts'
import { wrap } from '../../drawing/fit.ts'
import { Rows } from '../../drawing/rows.tsx'
import { Lines } from '../../drawing/text.tsx'
import { useList } from '../../lists/use-list.ts'
import { traceColumns, traceWords } from './columns.ts'
import { traceKeys } from './keys.ts'
import { type TraceRow, traceRows, type Way } from './trace-tree.ts'

// As many lots and steps as somebody looks through on a screen; the whole is for the command line and the API.
const mostLots = 2000
const deepest = 50

const wordRows = 2

const titles = { ANCESTORS: 'made of', DESCENDANTS: 'went into' } as const
const nothing = {
  ANCESTORS: 'nothing went into it: it began here',
  DESCENDANTS: 'nothing was made of it, and nothing left',
} as const

/** Where a lot came from, or where it went, as a tree with quantities and shares. */
export const Trace = ({ params: { id } }: { readonly params: ViewParams['trace'] }): ReactNode => {
  const { inventory, caller, columns, rows, open } = useApp()
  const [way, setWay] = useState<Way>('ANCESTORS')
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const { answer, refusal } = useAnswer(`${id} ${way}`, () =>
    inventory.traceLot(id, { direction: way, depth: deepest, limit: mostLots }, caller),
  )
  // While the other way is being read, the answer is still that of this one.
  const trace = answer?.direction === way ? answer : undefined
  const tree = useMemo((): readonly TraceRow[] => {
    return trace === undefined ? [] : traceRows(trace, way, closed)
  }, [trace, way, closed])
  const said = [
    trace !== undefined && tree.length === 1 ? nothing[way] : undefined,
    trace?.truncated === true
      ? `there is more than ${mostLots} lots: t traces on from a row, lotbook trace tells all`
      : undefined,
    trace?.sharesLeftOut == null ? undefined : `no shares: ${trace.sharesLeftOut}`,
  ]
    .filter((text) => text !== undefined)
    .flatMap((text) => wrap(text, columns - 2))
  const height = Math.max(1, bodyRows(rows) - 1 - said.length - wordRows)
  const { cursor, top, handlers, goTo } = useList(tree.length, height)
  const row = tree[cursor]
  const openTo = (view: 'lot' | 'trace') =>
    row === undefined
      ? { disabledReason: 'there is no lot here' }
      : () => open({ view, params: { id: row.node.lotId } })
  const collapse = (): void => {
    if (row?.below === 'open') setClosed(new Set([...closed, row.node.lotId]))
    else {
      // From a row without anything below it to the row that it is below.
      const above = tree.findLastIndex(({ depth }, index) => index < cursor && depth < (row?.depth ?? 0))
      if (above !== -1) goTo(above)
    }
  }
  return (
    <Screen
      title={[
        { text: 'Trace ', tone: 'title' },
        { text: `${tree[0]?.node.lotName ?? ''} `, tone: 'strong' },
        { text: titles[way] },
        { text: trace?.truncated === true ? ' (not all)' : '', tone: 'warning' },
      ]}
      keys={traceKeys}
      handlers={{
        ...handlers,
        open: openTo('lot'),
        trace: openTo('trace'),
        expand:
          row?.below === 'closed'
            ? () => setClosed(new Set([...closed].filter((lotId) => lotId !== row.node.lotId)))
            : { disabledReason: 'there is nothing below this row that is hidden' },
        collapse,
        direction: () => {
          setWay(way === 'ANCESTORS' ? 'DESCENDANTS' : 'ANCESTORS')
          setClosed(new Set())
          goTo(0)
        },
      }}
    >
      <Rows
        columns={traceColumns}
        width={columns}
        top={top}
        cursor={cursor}
        rows={tree.slice(top, top + height)}
        empty={refusal?.message ?? 'reading …'}
      />
      <Lines
        columns={columns}
        lines={wrap(row === undefined ? '' : traceWords(row), columns - 2)
          .slice(0, wordRows)
          .map((text) => [{ text: `  ${text}`, tone: 'quiet' }])}
      />
      <Lines columns={columns} lines={said.map((text) => [{ text: `  ${text}`, tone: 'warning' }])} />
    </Screen>
  )
}
