/** Several that wait for one thing to happen. */
export interface Waiting {
  /** How often somebody was woken: what `wait` compares with. */
  readonly count: () => number
  /** Resolves when somebody was woken since the count was taken, or the time is over. */
  readonly wait: (milliseconds: number, since: number) => Promise<void>
  readonly wake: () => void
}

/** Waiting that ends with a signal and keeps no process alive. */
export const makeWaiting = (signal: AbortSignal): Waiting => {
  const wakers = new Set<() => void>()
  let count = 0
  return {
    count: () => count,
    wait: (milliseconds, since) =>
      new Promise((resolve) => {
        if (signal.aborted || count !== since) return resolve()
        const settle = (): void => {
          clearTimeout(timer)
          wakers.delete(settle)
          resolve()
        }
        const timer = setTimeout(settle, milliseconds).unref()
        wakers.add(settle)
      }),
    wake: () => {
      count += 1
      for (const settle of [...wakers]) settle()
    },
  }
}
