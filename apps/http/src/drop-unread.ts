/** What may wait at most for whoever reads the log, in bytes. */
const most = 4 * 1024 * 1024

/** Where text is written, and how much of it nobody has taken yet. */
export interface Unread {
  readonly writableLength: number
  readonly write: (text: string) => unknown
}

/**
 * Writes lines to a log, and drops them while too much of it waits for a reader that hangs: a server would run out of
 * memory. How many were dropped is the first line once there is room again.
 */
export const dropUnread = (log: Unread, now: () => number = Date.now): ((text: string) => void) => {
  let dropped = 0
  return (text) => {
    if (log.writableLength > most) {
      dropped += text.split('\n').length - 1
      return
    }
    if (dropped > 0) {
      const entry = { time: new Date(now()).toISOString(), level: 'warn', message: 'log lines dropped', lines: dropped }
      log.write(`${JSON.stringify(entry)}\n`)
      dropped = 0
    }
    log.write(text)
  }
}
