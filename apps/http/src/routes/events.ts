import { eventsShape, publishInventoryStateShape } from '@lotbook/domain'
import { Effect, Schema } from 'effect'
import { limits } from '../limits.ts'
import { type Operation, ok } from '../operation.ts'
import { Problem } from '../problem.ts'
import { InventoryEvent, LotRecordEvent } from '../schemas/events.ts'
import { Whole } from '../schemas/fields.ts'

const Published = Schema.Struct({
  published: Whole.annotate({ description: 'How many locations.' }),
}).annotate({ identifier: 'Published' })

/** The feed of all that is written, and the documented function that puts stock on it. */
export const eventsRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/events',
    id: 'getEvents',
    tag: 'Events',
    summary: 'Follow the ledger',
    description: `Server-sent events: one \`lot-record\` event for each version of a record, in order of sequence, whichever process wrote it. Its id is the sequence. Who comes back with \`Last-Event-ID\` (or \`after\`) goes on there: nothing is missed and nothing comes twice. Without either, the stream begins with what is written from now on; \`after=0\` begins with the first version. What a filter leaves out still moves the id on. A comment is sent every ${limits.heartbeatMilliseconds / 1000} seconds without news. The stream ends when the key is no longer valid, the server stops, or the ledger ends before what was sent (a standby took over that lacks the last records): a comment says so, and who comes back is told 422. \`inventory\` events come from publishInventoryState: they have no id and are not sent again.`,
    permission: 'INVENTORY.READ.GET',
    query: { shape: eventsShape, without: ['lastEventId'] },
    resumes: true,
    streams: true,
    answers: {
      200: {
        description: 'Events, without an end.',
        contentType: 'text/event-stream',
        events: { 'lot-record': LotRecordEvent, inventory: InventoryEvent },
      },
    },
    handle: ({ inventory, streams }, { query, headers, call, mayStill }) => {
      const lastEventId = headers.get('last-event-id')
      return Effect.map(inventory.openEvents({ ...query, lastEventId }, call), (feed) => {
        const body = streams.open(feed, mayStill)
        if (body instanceof Problem) return body
        // A proxy that collects answers would keep the events back.
        return {
          status: 200,
          stream: body,
          headers: { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' },
        }
      })
    },
  },
  {
    method: 'POST',
    path: '/v1/inventory/publish-inventory-state',
    id: 'publishInventoryState',
    tag: 'Events',
    summary: 'Put stock on the event feed',
    description:
      'Tells the present stock of the named locations (without any: of all) as `inventory` events, one or more for each location, to the streams that are open now in the process that answers, within their filters. Nothing is written.',
    permission: 'INVENTORY.READ.GET',
    body: { shape: publishInventoryStateShape, optional: true },
    isRead: true,
    answers: { 200: { description: 'How many locations were put on the feed.', schema: Published } },
    handle: ({ inventory }, { body, call }) => Effect.map(inventory.publishInventoryState(body, call), ok),
  },
]
