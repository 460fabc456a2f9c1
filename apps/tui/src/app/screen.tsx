import { Box } from 'ink'
import { type ReactNode, useContext } from 'react'
import { clip, widthOf, wrap } from '../drawing/fit.ts'
import { Line, Lines, type Piece } from '../drawing/text.tsx'
import type { Expected } from '../input/keyboard.ts'
import { globalKeysBeside } from '../keys/global-keys.ts'
import { type Handler, type Handlers, type KeyRow, showKey } from '../keys/key-row.ts'
import { ActiveContext, useApp } from './app-context.ts'
import { bodyRows } from './body-rows.ts'
import { Help } from './help.tsx'
import { takeKey } from './take-key.ts'
import { useLayer } from './use-layer.ts'

const barGap = '  '

const barPieces = (
  all: readonly KeyRow[],
  handlers: Readonly<Record<string, Handler>>,
  columns: number,
): readonly Piece[] => {
  const shown = all.filter(({ quiet }) => quiet !== true)
  const widthOfRow = ({ keys, label }: KeyRow): number => widthOf(`${showKey(keys[0] ?? '')} ${label}`) + barGap.length
  // The help leads to all the others: it has its place before them.
  const kept = new Set<KeyRow>()
  let left = columns + barGap.length
  for (const row of shown.toSorted((one, other) => Number(other.does === 'help') - Number(one.does === 'help'))) {
    if (widthOfRow(row) > left) continue
    left -= widthOfRow(row)
    kept.add(row)
  }
  return shown
    .filter((row) => kept.has(row))
    .flatMap(({ keys, does, label }, index) => [
      { text: index === 0 ? '' : barGap },
      { text: showKey(keys[0] ?? ''), tone: typeof handlers[does] === 'object' ? 'quiet' : 'strong' },
      { text: ` ${label}`, tone: 'quiet' },
    ])
}

// How many lines a message gets at most.
const mostSaid = 6

/** The frame of every view: its title, itself, what is said, and its keys. Takes its keys while it is on the screen. */
export const Screen = <const T extends readonly KeyRow[]>({
  title,
  keys,
  handlers,
  write,
  isField = true,
  other,
  children,
}: {
  readonly title: readonly Piece[]
  readonly keys: T
  readonly handlers: Handlers<T>
  /** Where characters are text: takes them, and is told of a whole code; without it the view is not written into. */
  readonly write?: ((text: string, isCode: boolean) => void) | undefined
  /** Whether what is written goes into a field now. */
  readonly isField?: boolean
  /** A question: whatever its table does not have does this, a scanned code too. */
  readonly other?: (() => void) | undefined
  readonly children: ReactNode
}): ReactNode => {
  const { columns, rows, where, flash, trouble, isHelpOpen, isUnderWay, say } = useApp()
  const isActive = useContext(ActiveContext)
  const expected: Expected = write !== undefined ? 'text' : other !== undefined ? 'answer' : 'keys'
  const everywhere = globalKeysBeside(keys, expected)
  const all = [...keys, ...everywhere]
  useLayer({
    // Where no field is, a code is told from a key as at a question.
    expects: () => (isField ? expected : 'answer'),
    take: (key) => {
      // Nobody writes where the help stands.
      if (isHelpOpen && write !== undefined) {
        if (key.name === 'scan' || key.name === 'text')
          say(`“${clip(key.text ?? '', 30)}” came while the help was open: nothing was done`, 'warning')
        return everywhere.every((row) => !row.keys.includes(key.name))
      }
      if (takeKey(keys, handlers, key, (text) => say(text, 'warning'))) return true
      if (other !== undefined) other()
      else if (write !== undefined && key.text !== undefined) write(key.text, key.name === 'scan')
      else return false
      return true
    },
  })
  if (!isActive) return null
  const left = Math.max(0, columns - title.reduce((sum, { text }) => sum + widthOf(text), 0) - 2)
  const place = clip(where, left)
  // A long sentence takes lines from the view above it.
  const sentences = [flash?.text, trouble, isUnderWay ? 'under way: waiting for the answer …' : undefined]
  const said = wrap(sentences.filter((text) => text !== undefined).join(' · '), columns).slice(0, mostSaid)
  const tone = trouble === undefined ? flash?.tone : 'bad'
  return (
    <Box flexDirection="column" height={rows - 1} width={columns}>
      <Line
        columns={columns}
        pieces={[...title, { text: ' '.repeat(left + 2 - widthOf(place)) }, { text: place, tone: 'quiet' }]}
      />
      <Box flexDirection="column" height={bodyRows(rows) + 1 - said.length} overflowY="hidden">
        {isHelpOpen ? <Help keys={all} handlers={handlers} /> : children}
      </Box>
      <Lines columns={columns} lines={said.map((text) => [{ text, tone }])} />
      <Line columns={columns} pieces={barPieces(all, handlers, columns)} />
    </Box>
  )
}
