import { render } from 'ink'
import { type ReactNode, useEffect, useState } from 'react'
import { type AppOptions, Terminal } from './app/app.tsx'
import { mayColour } from './drawing/look.ts'
import { makeKeyboard, type Typed } from './input/keyboard.ts'

/** What the terminal runs on. */
export interface TerminalOptions extends Omit<AppOptions, 'hasColour' | 'listen'> {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly env: Readonly<Record<string, string | undefined>>
}

const enter = '\u001b[?1049h\u001b[?25l'
const leave = '\u001b[?25h\u001b[?1049l'

/** The size of the screen, now and whenever it changes. */
const useSize = (stdout: NodeJS.WriteStream): { readonly columns: number; readonly rows: number } => {
  // Some screens say 0 by 0.
  const sizeNow = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 })
  const [size, setSize] = useState(sizeNow)
  useEffect(() => {
    const resized = () => setSize(sizeNow())
    stdout.on('resize', resized)
    return () => {
      stdout.off('resize', resized)
    }
  })
  return size
}

interface SizedOptions extends AppOptions {
  readonly stdout: NodeJS.WriteStream
  /** Is called as soon as the first screen is drawn. */
  readonly drawn: () => void
}

const Sized = ({ stdout, drawn, ...options }: SizedOptions): ReactNode => {
  useEffect(drawn, [drawn])
  return <Terminal {...options} {...useSize(stdout)} />
}

/** Hands keys to the app one at a time, each after the screen has taken up the one before. */
const oneAtATime = (take: (typed: Typed) => Promise<void>): ((typed: Typed) => void) => {
  let last: Promise<void> = Promise.resolve()
  return (typed) => {
    last = last.then(() => take(typed))
  }
}

/**
 * Opens the terminal on a screen of its own and resolves when it is left, to the signal where it was one. The screen is given back however it ends:
 * by a key, by a signal, or by a mistake of ours, which is then thrown.
 */
export const runTerminal = async ({
  stdin,
  stdout,
  env,
  ...options
}: TerminalOptions): Promise<NodeJS.Signals | undefined> => {
  // A screen that has gone away can be given nothing back.
  let isGone = false
  const listen: AppOptions['listen'] = (typed, expects) => {
    const keyboard = makeKeyboard({ typed: oneAtATime(typed), expects })
    const push = (chunk: string) => keyboard.push(chunk)
    stdin.setEncoding('utf8')
    stdin.setRawMode(true)
    stdin.on('data', push)
    return () => {
      keyboard.close()
      stdin.off('data', push)
      if (!isGone) stdin.setRawMode(false)
      stdin.pause()
    }
  }
  stdout.write(enter)
  const restore = () => stdout.write(leave)
  process.once('exit', restore)
  const ink = render(null, {
    stdin,
    stdout,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 250,
  })
  // Waited for before anything is drawn: Ink tells of a mistake in the first drawing only those who wait already.
  const ended = ink.waitUntilExit()
  let wasDrawn = false
  let endedBy: NodeJS.Signals | undefined
  const drawn = () => {
    wasDrawn = true
  }
  ink.rerender(<Sized {...options} hasColour={mayColour(env)} {...{ listen, stdout, drawn }} />)
  const stop = (signal: NodeJS.Signals) => {
    endedBy = signal
    ink.unmount()
  }
  const lost = () => {
    isGone = true
    stop('SIGHUP')
  }
  // These stay: what is written last fails last.
  stdin.on('error', lost)
  stdout.on('error', lost)
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const
  const crash = (error: unknown) => ink.unmount(error instanceof Error ? error : new Error(String(error)))
  for (const signal of signals) process.on(signal, stop)
  process.on('uncaughtException', crash)
  try {
    await ended
    // Where Ink itself fails to draw, it only ends.
    if (!wasDrawn && endedBy === undefined) throw new Error('the terminal could not draw its first screen')
    return endedBy
  } finally {
    for (const signal of signals) process.off(signal, stop)
    process.off('uncaughtException', crash)
    process.off('exit', restore)
    restore()
  }
}
