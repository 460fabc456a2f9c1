import type { ReactNode } from 'react'
import { useApp } from '../../app/app-context.ts'
import { bodyRows } from '../../app/body-rows.ts'
import { Screen } from '../../app/screen.tsx'
import type { Column } from '../../drawing/columns.ts'
import { Rows } from '../../drawing/rows.tsx'
import { formFields } from '../../forms/form-fields.ts'
import { forms } from '../../forms/forms.ts'
import { useList } from '../../lists/use-list.ts'
import { actionsKeys } from './keys.ts'

const all = Object.entries(forms).map(([name, form]) => ({ name, form }))

const columnsOf: readonly Column<(typeof all)[number]>[] = [
  { title: 'ACTION', text: ({ form }) => form.title, least: 30, most: 34, leaves: 0 },
  {
    title: 'ASKS FOR',
    text: ({ form }) =>
      formFields(form)
        .filter(({ isRequired }) => isRequired)
        .map(({ label }) => label)
        .join(', '),
    least: 20,
    most: 60,
    leaves: 1,
  },
]

/** Everything that can be done, whether or not there is a lot to do it with. */
export const Actions = (): ReactNode => {
  const { columns, rows, open } = useApp()
  const height = bodyRows(rows) - 1
  const { cursor, top, handlers } = useList(all.length, height)
  const chosen = all[cursor]
  return (
    <Screen
      title={[{ text: 'Actions', tone: 'title' }]}
      keys={actionsKeys}
      handlers={{
        ...handlers,
        open:
          chosen === undefined
            ? { disabledReason: 'there is nothing here' }
            : () => open({ view: 'form', params: { form: chosen.name, filled: {} } }),
      }}
    >
      <Rows
        columns={columnsOf}
        width={columns}
        top={top}
        cursor={cursor}
        rows={all.slice(top, top + height)}
        empty=""
      />
    </Screen>
  )
}
