/** What is gathered at most before it is written, in characters. */
const most = 64 * 1024

/** Writes lines. */
export interface LineWriter {
  /** A line that may be written together with others of the same turn of the event loop. */
  readonly add: (line: string) => void
  /** Writes what was gathered. */
  readonly flush: () => void
}

/**
 * Writes the lines of one turn of the event loop at once, in their order: a system call for each costs more than the
 * lines. What waits is bounded, and written before the process exits, also when it exits by an error.
 */
export const makeLineWriter = (write: (text: string) => void): LineWriter => {
  let waiting = ''
  const flush = (): void => {
    if (waiting === '') return
    const text = waiting
    waiting = ''
    write(text)
  }
  process.once('exit', flush)
  return {
    add: (line) => {
      if (waiting === '') setImmediate(flush)
      waiting += line
      if (waiting.length >= most) flush()
    },
    flush,
  }
}
