import { randomUUID } from 'node:crypto'
import { exampleConsumeLotId } from '../src/sample-plant/lots.ts'
import { type Answered, allItems, type Client, itemsOf } from './client.ts'

/** A write that was sent: what it was, under which key, and what came back, if anything did. */
export interface Sent {
  readonly key: string
  readonly path: string
  /** BOTH is a list of two actions, all or nothing: a consumption and a move. */
  readonly type: 'CONSUME' | 'MOVE' | 'BOTH'
  readonly request: Readonly<Record<string, unknown>>
  answered?: Answered
}

/** How much one write takes. Small, so that the lot lasts. */
const each = 0.01

/** The places between which the writers work. */
export interface Places {
  readonly source: string
  readonly destination: string
}

/** The stock that the writers work on, and where they move it. */
export interface Stock {
  readonly source: number
  readonly destination: number
}

const paths = ['Dairy/Warehouse/Dry store', 'Dairy/Packing/Line 1'] as const

/** Finds the places of the writers by their paths. */
export const findPlaces = async (client: Client): Promise<Places> => {
  const locations = itemsOf(await client.get('/v1/locations?limit=200'))
  const [source, destination] = paths.map((path) => String(locations.find((item) => item['path'] === path)?.['id']))
  return { source: String(source), destination: String(destination) }
}

/** Makes the next write: odd ones consume, even ones move. Only quantities that add up can come out right. */
export const makeWrite = ({ source, destination }: Places, turn: number): Sent => {
  const type = turn % 2 === 0 ? 'MOVE' : 'CONSUME'
  return {
    key: randomUUID(),
    path: '/v1/lot-records',
    type,
    request: {
      lotRecordType: type,
      inventoryLotId: exampleConsumeLotId,
      sourceLocationId: source,
      ...(type === 'MOVE' && { destinationLocationId: destination }),
      quantity: each,
      status: 'COMPLETED',
    },
  }
}

/** Makes a write of two records, which both happen or neither. */
export const makePairOfWrites = ({ source, destination }: Places): Sent => {
  const out = { lotIdOrName: exampleConsumeLotId, quantity: each, sourceLocationIdOrPath: source }
  const move = { ...out, type: 'MOVE', destinationLocationIdOrPath: destination }
  return {
    key: randomUUID(),
    path: '/v1/inventory/execute-inventory-actions',
    type: 'BOTH',
    request: { requests: [{ ...out, type: 'CONSUME' }, move] },
  }
}

/** Sends a write and keeps the answer. What was not answered may or may not have happened. */
export const send = async (client: Client, sent: Sent): Promise<boolean> => {
  try {
    sent.answered = await client.post(sent.path, sent.request, sent.key)
    return true
  } catch (error) {
    // The connection broke: the server is gone.
    if (error instanceof TypeError || error instanceof SyntaxError) return false
    throw error
  }
}

/** Writes with several writers at once until the server is gone or `enough` says so. Returns all that was sent. */
export const writeConcurrently = async (
  client: Client,
  places: Places,
  writers: number,
  enough: (acknowledged: number) => boolean,
  make: typeof makeWrite = makeWrite,
): Promise<readonly Sent[]> => {
  const all: Sent[] = []
  let acknowledged = 0
  let over = false
  const writer = async (first: number): Promise<void> => {
    for (let turn = first; !over; turn++) {
      const sent = make(places, turn)
      all.push(sent)
      if (await send(client, sent)) acknowledged += 1
      else over = true
      if (enough(acknowledged)) over = true
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, index) => writer(index)))
  return all
}

/** How much of the lot lies where. */
export const stockOf = async (client: Client): Promise<Stock> => {
  const rows = itemsOf(await client.get(`/v1/inventory?lot=${exampleConsumeLotId}`))
  const [source, destination] = paths.map((path) =>
    Number(rows.find((row) => row['locationPath'] === path)?.['quantity'] ?? 0),
  )
  return { source: Number(source), destination: Number(destination) }
}

/** The ids of the lot's records that writers wrote, as the ledger has them. */
export const writtenIds = async (client: Client, key: string): Promise<readonly string[]> =>
  (await allItems(client, `/v1/lot-records?lot=${exampleConsumeLotId}&createdBy=${key}`)).map((item) =>
    String(item['id']),
  )

/** The ids of the records that a write made, as its answer has them. */
export const idsOf = ({ answered }: Sent): readonly string[] => {
  const body: unknown = answered?.body
  return (Array.isArray(body) ? body : [body]).map((record: { readonly id: string }) => record.id)
}

/** What the stock must be after these writes, each applied once. */
export const stockAfter = (before: Stock, writes: readonly Sent[]): Stock => {
  const taken = writes.reduce((sum, { type }) => sum + (type === 'BOTH' ? 2 : 1), 0)
  const moved = writes.filter(({ type }) => type !== 'CONSUME').length
  // Counted in hundredths, which are whole.
  return {
    source: Math.round(before.source * 100 - taken) / 100,
    destination: Math.round(before.destination * 100 + moved) / 100,
  }
}
