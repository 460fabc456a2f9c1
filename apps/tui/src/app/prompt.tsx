import { type ReactNode, useState } from 'react'
import { Line } from '../drawing/text.tsx'
import { useApp } from './app-context.ts'
import { edit, editOf, lineOf, sayLeftOut } from './edit-line.ts'
import { useLayer } from './use-layer.ts'
import { writtenPieces } from './written-pieces.ts'

/** One line to write into, such as a filter or a command. Enter takes it, Esc leaves it. */
export const Prompt = ({
  sign,
  start,
  changed,
  suggest,
  take,
  leave,
}: {
  readonly sign: string
  readonly start: string
  readonly changed?: (text: string) => void
  /** What Tab goes through. */
  readonly suggest?: (text: string) => readonly string[]
  readonly take: (text: string) => void
  readonly leave: () => void
}): ReactNode => {
  const { columns, say } = useApp()
  const [line, setLine] = useState(lineOf(start))
  const put = (next: typeof line) => {
    setLine(next)
    if (next.text !== line.text) changed?.(next.text)
  }
  const suggestions = suggest?.(line.text) ?? []
  useLayer({
    expects: () => 'text',
    take: (key) => {
      if (key.name === 'enter') take(line.text)
      else if (key.name === 'escape' || (key.name === 'backspace' && line.text === '')) leave()
      else if (key.name === 'tab') put(lineOf(suggestions[0] ?? line.text))
      else if (key.text !== undefined) {
        const next = edit.write(line, key.text)
        const left = sayLeftOut(line, key.text)
        put(next)
        if (left !== undefined) say(left, 'warning')
        if (key.name === 'scan') take(next.text)
      } else {
        const change = editOf[key.name]
        if (change === undefined) return false
        put(change(line))
      }
      return true
    },
  })
  const more = suggestions.filter((text) => text !== line.text)
  return (
    <Line
      columns={columns}
      pieces={[
        { text: sign, tone: 'strong' },
        ...writtenPieces(line),
        { text: more.length === 0 ? '' : `  ${more.join(' ')}`, tone: 'quiet' },
      ]}
    />
  )
}
