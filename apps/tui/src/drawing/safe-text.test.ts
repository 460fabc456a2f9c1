import { describe, expect, it } from 'vitest'
import { safeText } from './safe-text.ts'

describe('safeText', () => {
  it('leaves words of any language as they are', () => {
    for (const text of ['SALT-2026', 'Käse – 250 g', '牛乳 2℃', 'Ζάχαρη', 'חלב', 'e\u0301clair', '🥛'])
      expect(safeText(text)).toBe(text)
  })

  it.each([
    ['a colour', '\u001b[31mred\u001b[0m', '·[31mred·[0m'],
    ['a cleared screen by a C1 control', '\u009b2Jgone', '·2Jgone'],
    ['a title', '\u001b]0;title\u0007', '·]0;title·'],
    ['a link (OSC 8)', '\u001b]8;;http://x\u001b\\click\u001b]8;;\u001b\\', '·]8;;http://x·\\click·]8;;·\\'],
    ['a reversed direction', 'scrap\u202etxt.exe', 'scrap·txt.exe'],
    ['an isolate', '\u2067abc\u2069', '·abc·'],
    ['characters without width', 'LOT\u200b-\u200d1\ufeff', 'LOT·-·1·'],
    ['a carriage return that would overwrite', 'lot A\rlot B', 'lot A lot B'],
    ['line breaks', 'one\ntwo\u2028three', 'one two·three'],
    ['backspace and delete', 'ab\b\u007fc', 'ab··c'],
    ['half a character', 'a\ud800b', 'a·b'],
    ['invisible tags', `x${String.fromCodePoint(0xe0041)}y`, 'x·y'],
  ])('makes %s harmless', (_, stored, drawn) => {
    expect(safeText(stored)).toBe(drawn)
  })
})
