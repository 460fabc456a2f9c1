import { describe, expect, it } from 'vitest'
import { ByteText, stampOf } from './byte-text.ts'

const decoded = (pieces: readonly Uint8Array[]): string => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode()
}

describe('text as bytes', () => {
  it('is what was written, over many pieces, in any script', () => {
    const out = new ByteText()
    const pieces: Uint8Array[] = []
    let expected = ''
    for (let n = 0; n < 6000; n++) {
      const text = ['plain', 'Käse', 'ミルク', '\u{1f9c0}', ''][n % 5]?.repeat(n % 7) ?? ''
      out.text(text)
      out.stamp(stampOf('{"short":"ß"}'))
      out.stamp(stampOf('{"of more bytes than a loop copies":true}'))
      expected += `${text}{"short":"ß"}{"of more bytes than a loop copies":true}`
      if (out.hasFull) pieces.push(...out.take())
    }
    expect(pieces.length).toBeGreaterThan(3)
    expect(decoded([...pieces, ...out.end()])).toBe(expected)
  })

  it('takes a text longer than a piece', () => {
    const out = new ByteText()
    out.text('a')
    out.text('ü'.repeat(100_000))
    expect(decoded(out.end())).toBe(`a${'ü'.repeat(100_000)}`)
  })

  it('tells where a stamp and its gaps lie', () => {
    const out = new ByteText()
    const stamp = stampOf('{"ü":"', 2, '","b":"', 3, '"}')
    out.text('x')
    const at = out.stamp(stamp)
    expect([at, stamp.gaps]).toEqual([1, [7, 16]])
    for (const gap of stamp.gaps) out.bytes[at + gap] = 0x2e
    expect(decoded(out.end())).toBe('x{"ü":". ","b":".  "}')
  })
})
