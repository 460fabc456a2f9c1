/** How much is written: each level includes those before it. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const
/** See {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number]

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

/** A log of JSON lines, on stderr unless told otherwise. */
export const makeLog = (
  level: LogLevel,
  write: (line: string) => void = (line) => process.stderr.write(line),
  now: () => number = Date.now,
): Log => {
  const most = logLevels.indexOf(level)
  return (entry) => {
    if (logLevels.indexOf(entry.level) > most) return
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), ...entry }, plain)}\n`)
  }
}
