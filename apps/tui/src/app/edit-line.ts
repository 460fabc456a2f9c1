/** A line of text that is being written, with the place of the cursor in characters. */
export interface EditedLine {
  readonly text: string
  readonly at: number
}

/** The longest line, in characters: as long as the longest text that a ledger takes. */
export const longestLine = 4000

const characters = (text: string): readonly string[] => [...text]

/** A line with the cursor at its end. */
export const lineOf = (text: string): EditedLine => ({ text, at: characters(text).length })

const replaced = ({ text }: EditedLine, from: number, to: number, put: string): EditedLine => {
  const all = characters(text)
  return { text: [...all.slice(0, from), put, ...all.slice(to)].join(''), at: from + characters(put).length }
}

/** Says that not all of a text fits into a line; undefined where all does. */
export const sayLeftOut = (line: EditedLine, text: string): string | undefined => {
  const left = characters(line.text).length + characters(text).length - longestLine
  if (left <= 0) return undefined
  return `a line takes ${longestLine} characters: ${left === 1 ? '1 was' : `${left} were`} left out`
}

/** What can be done to a line. */
export const edit = {
  /** Writes as much of a text as fits. */
  write: (line: EditedLine, text: string): EditedLine => {
    const room = Math.max(0, longestLine - characters(line.text).length)
    return replaced(line, line.at, line.at, characters(text).slice(0, room).join(''))
  },
  rubOut: (line: EditedLine): EditedLine => (line.at === 0 ? line : replaced(line, line.at - 1, line.at, '')),
  remove: (line: EditedLine): EditedLine => replaced(line, line.at, line.at + 1, ''),
  left: ({ text, at }: EditedLine): EditedLine => ({ text, at: Math.max(0, at - 1) }),
  right: ({ text, at }: EditedLine): EditedLine => ({ text, at: Math.min(characters(text).length, at + 1) }),
  start: ({ text }: EditedLine): EditedLine => ({ text, at: 0 }),
  end: ({ text }: EditedLine): EditedLine => lineOf(text),
  clear: (): EditedLine => lineOf(''),
} as const

/** The keys that edit a line, by name. */
export const editOf: Readonly<Record<string, (line: EditedLine) => EditedLine>> = {
  backspace: edit.rubOut,
  delete: edit.remove,
  left: edit.left,
  right: edit.right,
  home: edit.start,
  'ctrl-a': edit.start,
  end: edit.end,
  'ctrl-e': edit.end,
  'ctrl-u': edit.clear,
}
