import type { ReactNode } from 'react'
import { type Column, headPieces, rowPieces, sizeColumns } from './columns.ts'
import { Line, type Piece } from './text.tsx'

/** A table on the screen: a head, and the rows that are looked at. The chosen one is marked by a sign and inverse. */
export const Rows = <A,>({
  columns,
  width,
  top,
  cursor,
  rows,
  empty,
}: {
  readonly columns: readonly Column<A>[]
  readonly width: number
  /** The place of the first row in the list. */
  readonly top: number
  readonly cursor: number
  /** Undefined for a row that is being read. */
  readonly rows: readonly (A | undefined)[]
  /** What is said where there are none. */
  readonly empty: string
}): ReactNode => {
  const shown = rows.filter((row) => row !== undefined)
  const sized = sizeColumns(columns, width - 2, shown)
  const mark = (place: number): Piece => ({ text: place === cursor ? '> ' : '  ' })
  return (
    <>
      <Line columns={width} pieces={[{ text: '  ' }, ...headPieces(sized)]} />
      {rows.length === 0 && <Line columns={width} pieces={[{ text: `  ${empty}`, tone: 'quiet' }]} />}
      {rows.map((row, index) => {
        const place = top + index
        const pieces: readonly Piece[] = row === undefined ? [{ text: '…', tone: 'quiet' }] : rowPieces(sized, row)
        return (
          <Line
            key={place}
            columns={width}
            pieces={[mark(place), ...pieces]}
            tone={place === cursor ? 'chosen' : undefined}
          />
        )
      })}
    </>
  )
}
