import { lotRecordTypes } from '@lotbook/domain'
import { type ReactNode, useState } from 'react'
import { useApp } from '../../app/app-context.ts'
import { bodyRows, narrow } from '../../app/body-rows.ts'
import { Screen } from '../../app/screen.tsx'
import type { ViewParams } from '../../app/view-ref.ts'
import { Rows } from '../../drawing/rows.tsx'
import { usePages } from '../../lists/use-pages.ts'
import { recordColumns } from '../lot/columns.ts'
import { recordsKeys } from './keys.ts'

const types: readonly string[] = lotRecordTypes
const nextType = (type: string | undefined): string | undefined =>
  types[type === undefined ? 0 : types.indexOf(type) + 1]

/** The list of lot records, newest first unless asked otherwise. */
export const Records = ({ params }: { readonly params: ViewParams['records'] }): ReactNode => {
  const { inventory, caller, columns, rows, open } = useApp()
  const [query, setQuery] = useState<Readonly<Record<string, string | undefined>>>({
    newestFirst: 'true',
    ...params.query,
  })
  const isNewestFirst = query['newestFirst'] === 'true'
  const list = usePages(
    JSON.stringify(query),
    (cursor, limit, fromEnd) =>
      inventory.findInventoryLotRecords(
        { ...query, newestFirst: isNewestFirst !== fromEnd, limit, ...(cursor !== null && { cursor }) },
        caller,
      ),
    bodyRows(rows) - 1,
  )
  const { chosen, source } = list
  const ask = (more: typeof query) => {
    setQuery({ ...query, ...more })
    list.goTo(0)
  }
  const asked = Object.entries(query)
    .filter(([name, value]) => name !== 'newestFirst' && value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
  return (
    <Screen
      title={[
        { text: 'Records ', tone: 'title' },
        { text: isNewestFirst ? 'newest first ' : 'oldest first ' },
        { text: asked.join(' '), tone: 'warning' },
      ]}
      keys={recordsKeys}
      handlers={{
        ...list.handlers,
        open:
          chosen?.id == null
            ? { disabledReason: 'there is no record here' }
            : () => open({ view: 'record', params: { id: chosen.id ?? '' } }),
        order: () => ask({ newestFirst: isNewestFirst ? 'false' : 'true' }),
        type: () => ask({ lotRecordType: nextType(query['lotRecordType']) }),
      }}
    >
      <Rows
        columns={recordColumns(true, columns < narrow)}
        width={columns}
        top={list.top}
        cursor={list.cursor}
        rows={list.visible}
        empty={source.refusal?.message ?? (source.isComplete ? 'no record is like that' : 'reading …')}
      />
    </Screen>
  )
}
