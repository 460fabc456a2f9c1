import { lotStatuses } from '@lotbook/domain'
import { Effect } from 'effect'
import { type ReactNode, useRef, useState } from 'react'
import { useApp } from '../../app/app-context.ts'
import { bodyRows } from '../../app/body-rows.ts'
import { Prompt } from '../../app/prompt.tsx'
import { Screen } from '../../app/screen.tsx'
import { useLater } from '../../app/use-later.ts'
import type { ViewParams } from '../../app/view-ref.ts'
import { Rows } from '../../drawing/rows.tsx'
import { usePages } from '../../lists/use-pages.ts'
import { lotColumns } from './columns.ts'
import { lotsKeys } from './keys.ts'
import { useWhere } from './use-where.ts'

const words: readonly string[] = lotStatuses
const nextStatus = (status: string | undefined): string | undefined =>
  words[status === undefined ? 0 : words.indexOf(status) + 1]

// A filter that few lots fit walks all of them: it is asked when the hand rests, so that every letter shows at once.
const handRests = 60

type Query = Readonly<Record<string, string>>

const without = (query: Query, name: string): Query =>
  Object.fromEntries(Object.entries(query).filter(([key]) => key !== name))
const put = (query: Query, name: string, value: string | undefined): Query =>
  value === undefined || value === '' ? without(query, name) : { ...query, [name]: value }

/** The list of lots: what it is asked for, page by page. */
export const Lots = ({ params }: { readonly params: ViewParams['lots'] }): ReactNode => {
  const { inventory, caller, columns, rows, open, back } = useApp()
  const [query, setQuery] = useState<Query>(params.query)
  const [isFiltering, setFiltering] = useState(false)
  const question = JSON.stringify(query)
  const height = bodyRows(rows) - (isFiltering ? 2 : 1)
  // The ledger compares names as they are written, and most are written in capitals.
  const capitals = useRef<string | undefined>(undefined)
  const list = usePages(
    question,
    (cursor, limit, newestFirst) => {
      const page = (asked: Query) =>
        inventory.listLots({ ...asked, limit, newestFirst, ...(cursor !== null && { cursor }) }, caller)
      const typed = query['nameContains'] ?? ''
      const inCapitals = { ...query, nameContains: typed.toUpperCase() }
      if (cursor !== null) return page(capitals.current === question ? inCapitals : query)
      return Effect.flatMap(page(query), (found) => {
        const isOther = found.items.length === 0 && inCapitals.nameContains !== typed
        capitals.current = isOther ? question : undefined
        return isOther ? page(inCapitals) : Effect.succeed(found)
      })
    },
    height,
  )
  const where = useWhere(list.visible)
  const ask = (next: Query) => {
    setQuery(next)
    list.goTo(0)
  }
  const later = useLater(handRests)
  const asked = Object.entries(query).map(([name, value]) =>
    name === 'nameContains' ? `/${value}` : `${name}=${value}`,
  )
  const count = `${list.source.count}${list.source.isComplete ? '' : '+'}`
  const { chosen, source } = list
  const empty = source.refusal?.message ?? (source.isComplete ? 'no lot is like that' : 'reading …')
  return (
    <Screen
      title={[{ text: 'Lots ', tone: 'title' }, { text: `${count} ` }, { text: asked.join(' '), tone: 'warning' }]}
      keys={lotsKeys}
      handlers={{
        ...list.handlers,
        open:
          chosen?.id == null
            ? { disabledReason: 'there is no lot here' }
            : () => open({ view: 'lot', params: { id: chosen.id ?? '' } }),
        filter: () => setFiltering(true),
        unfilter: () => (question === JSON.stringify(params.query) ? back() : ask(params.query)),
        status: () => ask(put(query, 'effectiveStatus', nextStatus(query['effectiveStatus']))),
        stocked: () => ask(put(query, 'onHand', query['onHand'] === undefined ? 'true' : undefined)),
      }}
    >
      <Rows
        columns={lotColumns(
          where,
          list.visible.filter((lot) => lot !== undefined),
        )}
        width={columns}
        top={list.top}
        cursor={list.cursor}
        rows={list.visible}
        empty={empty}
      />
      {isFiltering && (
        <Prompt
          sign="/"
          start={query['nameContains'] ?? ''}
          changed={(text) => later.put(() => ask(put(query, 'nameContains', text)))}
          take={() => {
            later.flush()
            setFiltering(false)
          }}
          leave={() => {
            later.drop()
            setFiltering(false)
            ask(without(query, 'nameContains'))
          }}
        />
      )}
    </Screen>
  )
}
