import { type Limits, limits as standardLimits } from './limits.ts'
import type { Log } from './log.ts'
import { noRoom, type Problem } from './problem.ts'
import { makeTextStream, type TextStream } from './text-stream.ts'

/** The exports that are being sent by this process. */
export interface Exports {
  /**
   * Begins to send a text, or says why there is no room for another one. Rejects where its first piece cannot be had:
   * nothing is sent then.
   */
  readonly send: (text: () => AsyncGenerator<string>) => Promise<ReadableStream<Uint8Array> | Problem>
  /** Breaks every one off, and sends no other. */
  readonly endAll: () => void
}

async function* from(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    if (first.done !== true) yield first.value
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

/** Keeps the exports of a process within their limits: each holds a moment of the store. */
export const makeExports = (log: Log, other: Partial<Limits> = {}): Exports => {
  const limits = { ...standardLimits, ...other }
  const open = new Set<TextStream>()
  let count = 0
  let isStopping = false
  const leave = (): void => {
    count -= 1
  }

  return {
    send: async (text) => {
      if (isStopping) return noRoom('the server stops: come back later')
      if (count >= limits.exports)
        return noRoom(`at most ${limits.exports} exports are sent at one time: come back later`)
      count += 1
      const pieces = text()
      try {
        const stream = makeTextStream(from(await pieces.next(), pieces), {
          log,
          patience: limits.exportStallMilliseconds,
          ended: () => {
            leave()
            open.delete(stream)
          },
        })
        open.add(stream)
        if (isStopping) stream.breakOff('the server stops')
        return stream.body
      } catch (cause) {
        leave()
        throw cause
      }
    },
    endAll: () => {
      isStopping = true
      for (const stream of [...open]) stream.breakOff('the server stops')
    },
  }
}
