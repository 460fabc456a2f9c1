import { clipStart, fillTo, widthOf } from './fit.ts'
import type { Piece } from './text.tsx'
import type { Tone } from './tone.ts'

/** One column of a table. */
export interface Column<A> {
  readonly title: string
  /** What is shown. */
  readonly text: (row: A) => string
  readonly tone?: (row: A) => Tone
  /** The least width at which it is of use, and the greatest that it makes use of. */
  readonly least: number
  readonly most: number
  readonly right?: true
  /** What does not fit is cut off at the start, as of a path. */
  readonly keepsEnd?: true
  /** Never cut off, as a number is none that lacks its end: the others give room. */
  readonly whole?: true
  /** Where there is no room, those with the highest number go first; 0 stays. */
  readonly leaves: number
}

/** A column with the width that it got. */
export interface Sized<A> extends Column<A> {
  readonly width: number
}

const gap = 2
// What a column that gives room keeps.
const narrowest = 3

const least = <A>(columns: readonly Column<A>[]): number =>
  columns.reduce((sum, column) => sum + column.least, gap * (columns.length - 1))

/** Takes what the columns are too wide together from the widest of those that may be cut. */
const squeeze = <A>(columns: readonly Column<A>[], widths: number[], width: number): void => {
  const fits = (): boolean => widths.reduce((sum, one) => sum + one, gap * (widths.length - 1)) <= width
  while (!fits()) {
    const widest = Math.max(...widths.filter((_, index) => columns[index]?.whole !== true))
    if (widest <= narrowest) return
    const place = columns.findLastIndex(({ whole }, index) => whole !== true && widths[index] === widest)
    widths[place] = widest - 1
  }
}

/**
 * Chooses the columns that fit and gives each its width: the least first, the rest in turns up to the most. The rows
 * that are shown say how much a column needs that is never cut.
 */
export const sizeColumns = <A>(
  columns: readonly Column<A>[],
  width: number,
  rows: readonly A[] = [],
): readonly Sized<A>[] => {
  const all = columns.map((column) => {
    const needed = column.whole === true ? Math.max(column.least, ...rows.map((row) => widthOf(column.text(row)))) : 0
    return { ...column, least: Math.max(column.least, needed), most: Math.max(column.most, needed) }
  })
  let kept = all
  while (kept.length > 1 && least(kept) > width) {
    const leaving = Math.max(...kept.map(({ leaves }) => leaves))
    if (leaving === 0) break
    kept = kept.filter(({ leaves }) => leaves !== leaving)
  }
  const widths = kept.map((column) => column.least)
  squeeze(kept, widths, width)
  let left = Math.max(0, width - least(kept))
  while (left > 0) {
    const growing = kept.map((column, index) => (widths[index] ?? 0) < column.most)
    if (!growing.includes(true)) break
    for (const [index, grows] of growing.entries())
      if (grows && left > 0) {
        widths[index] = (widths[index] ?? 0) + 1
        left -= 1
      }
  }
  return kept.map((column, index) => ({ ...column, width: widths[index] ?? 0 }))
}

const before = (index: number): string => (index === 0 ? '' : ' '.repeat(gap))

/** The heads of the columns, as pieces of a line. */
export const headPieces = <A>(columns: readonly Sized<A>[]): readonly Piece[] =>
  columns.map(({ title, width, right }, index) => ({
    text: before(index) + fillTo(title, width, right),
    tone: 'quiet',
  }))

/** A row, as pieces of a line. */
export const rowPieces = <A>(columns: readonly Sized<A>[], row: A): readonly Piece[] =>
  columns.map(({ text, tone, width, right, keepsEnd }, index) => ({
    text: before(index) + fillTo(keepsEnd === true ? clipStart(text(row), width) : text(row), width, right),
    tone: tone?.(row),
  }))

/** A table as lines of text, for where there is no screen: columns as wide as their content. */
export const plainTable = <A>(columns: readonly Column<A>[], rows: readonly A[]): readonly string[] => {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ text }) => text(row)))]
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => widthOf(line[index] ?? ''))))
  return cells.map((line) =>
    line
      .map((cell, index) => fillTo(cell, widths[index] ?? 0, columns[index]?.right))
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}
