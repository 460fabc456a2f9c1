import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Expected, makeKeyboard, type Typed, waits } from './keyboard.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const show = (typed: Typed): string =>
  typed.kind === 'scan' ? `scan ${typed.code}` : typed.kind === 'lost' ? `lost ${typed.text}` : typed.key.name

const setUp = (expected: Expected = 'keys') => {
  const got: string[] = []
  const keyboard = makeKeyboard({ typed: (typed) => got.push(show(typed)), expects: () => expected })
  return {
    got,
    keyboard,
    /** Each character so many milliseconds after the one before. */
    type: (text: string, milliseconds: number) => {
      for (const character of text) {
        keyboard.push(character)
        vi.advanceTimersByTime(milliseconds)
      }
    },
  }
}

describe('the keyboard', () => {
  it('takes a burst that ends with Enter as a scan, in one piece or in many', () => {
    const { got, keyboard, type } = setUp()
    keyboard.push('SALT-2026-11-01\r')
    type('LOT-2', waits.key - 1)
    keyboard.push('\n')
    expect(got).toEqual(['scan SALT-2026-11-01', 'scan LOT-2'])
  })

  it('takes a scanner that is slow, or a code that comes in parts, as a scan', () => {
    const { got, keyboard, type } = setUp()
    type('SALT-1', 30)
    keyboard.push('\r')
    keyboard.push('SALT')
    vi.advanceTimersByTime(waits.burst - 1)
    keyboard.push('-2')
    vi.advanceTimersByTime(waits.burst - 1)
    keyboard.push('\r')
    expect(got).toEqual(['scan SALT-1', 'scan SALT-2'])
  })

  it('runs nothing of a burst that has no Enter', () => {
    const { got, keyboard } = setUp()
    keyboard.push('qSu')
    vi.advanceTimersByTime(waits.burst)
    keyboard.push('ALT-1\t')
    expect(got).toEqual(['lost qSu', 'lost ALT-1', 'tab'])
  })

  it('takes what comes slower, is short, or is one key held down, as keys', () => {
    const { got, keyboard, type } = setUp()
    type('jjj', waits.move)
    type('sx', waits.key)
    keyboard.push('\r')
    keyboard.push('tG')
    expect(got).toEqual(['j', 'j', 'j', 's', 'x', 'enter'])
    vi.advanceTimersByTime(waits.burst)
    keyboard.push('jjjj')
    vi.advanceTimersByTime(waits.move)
    keyboard.push('g\r')
    expect(got.slice(6)).toEqual(['t', 'G', 'j', 'j', 'j', 'j', 'g', 'enter'])
  })

  it('leaves a command that is typed at once to the line that its colon opens', () => {
    const { got, keyboard } = setUp()
    keyboard.push(':st')
    vi.advanceTimersByTime(waits.burst)
    expect(got).toEqual([':', 's', 't'])
  })

  it('waits longer at a question, where a first character would answer it', () => {
    const { got, keyboard, type } = setUp('answer')
    type('yeast-1', waits.burst - 1)
    keyboard.push('\r')
    type('y1', waits.burst - 1)
    keyboard.push('\r')
    expect(got).toEqual(['scan yeast-1', 'scan y1'])
    type('y', waits.burst)
    expect(got.slice(2)).toEqual(['y'])
  })

  it('keeps nobody waiting who writes text, and scans into it', () => {
    const { got, keyboard } = setUp('text')
    keyboard.push('abcd\r')
    expect(got).toEqual(['a', 'b', 'c', 'd', 'enter'])
  })
})
