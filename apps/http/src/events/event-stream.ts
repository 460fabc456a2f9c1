import { type EventFeed, type Place, showUlid, type Ulid } from '@lotbook/domain'
import { Problem } from '../problem.ts'
import { run } from '../run.ts'
import { comment, inventoryEvent, opening, recordEvents } from './event-text.ts'

/** How a stream is to go. */
export interface StreamSettings {
  readonly pageSize: number
  readonly heartbeatMilliseconds: number
  readonly retryMilliseconds: number
}

/** What a stream is made of. */
export interface StreamParts extends StreamSettings {
  readonly feed: EventFeed
  /** Whether the key of the reader may still be used; asked before anything is sent. */
  readonly mayRead: () => Promise<boolean>
  /** Called once, when the stream is over, whoever ended it. */
  readonly ended: () => void
}

/** A stream of events that somebody reads, and how to end it from this side. */
export interface EventStream {
  readonly body: ReadableStream<Uint8Array>
  readonly end: () => void
}

/**
 * The feed as server-sent events. It is read a page at a time and only when the reader has taken what was sent before:
 * a slow reader costs one page of memory, however far behind it is.
 */
export const makeEventStream = (parts: StreamParts): EventStream => {
  const { feed, mayRead, pageSize, heartbeatMilliseconds } = parts
  let position = feed.from
  let mayBeNew = true
  let isOver = false
  const published = new Map<Ulid, { readonly place: Place; readonly after: string | null }>()
  let wake: (() => void) | undefined

  const letGo = feed.watch({
    changed: () => {
      mayBeNew = true
      wake?.()
    },
    published: (places) => {
      for (const place of places) if (!published.has(place.id)) published.set(place.id, { place, after: null })
      wake?.()
    },
  })

  const finish = (): void => {
    if (isOver) return
    isOver = true
    letGo()
    wake?.()
    parts.ended()
  }

  const unavailable = (): Uint8Array => {
    finish()
    return comment('the store is not available: come back later')
  }

  /** Resolves to true when something has happened, to false when a heartbeat is due. */
  const happening = (): Promise<boolean> =>
    new Promise((resolve) => {
      const settle = (happened: boolean): void => {
        clearTimeout(timer)
        wake = undefined
        resolve(happened)
      }
      const timer = setTimeout(() => settle(false), heartbeatMilliseconds)
      wake = () => settle(true)
    })

  const nextRecords = async (): Promise<Uint8Array | undefined> => {
    mayBeNew = false
    const page = await run(feed.next(position, pageSize))
    if (page instanceof Problem) return unavailable()
    if (page.upTo < position) {
      finish()
      return comment(`the ledger ends at ${page.upTo}, before what was sent: it has lost records. Read it anew`)
    }
    if (page.upTo === position) return undefined
    mayBeNew = true
    position = page.upTo
    return recordEvents(page.items, page.upTo)
  }

  const nextInventory = async (): Promise<Uint8Array | undefined> => {
    const [first] = published.values()
    if (first === undefined) return undefined
    const { place, after } = first
    const page = await run(feed.stockAt(place, after, pageSize))
    if (page instanceof Problem) return unavailable()
    if (page.next === null) published.delete(place.id)
    else published.set(place.id, { place, after: page.next })
    return inventoryEvent(place, showUlid(place.id), page.items, page.next === null)
  }

  /** What is to be sent next; undefined once the stream is over. Waits for it. */
  const next = async (): Promise<Uint8Array | undefined> => {
    let isIdle = false
    while (!isOver) {
      if (!(await mayRead())) {
        finish()
        return comment('the key is no longer valid')
      }
      const sent = (mayBeNew ? await nextRecords() : undefined) ?? (await nextInventory())
      if (sent !== undefined) return sent
      if (isIdle) return comment('still here')
      // It may have ended meanwhile, when nobody waited yet to be woken.
      if (!mayBeNew && !isOver) isIdle = !(await happening())
    }
    return undefined
  }

  let hasBegun = false
  let wasCancelled = false
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const sent = hasBegun ? await next() : opening(position, parts.retryMilliseconds)
        hasBegun = true
        // Who has gone away meanwhile is told nothing any more.
        if (wasCancelled) return
        if (sent !== undefined) controller.enqueue(sent)
        if (isOver) controller.close()
      },
      cancel() {
        wasCancelled = true
        finish()
      },
    },
    { highWaterMark: 0 },
  )

  return { body, end: finish }
}
