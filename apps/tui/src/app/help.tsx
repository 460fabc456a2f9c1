import { Box } from 'ink'
import { type ReactNode, useState } from 'react'
import { wrap } from '../drawing/fit.ts'
import { Lines, type Piece } from '../drawing/text.tsx'
import { type Handler, type KeyRow, showKey } from '../keys/key-row.ts'
import { useApp } from './app-context.ts'
import { bodyRows } from './body-rows.ts'
import { useLayer } from './use-layer.ts'

/** The help of a view as lines: every key that works in it, with why those that are off are off. */
export const helpLines = (
  keys: readonly KeyRow[],
  handlers: Readonly<Record<string, Handler>>,
  columns: number,
): readonly (readonly Piece[])[] => {
  const own = keys.map((row) => ({ ...row, names: row.keys.map(showKey).join(' ') }))
  const width = Math.min(14, Math.max(...own.map(({ names }) => names.length)))
  return own.flatMap(({ names, does, help, dangerous }) => {
    const handler = handlers[does]
    const off = typeof handler === 'object' ? ` Off now: ${handler.disabledReason}.` : ''
    const lines = wrap(`${help}${dangerous === true ? ' Asks first.' : ''}${off}`, columns - width - 2)
    return lines.map((line, index) => [
      { text: `${index === 0 ? names : ''}`.padEnd(width + 2), tone: 'strong' as const },
      { text: line, tone: off === '' ? ('plain' as const) : ('quiet' as const) },
    ])
  })
}

/** The help in place of the view. j and k scroll it; the app closes it. */
export const Help = ({
  keys,
  handlers,
}: {
  readonly keys: readonly KeyRow[]
  readonly handlers: Readonly<Record<string, Handler>>
}): ReactNode => {
  const { columns, rows } = useApp()
  const [top, setTop] = useState(0)
  const lines = helpLines(keys, handlers, columns)
  const height = bodyRows(rows)
  const scroll = (by: number) => setTop((now) => Math.max(0, Math.min(lines.length - height, now + by)))
  useLayer({
    expects: () => 'keys',
    take: ({ name }) => {
      const by = { j: 1, down: 1, k: -1, up: -1, pagedown: height, space: height, pageup: -height }[name]
      if (by === undefined) return false
      scroll(by)
      return true
    },
  })
  return (
    <Box flexDirection="column">
      <Lines columns={columns} lines={lines.slice(top, top + height)} />
    </Box>
  )
}
