import type { InventoryView, Place, RecordEvent } from '@lotbook/domain'

const bytes = new TextEncoder()

// JSON has no line breaks of its own, so that one line of data holds it.
const record = (event: RecordEvent): string =>
  `id: ${event.sequence}\nevent: lot-record\ndata: ${JSON.stringify(event)}\n\n`

/** How a stream begins: when to come back after a cut, and from where. An id without data makes no event. */
export const opening = (from: number, retryMilliseconds: number): Uint8Array =>
  bytes.encode(`retry: ${retryMilliseconds}\nid: ${from}\n\n`)

/** Events of records, and at their end the sequence up to which the ledger was read. */
export const recordEvents = (items: readonly RecordEvent[], upTo: number): Uint8Array => {
  const beyond = items.at(-1)?.sequence === upTo ? '' : `id: ${upTo}\n\n`
  return bytes.encode(items.map(record).join('') + beyond)
}

/** The stock of a location as an event without an id. `complete` is false where another one goes on. */
export const inventoryEvent = (
  { path }: Place,
  locationId: string,
  items: readonly InventoryView[],
  complete: boolean,
): Uint8Array => {
  const data = JSON.stringify({ locationId, locationPath: path, items, complete })
  return bytes.encode(`event: inventory\ndata: ${data}\n\n`)
}

/** A line that says nothing but that the server is there, or why it goes. */
export const comment = (text: string): Uint8Array => bytes.encode(`: ${text}\n\n`)
