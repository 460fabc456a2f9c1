/** What a cell of a CSV file may hold. */
export type Cell = string | number | boolean | null

// A spreadsheet takes text that begins with one of these for a formula (OWASP, CSV injection).
const formula = /^[=+\-@\t\r\n＝＋－＠]/u

const cell = (value: Cell): string => {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A line of a CSV file. Text that a spreadsheet would take for a formula begins with an apostrophe. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\r\n`
