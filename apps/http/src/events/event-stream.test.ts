import type { EventFeed, FeedListener, RecordEvent } from '@lotbook/domain'
import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import { makeEventStream } from './event-stream.ts'

/** A feed of that many versions, of which those pass that a filter lets through. */
const feedOf = (count: number, from = 0, passes = (_sequence: number) => true) => {
  let listener: FeedListener | undefined
  const feed: EventFeed = {
    from,
    next: (after, limit) => {
      const read = Array.from({ length: Math.min(limit, count - after) }, (_, index) => after + index + 1)
      const items = read.filter(passes).map((sequence) => ({ sequence }) as RecordEvent)
      return Effect.succeed({ items, upTo: read.at(-1) ?? Math.min(after, count) })
    },
    stockAt: () => Effect.succeed({ items: [], next: null }),
    watch: (given) => {
      listener = given
      return () => {
        listener = undefined
      }
    },
  }
  return { feed, isWatched: () => listener !== undefined }
}

const open = (
  feed: EventFeed,
  pageSize: number,
  {
    mayRead = async () => true,
    heartbeatMilliseconds = 1,
  }: { mayRead?: () => Promise<boolean>; heartbeatMilliseconds?: number } = {},
) => {
  const ended: string[] = []
  const settings = { pageSize, heartbeatMilliseconds, retryMilliseconds: 1000 }
  const { body, end } = makeEventStream({ ...settings, feed, mayRead, ended: () => ended.push('ended') })
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  return { reader, end, ended }
}

/** What a reader sees that comes back after every chunk with the last id it saw: its events and its ids, one by one. */
const seenInPieces = async (count: number, pageSize: number, passes: (sequence: number) => boolean) => {
  const [events, ids]: [number[], number[]] = [[], []]
  // A stream that goes back would go on for ever.
  for (let last = 0, piece = 0; last < count && piece <= count; piece++) {
    const { reader } = open(feedOf(count, last, passes).feed, pageSize)
    const opening = (await reader.read()).value
    expect(opening).toBe(`retry: 1000\nid: ${last}\n\n`)
    const page = (await reader.read()).value ?? ''
    await reader.cancel()
    for (const [, id, data] of page.matchAll(/^id: (\d+)\n(?:event: lot-record\ndata: (.*)\n)?$/gmu)) {
      ids.push(Number(id))
      if (data !== undefined) events.push((JSON.parse(data) as RecordEvent).sequence)
    }
    last = ids.at(-1) ?? count
  }
  return { events, ids }
}

describe('a stream of events', () => {
  const all = Array.from({ length: 12 }, (_, index) => index + 1)

  it.each([1, 2, 3, 5, 12, 100])('read in pages of %i has every event once, in one piece or in many', async (size) => {
    const { reader } = open(feedOf(12).feed, size)
    let text = ''
    for (let chunk = 0; chunk <= 13; chunk++) text += (await reader.read()).value
    await reader.cancel()
    expect(Array.from(text.matchAll(/^data: \{"sequence":(\d+)\}$/gmu), ([, found]) => Number(found))).toEqual(all)
    expect(await seenInPieces(12, size, () => true)).toEqual({ events: all, ids: all })
  })

  it.each([1, 2, 3, 5, 12])('read in pages of %i goes on behind what a filter leaves out', async (size) => {
    const even = (sequence: number) => sequence % 4 === 2
    const { events, ids } = await seenInPieces(12, size, even)
    expect(events).toEqual(all.filter(even))
    expect(ids.at(-1)).toBe(12)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('says so and ends where the ledger ends before what it has sent', async () => {
    const { feed, isWatched } = feedOf(8, 9)
    const { reader, ended } = open(feed, 10, { heartbeatMilliseconds: 60_000 })
    expect((await reader.read()).value).toBe('retry: 1000\nid: 9\n\n')
    expect((await reader.read()).value).toBe(
      ': the ledger ends at 8, before what was sent: it has lost records. Read it anew\n\n',
    )
    expect(await reader.read()).toMatchObject({ done: true })
    expect([ended, isWatched()]).toEqual([['ended'], false])
  })

  it('ends at once when it is ended while it waits for news', async () => {
    const { feed, isWatched } = feedOf(1)
    const { reader, end, ended } = open(feed, 10, { heartbeatMilliseconds: 60_000 })
    for (let chunk = 0; chunk < 2; chunk++) await reader.read()
    const next = reader.read()
    await new Promise((resolve) => setImmediate(resolve))
    expect(isWatched()).toBe(true)
    end()
    expect(await next).toMatchObject({ done: true })
    expect([ended, isWatched()]).toEqual([['ended'], false])
  })

  it('ends at once when it is ended while its key is being looked at', async () => {
    const looks: (() => void)[] = []
    const mayRead = () => new Promise<boolean>((resolve) => looks.push(() => resolve(true)))
    const { reader, end } = open(feedOf(1, 1).feed, 10, { mayRead, heartbeatMilliseconds: 60_000 })
    await reader.read()
    const next = reader.read()
    await expect.poll(() => looks.length).toBe(1)
    end()
    looks.shift()?.()
    expect(await next).toMatchObject({ done: true })
  })
})
