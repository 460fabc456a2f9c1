/** Waits for somebody to ask the process to stop (SIGTERM, or SIGINT from a keyboard). Asking again changes nothing. */
export const stopSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal))
  })
