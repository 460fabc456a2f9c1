import { EventEmitter } from 'node:events'
import { stripVTControlCharacters } from 'node:util'
import type { Plant } from '@lotbook/domain/testing'
import { render } from 'ink'
import { expect } from 'vitest'
import { type AppOptions, Terminal } from '../src/app/app.tsx'
import { makeKeyboard, type Typed } from '../src/input/keyboard.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

// What a key leads to comes turn by turn of the event loop, however long each takes: drawing, reading, drawing again.
const turnsOfRest = 50

/** The terminal, drawn into memory. */
export const openTerminal = async ({ inventory, ada: caller }: Plant, { columns = 80, rows = 14 } = {}) => {
  let frame = ''
  let drawings = 0
  let hasEnded = false
  let typed: (what: Typed) => Promise<void> = () => Promise.reject(new Error('nobody takes keys yet'))
  const stdout = Object.assign(new EventEmitter(), {
    ...{ columns, rows, isTTY: true },
    write: (text: string) => {
      frame = text
      drawings += 1
      return true
    },
  })
  let push: (chunk: string) => void = () => undefined
  let taken: Promise<unknown> = Promise.resolve()
  const listen: AppOptions['listen'] = (take, expects) => {
    typed = take
    const keyboard = makeKeyboard({
      typed: (what) => {
        taken = taken.then(() => take(what))
      },
      expects,
    })
    push = keyboard.push
    return keyboard.close
  }
  const ink = render(<Terminal {...{ inventory, caller, columns, rows, listen }} where="memory" hasColour />, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
  })
  const ended = ink.waitUntilExit().then(() => {
    hasEnded = true
  })
  /** Waits until nothing changes any more, and everything is read. */
  const settle = async (): Promise<string> => {
    for (let last = '', same = 0; same < turnsOfRest; ) {
      await turn()
      same = frame === last && !frame.includes('reading …') ? same + 1 : 0
      last = frame
    }
    return frame
  }
  /** What is drawn, without its colours: whether there are any depends on the machine. */
  const text = (): string => stripVTControlCharacters(frame)
  /** Gives a key, and waits until it is taken up, or the terminal has ended. */
  const send = (name: string): Promise<unknown> => {
    const text = name === 'space' ? ' ' : name
    const key = [...name].length === 1 || name === 'space' ? { name, text } : { name }
    return Promise.race([typed({ kind: 'key', key }), ended])
  }
  await settle()
  return {
    settle,
    hasEnded: () => hasEnded,
    frame: () => frame,
    /** How often the screen was drawn so far. */
    drawings: () => drawings,
    text,
    press: async (...names: readonly string[]) => {
      for (const name of names) {
        await send(name)
        await settle()
      }
    },
    /** Types text: each character after the one before was taken up. */
    type: async (text: string) => {
      for (const character of text) await send(character)
      await settle()
    },
    scan: async (code: string) => {
      await typed({ kind: 'scan', code })
      await settle()
    },
    /** What a scanner sends at once, Enter included. */
    send: async (chunk: string) => {
      push(chunk)
      await taken
      await settle()
    },
    /** Waits until the screen shows it, and returns the screen. */
    see: async (wanted: string | RegExp) => {
      await expect.poll(text).toMatch(wanted)
      return text()
    },
    close: () => ink.unmount(),
  }
}

/** A terminal that is open. */
export type Opened = Awaited<ReturnType<typeof openTerminal>>
