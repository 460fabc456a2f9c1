import { exitCode } from './exit-code.ts'

/**
 * Ends the program where its output cannot be written: as SIGPIPE would, without words, where nobody reads any further
 * (such as `head`), and with words where a disk is full.
 */
export const endUnwritten = (error: NodeJS.ErrnoException): never => {
  if (error.code === 'EPIPE') process.exit(141)
  process.stderr.write(`lotbook: cannot write the output: ${error.message}\n`)
  process.exit(exitCode.unavailable)
}

/**
 * Goes on where words for people, or the log of a server, cannot be written: the disk under the log may be another than
 * the ledger's, and may get room again. What the program ends with tells the same.
 */
export const goOnUntold = (): void => undefined

/**
 * Ends the program, which is done, also where nobody takes the words for people or the log any more: a second later.
 * What it prints is waited for.
 */
export const endUntold = (): void => {
  const look = (): void => {
    if (process.stderr.writableLength > 0 && process.stdout.writableLength === 0) process.exit()
  }
  setInterval(look, 1000).unref()
}
