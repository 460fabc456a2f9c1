import type { EventFeed } from '@lotbook/domain'
import { type Limits, retryAfterSeconds, limits as standardLimits } from '../limits.ts'
import { noRoom, type Problem } from '../problem.ts'
import { type EventStream, makeEventStream } from './event-stream.ts'

/** The streams that are open in this process. */
export interface EventStreams {
  /** Opens a stream, or says why there is no room for one. */
  readonly open: (feed: EventFeed, mayRead: () => Promise<boolean>) => ReadableStream<Uint8Array> | Problem
  readonly count: () => number
  /** Ends every stream, and opens no other. */
  readonly endAll: () => void
}

/** Keeps the streams of a process within their limits. */
export const makeEventStreams = (other: Partial<Limits> = {}): EventStreams => {
  const limits = { ...standardLimits, ...other }
  const open = new Set<EventStream>()
  let isStopping = false
  return {
    open: (feed, mayRead) => {
      if (isStopping) return noRoom('the server stops: come back later')
      if (open.size >= limits.eventStreams)
        return noRoom(`at most ${limits.eventStreams} streams of events are open at one time: come back later`)
      const stream = makeEventStream({
        feed,
        mayRead,
        pageSize: limits.eventPage,
        heartbeatMilliseconds: limits.heartbeatMilliseconds,
        retryMilliseconds: retryAfterSeconds * 1000,
        ended: () => {
          open.delete(stream)
        },
      })
      open.add(stream)
      return stream.body
    },
    count: () => open.size,
    endAll: () => {
      isStopping = true
      for (const stream of [...open]) stream.end()
    },
  }
}
