import { dropUnread } from './drop-unread.ts'
import { makeLineWriter } from './line-writer.ts'

/** How much is written: each level includes those before it. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const
/** See {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number]

/** Up to which level a line does not wait for others. */
const urgent = logLevels.indexOf('warn')

/** One line of the log, without its time. It never holds a secret, a query or a body. */
export interface LogEntry {
  readonly level: Exclude<LogLevel, 'silent'>
  readonly message: string
  readonly [field: string]: unknown
}

/** Writes one line of the log. */
export type Log = (entry: LogEntry) => void

// An error says more than its JSON would; its stack is for the log and nowhere else.
const plain = (_key: string, value: unknown): unknown =>
  value instanceof Error ? { name: value.name, message: value.message, stack: value.stack, cause: value.cause } : value

/** Errors stand in the field `cause`. To look for them in every field costs more than the rest of the line. */
const jsonOf = (entry: LogEntry): string =>
  typeof entry['cause'] === 'object' ? JSON.stringify(entry, plain) : JSON.stringify(entry)

const onStderr = (): ((line: string, atOnce: boolean) => void) => {
  const { add, flush } = makeLineWriter(dropUnread(process.stderr))
  return (line, atOnce) => {
    add(line)
    if (atOnce) flush()
  }
}

/**
 * A log of JSON lines, on stderr unless told otherwise. There the lines of one turn of the event loop are written
 * together; warnings and errors at once, with what was before them.
 */
export const makeLog = (
  level: LogLevel,
  write: (line: string, atOnce: boolean) => void = onStderr(),
  now: () => number = Date.now,
): Log => {
  const most = logLevels.indexOf(level)
  return (entry) => {
    const rank = logLevels.indexOf(entry.level)
    if (rank > most) return
    write(`{"time":"${new Date(now()).toISOString()}",${jsonOf(entry).slice(1)}\n`, rank <= urgent)
  }
}
