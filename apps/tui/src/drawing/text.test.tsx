import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderToString } from 'ink'
import { describe, expect, it } from 'vitest'
import { Line, layOut } from './text.tsx'

describe('a line', () => {
  it('has exactly its columns', () => {
    const line = (columns: number) =>
      layOut([{ text: '牛乳 ' }, { text: 'AVAILABLE', tone: 'good' }, { text: ' rest' }], columns)
        .map(({ text }) => text)
        .join('|')
    expect([line(22), line(10), line(3)]).toEqual(['牛乳 |AVAILABLE| rest|   ', '牛乳 |AVAI…', '牛…'])
  })

  it('lets nothing that is stored act on the terminal', () => {
    const stored = 'a\u001b[2J\u001b]8;;http://x\u0007b\u009b31m\u202ec\u200bd\r\ne'
    const drawn = renderToString(<Line columns={60} pieces={[{ text: stored }]} />)
    expect(drawn.trimEnd()).toBe('a·[2J·]8;;http://x·b·31m·c·d  e')
  })

  it('is the only way to the screen', () => {
    const folder = join(import.meta.dirname, '..')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/u.test(name))
    const drawing = files.filter((name) =>
      /import \{[^}]*\bText\b[^}]*\} from 'ink'/u.test(readFileSync(join(folder, name), 'utf8')),
    )
    expect(drawing).toEqual(['drawing/text.tsx'])
  })
})
