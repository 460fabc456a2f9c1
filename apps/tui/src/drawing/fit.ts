import stringWidth from 'string-width'
import { safeText } from './safe-text.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** How many columns a text takes on the screen, after it was made safe. */
export const widthOf = (text: string): number => stringWidth(safeText(text))

/** A text cut to a number of columns, with `…` where something is cut off. */
export const clip = (text: string, columns: number): string => {
  const safe = safeText(text)
  if (columns <= 0) return ''
  if (stringWidth(safe) <= columns) return safe
  let kept = ''
  let width = 0
  for (const { segment } of segmenter.segment(safe)) {
    const wide = stringWidth(segment)
    if (width + wide > columns - 1) break
    kept += segment
    width += wide
  }
  return `${kept}…`
}

/** A text cut to a number of columns from its start: of a path the end says more. */
export const clipStart = (text: string, columns: number): string => {
  const safe = safeText(text)
  if (columns <= 0) return ''
  if (stringWidth(safe) <= columns) return safe
  let kept = ''
  let width = 0
  for (const { segment } of [...segmenter.segment(safe)].toReversed()) {
    const wide = stringWidth(segment)
    if (width + wide > columns - 1) break
    kept = segment + kept
    width += wide
  }
  return `…${kept}`
}

/** A text in exactly that many columns: cut, or filled with spaces at the end (at the start with `right`). */
export const fillTo = (text: string, columns: number, right = false): string => {
  const cut = clip(text, columns)
  const fill = ' '.repeat(Math.max(0, columns - stringWidth(cut)))
  return right ? fill + cut : cut + fill
}

/** A text broken into lines of at most that many columns, at spaces where there are any. */
export const wrap = (text: string, columns: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of safeText(text)
    .split(/ +/u)
    .filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (stringWidth(longer) <= columns) line = longer
    else {
      if (line !== '') lines.push(line)
      line = clip(word, columns)
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}
