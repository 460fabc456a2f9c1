import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { exitCode, Stop } from '../exit-code.ts'
import { notWritten } from './new-file.ts'

/** A file that gets the rows which an import refuses, as they were. */
export interface RefusedFile {
  /** The header row, for CSV: it comes first. */
  readonly header: (text: string) => void
  readonly add: (text: string) => void
  /** Closes it. One without rows is taken away. */
  readonly end: () => void
}

const why = (error: unknown): string =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST'
    ? 'it is there already: name a new file'
    : error instanceof Error
      ? error.message
      : String(error)

/** Makes the file. Stops where there is one: the rows of another import are not mixed with these. */
export const openRefusedFile = (name: string): RefusedFile => {
  let file: number
  try {
    file = openSync(name, 'ax')
  } catch (error) {
    throw new Stop(`cannot write refused rows into ${name}: ${why(error)}`, { code: exitCode.usage, cause: error })
  }
  let rows = 0
  const write = (text: string): void => {
    try {
      writeSync(file, `${text}\n`)
    } catch (error) {
      throw notWritten(name, error)
    }
  }
  return {
    header: write,
    // Each is written before the next rows are decided: a crash loses none that were told.
    add: (text) => {
      rows += 1
      write(text)
    },
    end: () => {
      closeSync(file)
      if (rows === 0) rmSync(name)
    },
  }
}
