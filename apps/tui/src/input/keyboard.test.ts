import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { burstMilliseconds, makeKeyboard, type Typed } from './keyboard.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const setUp = () => {
  const got: string[] = []
  let writing = false
  const keyboard = makeKeyboard({
    typed: (typed: Typed) => got.push(typed.kind === 'scan' ? `scan ${typed.code}` : typed.key.name),
    isWriting: () => writing,
  })
  const write = (on: boolean) => {
    writing = on
  }
  return { got, keyboard, write }
}

describe('the keyboard', () => {
  it('takes a burst that ends with Enter as a scan, in one piece or in many', () => {
    const { got, keyboard } = setUp()
    keyboard.push('SALT-2026-11-01\r')
    for (const character of 'LOT-2') {
      keyboard.push(character)
      vi.advanceTimersByTime(burstMilliseconds - 1)
    }
    keyboard.push('\n')
    expect(got).toEqual(['scan SALT-2026-11-01', 'scan LOT-2'])
  })

  it('takes what comes slower, or without Enter, as keys', () => {
    const { got, keyboard } = setUp()
    for (const character of 'jjj') {
      keyboard.push(character)
      vi.advanceTimersByTime(burstMilliseconds)
    }
    keyboard.push('\r')
    keyboard.push('abc')
    vi.advanceTimersByTime(burstMilliseconds)
    keyboard.push('g\r')
    expect(got).toEqual(['j', 'j', 'j', 'enter', 'a', 'b', 'c', 'g', 'enter'])
  })

  it('keeps nobody waiting who writes text, and scans into it', () => {
    const { got, keyboard, write } = setUp()
    write(true)
    keyboard.push('abcd\r')
    expect(got).toEqual(['a', 'b', 'c', 'd', 'enter'])
  })
})
