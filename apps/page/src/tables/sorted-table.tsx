import { type ReactNode, useState } from 'react'

/** A column of a table: what stands in it, and what it is sorted by. */
export interface Column<A> {
  readonly name: string
  readonly isNumber?: true
  readonly sortBy: (row: A) => string | number
  readonly cell: (row: A) => ReactNode
}

/** Rows that can be sorted by a click on the head of a column. */
export interface SortedTableProps<A> {
  readonly caption: string
  readonly columns: readonly Column<A>[]
  readonly rows: readonly A[]
  readonly rowKey: (row: A) => string
}

const words = new Intl.Collator('en', { numeric: true })

const compare = (first: string | number, second: string | number): number =>
  typeof first === 'number' && typeof second === 'number' ? first - second : words.compare(`${first}`, `${second}`)

/** A table that is read by eyes and by screen readers alike. The first column names its row. */
export const SortedTable = <A,>({ caption, columns, rows, rowKey }: SortedTableProps<A>) => {
  const [by, setBy] = useState<{ readonly name: string; readonly isDown: boolean }>()
  const column = columns.find(({ name }) => name === by?.name)
  const sorted =
    column === undefined
      ? rows
      : rows.toSorted((a, b) => compare(column.sortBy(a), column.sortBy(b)) * (by?.isDown === true ? -1 : 1))
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, isNumber }) => {
            const isSorted = by?.name === name
            const order = isSorted ? (by.isDown ? 'descending' : 'ascending') : 'none'
            return (
              <th key={name} scope="col" aria-sort={order} className={isNumber ? 'number' : undefined}>
                <button type="button" onClick={() => setBy({ name, isDown: isSorted && !by.isDown })}>
                  {name}
                  <span aria-hidden="true">{isSorted ? (by.isDown ? ' ▾' : ' ▴') : ''}</span>
                </button>
              </th>
            )
          })}
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map(({ name, isNumber, cell }, index) =>
              index === 0 ? (
                <th key={name} scope="row">
                  {cell(row)}
                </th>
              ) : (
                <td key={name} className={isNumber ? 'number' : undefined}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
