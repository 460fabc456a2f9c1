import type { Log } from './log.ts'

/** How a text is to be sent. */
export interface TextStreamOptions {
  readonly log: Log
  /** For how many milliseconds its reader may take nothing; without it, for ever. */
  readonly patience?: number
  /** Called once, when it is over, whoever ended it. */
  readonly ended?: () => void
}

/** A text that somebody reads, and how to break it off from this side. */
export interface TextStream {
  readonly body: ReadableStream<Uint8Array>
  readonly breakOff: (why: string) => void
}

/**
 * Sends a text piece by piece. A piece is asked for when the reader has room for it: a slow one is waited for, and one
 * that has gone costs nothing. A text that does not come to its end breaks the connection off: the status is long sent,
 * and nothing else still tells the reader that something is missing.
 */
export const makeTextStream = (text: AsyncGenerator<string>, options: TextStreamOptions): TextStream => {
  const { log, patience, ended } = options
  const encoder = new TextEncoder()
  let controller: ReadableStreamDefaultController<Uint8Array>
  let stalled: NodeJS.Timeout | undefined
  let isOver = false

  const finish = (): void => {
    if (isOver) return
    isOver = true
    clearTimeout(stalled)
    ended?.()
  }
  const fail = (cause: unknown): void => {
    if (isOver) return
    finish()
    log({ level: 'error', message: 'an answer was cut off', cause })
    controller.error(cause)
  }
  // What the text holds on to is let go of; that it fails in doing so is for the log.
  const letGo = (): void => {
    text.return(undefined).catch((cause: unknown) => log({ level: 'error', message: 'an answer was cut off', cause }))
  }
  const breakOff = (why: string): void => {
    if (isOver) return
    fail(new Error(why))
    letGo()
  }
  const watch = (): void => {
    if (patience === undefined || isOver) return
    stalled = setTimeout(() => breakOff('its reader took nothing for too long'), patience)
    stalled.unref()
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start: (own) => {
        controller = own
        watch()
      },
      pull: async () => {
        clearTimeout(stalled)
        try {
          const { done, value } = await text.next()
          if (isOver) return
          if (done === true) {
            finish()
            controller.close()
          } else {
            controller.enqueue(encoder.encode(value))
            watch()
          }
        } catch (cause) {
          fail(cause)
        }
      },
      cancel: () => {
        finish()
        letGo()
      },
    },
    { highWaterMark: 0 },
  )
  return { body, breakOff }
}
