import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Expected, makeKeyboard, type Typed, waits } from './keyboard.ts'

beforeEach(() => {
  // Turns of the event loop are real: only time stands still.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const show = (typed: Typed): string =>
  typed.kind === 'scan' ? `scan ${typed.code}` : typed.kind === 'lost' ? `lost ${typed.text}` : typed.key.name

/** So many milliseconds in which nothing is typed. */
const rest = async (milliseconds: number): Promise<void> => {
  vi.advanceTimersByTime(milliseconds)
  await new Promise((resolve) => setImmediate(resolve))
}

const setUp = (expected: Expected = 'keys') => {
  const got: string[] = []
  const keyboard = makeKeyboard({ typed: (typed) => got.push(show(typed)), expects: () => expected })
  return {
    got,
    keyboard,
    /** Each character so many milliseconds after the one before. */
    type: async (text: string, milliseconds: number) => {
      for (const character of text) {
        keyboard.push(character)
        await rest(milliseconds)
      }
    },
  }
}

describe('the keyboard', () => {
  it('takes a burst that ends with Enter as a scan, in one piece or in many', async () => {
    const { got, keyboard, type } = setUp()
    keyboard.push('SALT-2026-11-01\r')
    await type('LOT-2', waits.key - 1)
    keyboard.push('\n')
    expect(got).toEqual(['scan SALT-2026-11-01', 'scan LOT-2'])
  })

  it('takes a scanner that is slow, or a code that comes in parts, as a scan', async () => {
    const { got, keyboard, type } = setUp()
    await type('SALT-1', 30)
    keyboard.push('\r')
    keyboard.push('SALT')
    await rest(waits.burst - 1)
    keyboard.push('-2')
    await rest(waits.burst - 1)
    keyboard.push('\r')
    expect(got).toEqual(['scan SALT-1', 'scan SALT-2'])
  })

  it('takes what came while the machine stood still as one burst', () => {
    const { got, keyboard } = setUp()
    keyboard.push('SALT')
    // The wait is over, but before anything comes of it, what came in meanwhile is read.
    vi.advanceTimersByTime(waits.burst)
    keyboard.push('-1\r')
    expect(got).toEqual(['scan SALT-1'])
  })

  it('runs nothing of a burst that has no Enter', async () => {
    const { got, keyboard } = setUp()
    keyboard.push('qSu')
    await rest(waits.burst)
    keyboard.push('ALT-1\t')
    expect(got).toEqual(['lost qSu', 'lost ALT-1'])
  })

  it('takes what comes slower, is short, or is one key held down, as keys', async () => {
    const { got, keyboard, type } = setUp()
    await type('jjj', waits.move)
    await type('sx', waits.key)
    keyboard.push('\r')
    keyboard.push('tG')
    expect(got).toEqual(['j', 'j', 'j', 's', 'x', 'enter'])
    await rest(waits.burst)
    keyboard.push('jjjj')
    await rest(waits.move)
    keyboard.push('g\r')
    expect(got.slice(6)).toEqual(['t', 'G', 'j', 'j', 'j', 'j', 'g', 'enter'])
  })

  it('leaves a command that is typed at once to the line that its colon opens', async () => {
    const { got, keyboard } = setUp()
    keyboard.push(':st')
    await rest(waits.burst)
    expect(got).toEqual([':', 's', 't'])
  })

  it('waits longer at a question, where a first character would answer it', async () => {
    const { got, keyboard, type } = setUp('answer')
    await type('yeast-1', waits.burst - 1)
    keyboard.push('\r')
    await type('y1', waits.burst - 1)
    keyboard.push('\r')
    expect(got).toEqual(['scan yeast-1', 'scan y1'])
    await type('y', waits.burst)
    expect(got.slice(2)).toEqual(['y'])
  })

  it('keeps nobody waiting who writes text, and scans into it', () => {
    const { got, keyboard } = setUp('text')
    keyboard.push('abcd\r')
    expect(got).toEqual(['a', 'b', 'c', 'd', 'enter'])
  })
})
