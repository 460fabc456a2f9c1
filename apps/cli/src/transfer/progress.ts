/** Where progress is shown: on a line that is written over, or, where nobody watches, as a line now and then. */
export interface ProgressOptions {
  /** How much there is to do; null where nobody knows. */
  readonly total: number | null
  readonly isTerminal: boolean
  readonly write: (text: string) => void
  readonly now: () => number
}

/** Shows how far a long piece of work is. */
export interface Progress {
  /** `done` is in the measure of `total`; rows are counted for people. */
  readonly at: (done: number, rows: number) => void
  /** Leaves the line. */
  readonly end: () => void
}

const onTerminal = 200
const inLog = 5_000
const width = 24

const showSeconds = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds))
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** Makes a progress line: share done, rows, rows a second, time left. */
export const makeProgress = ({ total, isTerminal, write, now }: ProgressOptions): Progress => {
  const started = now()
  let shown = started
  let first: number | undefined
  let isOpen = false

  const show = (done: number, rows: number): string => {
    const seconds = (now() - started) / 1000
    const rate = seconds > 0 ? Math.round((rows - (first ?? 0)) / seconds) : 0
    const counted = `${rows} rows, ${rate} rows/s`
    if (total === null || total === 0) return counted
    const share = Math.min(1, done / total)
    const left = share > 0 ? `, ${showSeconds((seconds / share) * (1 - share))} left` : ''
    const filled = Math.round(share * width)
    const bar = isTerminal ? `[${'='.repeat(filled)}${' '.repeat(width - filled)}] ` : ''
    return `${bar}${Math.floor(share * 100)} %, ${counted}${left}`
  }

  return {
    at: (done, rows) => {
      first ??= rows
      if (now() - shown < (isTerminal ? onTerminal : inLog)) return
      shown = now()
      isOpen = isTerminal
      write(isTerminal ? `\r${show(done, rows)}\u001b[K` : `${show(done, rows)}\n`)
    },
    end: () => {
      if (isOpen) write('\r\u001b[K')
    },
  }
}
