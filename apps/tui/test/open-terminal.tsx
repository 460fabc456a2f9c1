import { EventEmitter } from 'node:events'
import { stripVTControlCharacters } from 'node:util'
import type { Plant } from '@lotbook/domain/testing'
import { render } from 'ink'
import { expect } from 'vitest'
import { type AppOptions, Terminal } from '../src/app/app.tsx'
import { makeKeyboard, type Typed } from '../src/input/keyboard.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The terminal, drawn into memory. */
export const openTerminal = async ({ inventory, ada: caller }: Plant, { columns = 80, rows = 14 } = {}) => {
  let frame = ''
  let hasEnded = false
  let typed: (what: Typed) => void = () => undefined
  const stdout = Object.assign(new EventEmitter(), {
    ...{ columns, rows, isTTY: true },
    write: (text: string) => {
      frame = text
      return true
    },
  })
  let push: (chunk: string) => void = () => undefined
  const listen: AppOptions['listen'] = (take, expects) => {
    typed = take
    const keyboard = makeKeyboard({ typed: take, expects })
    push = keyboard.push
    return keyboard.close
  }
  const ink = render(<Terminal {...{ inventory, caller, columns, rows, listen }} where="memory" hasColour />, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
  })
  void ink.waitUntilExit().then(() => {
    hasEnded = true
  })
  /** Waits until nothing changes any more, and everything is read. */
  const settle = async (): Promise<string> => {
    for (let last = '', same = 0; same < 3; ) {
      await wait(4)
      same = frame === last && !frame.includes('reading …') ? same + 1 : 0
      last = frame
    }
    return frame
  }
  /** What is drawn, without its colours: whether there are any depends on the machine. */
  const text = (): string => stripVTControlCharacters(frame)
  const send = (name: string): void => {
    const text = name === 'space' ? ' ' : name
    typed({ kind: 'key', key: [...name].length === 1 || name === 'space' ? { name, text } : { name } })
  }
  return {
    settle,
    hasEnded: () => hasEnded,
    frame: () => frame,
    text,
    press: async (...names: readonly string[]) => {
      for (const name of names) {
        send(name)
        await settle()
      }
    },
    /** Types text: each character after the one before was taken up. */
    type: async (text: string) => {
      for (const character of text) {
        send(character)
        await turn()
        await turn()
      }
      await settle()
    },
    scan: async (code: string) => {
      typed({ kind: 'scan', code })
      await settle()
    },
    /** What a scanner sends at once, Enter included. */
    send: async (chunk: string) => {
      push(chunk)
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
