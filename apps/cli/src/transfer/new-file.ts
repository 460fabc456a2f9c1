import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { exitCode, Stop } from '../exit-code.ts'

const isOfSystem = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error

/** Stops where a file cannot be new: what is there is never written over. */
export const refuseExisting = (file: string): void => {
  if (existsSync(file)) throw new Stop(`${file} exists already: name another file`, { code: exitCode.refused })
  if (!existsSync(dirname(file)))
    throw new Stop(`cannot write ${file}: its folder does not exist`, { code: exitCode.usage })
}

/** What an error of the file system stops a command with; any other error stays what it is. */
export const notWritten = (file: string, error: unknown): unknown =>
  isOfSystem(error)
    ? new Stop(`cannot write ${file}: ${error.message}`, { code: exitCode.unavailable, cause: error })
    : error
