/** The end of something: with another signal, or when its time is over. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Whether it was the time that was over. */
  readonly isLate: () => boolean
  /** Stops the clock and lets go of the other signal. */
  readonly clear: () => void
}

/**
 * Ends with another signal or after so many milliseconds, and keeps no process alive. `AbortSignal.any` does not do:
 * on Node 20 a timer inside it may be collected before its time, and then never ends anything (nodejs/node#57736).
 */
export const makeDeadline = (other: AbortSignal, milliseconds: number): Deadline => {
  const controller = new AbortController()
  const { signal } = controller
  let isLate = false
  const end = (): void => controller.abort()
  const timer = setTimeout(() => {
    isLate = !signal.aborted
    end()
  }, milliseconds).unref()
  if (other.aborted) end()
  else other.addEventListener('abort', end, { once: true })
  return {
    signal,
    isLate: () => isLate,
    clear: () => {
      clearTimeout(timer)
      other.removeEventListener('abort', end)
    },
  }
}
