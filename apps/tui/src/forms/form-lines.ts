import { writtenPieces } from '../app/written-pieces.ts'
import { clip, wrap } from '../drawing/fit.ts'
import type { Piece } from '../drawing/text.tsx'
import type { FormField } from './form-fields.ts'
import type { FormState } from './form-state.ts'
import type { Suggestion } from './suggestions.ts'

/** One line of a form; `at` says to which field (or the button) it belongs. */
export interface FormLine {
  readonly at: number
  readonly pieces: readonly Piece[]
}

const suggestionsShown = 4

// What is made is enabled; of what is there an empty field changes nothing.
const whenEmpty = (name: string, { lines }: FormState): string =>
  name !== 'enabled' ? 'no' : (lines['id']?.text ?? '') === '' ? 'yes' : ''

/** A form as lines: each field, below it what is wrong with it, and below the one that is written its suggestions. */
export const formLines = (
  fields: readonly FormField[],
  state: FormState,
  suggestions: readonly Suggestion[],
  button: string,
  columns: number,
  nameOf: (id: string) => string | undefined = () => undefined,
): readonly FormLine[] => {
  // On a narrow screen half of it: a label that is cut off says less than a value that is.
  const room = Math.floor(columns < 60 ? columns / 2 : columns / 3) - 2
  const width = Math.min(Math.max(...fields.map(({ label }) => label.length)), room) + 2
  const indent = ' '.repeat(width + 2)
  const said = (at: number, name: string): readonly FormLine[] =>
    (state.violations[name] ?? []).flatMap((message) =>
      wrap(`! ${message}`, columns - width - 2).map((text) => ({
        at,
        pieces: [{ text: indent }, { text, tone: 'bad' }],
      })),
    )
  const lines = fields.flatMap(({ name, label, isRequired, field }, at): readonly FormLine[] => {
    const isHere = at === state.at
    const line = state.lines[name] ?? { text: '', at: 0 }
    const hint = line.text === '' && field.kind === 'flag' ? whenEmpty(name, state) : ''
    const value: readonly Piece[] = isHere
      ? writtenPieces(line)
      : [{ text: nameOf(line.text) ?? line.text }, { text: hint, tone: 'quiet' }]
    const own: FormLine = {
      at,
      pieces: [
        { text: isHere ? '> ' : '  ' },
        {
          text: `${clip(label, width - 2)}${isRequired ? '*' : ''}`.padEnd(width),
          tone: isHere ? 'strong' : 'quiet',
        },
        ...value,
      ],
    }
    const offered = isHere
      ? suggestions.slice(0, suggestionsShown).map(
          ({ text, about }): FormLine => ({
            at,
            pieces: [{ text: `${indent}${text}  ` }, { text: about, tone: 'quiet' }].map((piece) => ({
              ...piece,
              tone: 'quiet',
            })),
          }),
        )
      : []
    return [own, ...said(at, name), ...offered]
  })
  const isOnButton = state.at === fields.length
  const others = Object.entries(state.violations)
    .filter(([name]) => !fields.some((field) => field.name === name))
    .flatMap(([name, messages]) => messages.map((message) => `! ${name} ${message}`))
  return [
    ...lines,
    ...others.map((text): FormLine => ({ at: fields.length, pieces: [{ text, tone: 'bad' }] })),
    {
      at: fields.length,
      pieces: [{ text: isOnButton ? '> ' : '  ' }, { text: `[ ${button} ]`, tone: isOnButton ? 'chosen' : 'strong' }],
    },
  ]
}

/** The part of the lines that is on the screen: the one that is written, with what belongs to it, is always in it. */
export const windowOf = (lines: readonly FormLine[], at: number, height: number): readonly FormLine[] => {
  const first = lines.findIndex((line) => line.at === at)
  const last = lines.findLastIndex((line) => line.at === at)
  const end = Math.max(height, last + 2)
  const start = Math.min(first, Math.max(0, Math.min(end, lines.length) - height))
  return lines.slice(start, start + height)
}
