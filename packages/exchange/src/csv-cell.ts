/**
 * A spreadsheet takes a cell for a formula when it begins with one of these (OWASP, CSV injection; some
 * take the wide forms for the narrow ones). Apostrophes may stand before it: one more
 * is put in front on the way out and one is taken away on the way in, so that every text comes back as it was.
 */
const mayBeFormula = /^'*[=+\-@\t\r\n＝＋－＠]/u
const guarded = /^''*(?:[=+\-@\t\r\n＝＋－＠]|$)/u

/**
 * A text as it stands in a cell. What a spreadsheet would take for a formula gets an apostrophe in front; so does empty
 * text, because an empty cell means that there is no value.
 */
export const guardCell = (text: string): string => (mayBeFormula.test(text) || /^'*$/u.test(text) ? `'${text}` : text)

/** The text of a cell, or undefined for an empty one: what {@link guardCell} put in front is taken away. */
export const readCell = (cell: string): string | undefined => {
  if (cell === '') return undefined
  return guarded.test(cell) ? cell.slice(1) : cell
}
