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
  typed.kind === 'scan'
    ? `scan ${typed.code}`
    : typed.kind === 'lost'
      ? `lost ${typed.text}`
      : typed.key.name === 'text'
        ? `text ${typed.key.text}`
        : `${typed.key.name}${typed.key.after === undefined ? '' : ` after ${typed.key.after}`}`

/** So many milliseconds in which nothing is typed. */
const rest = async (milliseconds: number): Promise<void> => {
  vi.advanceTimersByTime(milliseconds)
  await new Promise((resolve) => setImmediate(resolve))
}

const setUp = (expected: Expected = 'keys') => {
  const got: string[] = []
  let now = expected
  const keyboard = makeKeyboard({ typed: (typed) => got.push(show(typed)), expects: () => now })
  return {
    got,
    keyboard,
    /** Another view is on the screen now. */
    turnTo: (other: Expected) => {
      now = other
    },
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
    expect(got).toEqual([':', 'text st'])
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
    expect(got).toEqual(['text abcd', 'enter after 4'])
  })

  it('takes what is pasted into a text as one key', () => {
    const { got, keyboard } = setUp('text')
    keyboard.push('7'.repeat(5000))
    expect(got).toEqual([`text ${'7'.repeat(5000)}`])
  })

  it('gives text on under a name that no key has', () => {
    const { got, keyboard } = setUp('text')
    keyboard.push('escape')
    expect(got).toEqual(['text escape'])
  })

  it('says of Enter and Tab what came at once before them, and forgets that when the hand rests', async () => {
    const { got, keyboard, type } = setUp('text')
    await type('ab', waits.key - 1)
    await rest(waits.burst - waits.key)
    keyboard.push('\t')
    await rest(waits.burst - 1)
    keyboard.push('\r')
    await rest(waits.burst)
    keyboard.push('\r')
    await type('c', waits.key)
    keyboard.push('\r')
    keyboard.push('d\u001b[D\r')
    expect(got).toEqual([...['a', 'b', 'tab after 2', 'enter after 3', 'enter', 'c', 'enter', 'd', 'left', 'enter']])
  })

  it('says of an Enter that it comes at once after another, as of a key held down', async () => {
    const { got, keyboard } = setUp()
    for (const milliseconds of [waits.burst, waits.burst - 1, 40, 0]) {
      keyboard.push('\r')
      await rest(milliseconds)
    }
    expect(got).toEqual(['enter', 'enter', 'enter after 1', 'enter after 2'])
  })

  it('says of an Enter that it comes after a scan', async () => {
    const { got, keyboard } = setUp('answer')
    keyboard.push('SALT-1\r\r')
    await rest(waits.burst)
    keyboard.push('\r')
    expect(got).toEqual(['scan SALT-1', 'enter after 7', 'enter'])
  })

  it('takes CR and LF as one Enter, in one piece or in two', () => {
    const { got, keyboard } = setUp('text')
    keyboard.push('ab\r\n')
    keyboard.push('c\r')
    keyboard.push('\nd\n')
    expect(got).toEqual(['text ab', 'enter after 2', 'c', 'enter after 1', 'd', 'enter after 1'])
  })

  it.each(['keys', 'answer'] as const)(
    'loses the rest of a code that began as text, where it comes to %s',
    async (to) => {
      const { got, keyboard, turnTo } = setUp('text')
      keyboard.push('SALT')
      turnTo(to)
      keyboard.push('y\r')
      expect(got).toEqual(['text SALT', 'lost y'])
      await rest(waits.burst)
      keyboard.push('y')
      await rest(waits.burst)
      expect(got.slice(2)).toEqual(['y'])
    },
  )
})
