import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { exitCode, Stop } from '../exit-code.ts'

const isOfSystem = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error

const existing = (file: string): Stop =>
  new Stop(`${file} exists already: name another file`, { code: exitCode.refused })

/** Stops where a file cannot be new: what is there is never written over. */
export const refuseExisting = (file: string): void => {
  if (existsSync(file)) throw existing(file)
  if (!existsSync(dirname(file)))
    throw new Stop(`cannot write ${file}: its folder does not exist`, { code: exitCode.usage })
}

/** What an error of the file system stops a command with; any other error stays what it is. */
export const notWritten = (file: string, error: unknown): unknown => {
  // Writing takes long: another may have made the file meanwhile.
  if (isOfSystem(error) && error.code === 'EEXIST') return existing(file)
  return isOfSystem(error)
    ? new Stop(`cannot write ${file}: ${error.message}`, { code: exitCode.unavailable, cause: error })
    : error
}
