import {
  largestBatch,
  largestSearchPage,
  largestValueList,
  mostEvents,
  mostFilters,
  mostSortFields,
} from '@lotbook/domain'

/** One limit: how much is taken, of what, and what becomes of more. */
export interface Limit {
  readonly most: number
  readonly of: string
  readonly beyond: string
}

const limit = (most: number, of: string, beyond: string): Limit => ({ most, of, beyond })

/** Every limit of the server, in one table. Each is tested at n and at n + 1. */
export const limitTable = {
  bodyBytes: limit(1024 * 1024, 'bytes of a request body', '413'),
  bodyValues: limit(1000, 'members and elements in a request body', '400'),
  bodyDepth: limit(32, 'levels of objects and lists in each other in a request body', '400'),
  batchItems: limit(largestBatch, 'actions in the body of executeInventoryActions', '422'),
  batchBytes: limit(16 * 1024 * 1024, 'bytes of the body of executeInventoryActions', '413'),
  batchValues: limit(
    32 * largestBatch + 2,
    'members and elements in the body of executeInventoryActions: more than its actions can hold',
    '400',
  ),
  unannouncedBytes: limit(
    64 * 1024,
    'bytes that are taken at one time of a body that does not say how long it is',
    'others have their turn before more is taken',
  ),
  unannouncedMilliseconds: limit(2, 'milliseconds for which the rest of it waits each time', '–'),
  unreadBytes: limit(
    256 * 1024,
    'bytes of a body that are taken after its request was refused',
    'they are not taken, and the connection ends',
  ),
  unreadMilliseconds: limit(
    500,
    'milliseconds for which a client may send more of a body after its request was refused',
    'it is told that the connection ends',
  ),
  hangUpMilliseconds: limit(500, 'milliseconds for which it may read why after that', 'it is cut off'),
  importBytes: limit(16 * 1024 * 1024, 'bytes of the body of importRows', '413'),
  importErrors: limit(100, 'refused rows that the answer of importRows names', 'they are counted as `moreErrors`'),
  epcisBytes: limit(16 * 1024 * 1024, 'bytes of the body of importEpcisEvents', '413'),
  epcisEvents: limit(mostEvents, 'events in the body of importEpcisEvents', '422'),
  epcisValues: limit(64 * mostEvents, 'members and elements in the body of importEpcisEvents', '400'),
  exports: limit(16, 'answers of exportRows and exportEpcisEvents that are being sent at one time', '503'),
  exportStallMilliseconds: limit(
    60_000,
    'milliseconds for which the reader of an export may take nothing',
    'the connection is broken off',
  ),
  pictures: limit(2, 'traces that are being drawn as SVG at one time', '503'),
  pictureMilliseconds: limit(5_000, 'milliseconds for which a trace is drawn as SVG', '422'),
  searchFilters: limit(mostFilters, 'filters of findLots', '422'),
  searchListValues: limit(largestValueList, 'values in the list of a filter of findLots', '422'),
  searchSortFields: limit(mostSortFields, 'fields by which findLots sorts', '422'),
  searchPage: limit(largestSearchPage, 'lots on a page of findLots; without paging there is no limit', '422'),
  headerBytes: limit(16 * 1024, 'bytes of request line and headers', '431'),
  urlCharacters: limit(8 * 1024, 'characters of path and query', '414'),
  idempotencyKeyCharacters: limit(255, 'characters of an Idempotency-Key', '400'),
  requestIdCharacters: limit(128, 'characters of an X-Request-Id', 'another id is made'),
  secretCharacters: limit(512, 'characters of the secret of a key', '401'),
  receiptMilliseconds: limit(
    7 * 24 * 60 * 60 * 1000,
    'milliseconds for which an answer is kept at least',
    'the key may be free again',
  ),
  headersMilliseconds: limit(10_000, 'milliseconds until the headers have arrived', '408'),
  requestMilliseconds: limit(30_000, 'milliseconds until a request has arrived', '408'),
  keepAliveMilliseconds: limit(10_000, 'milliseconds for which an idle connection is kept', 'it is closed'),
  checkMilliseconds: limit(2_000, 'milliseconds between two looks at the three times above', '–'),
  connections: limit(1_024, 'connections at one time', 'new ones are closed'),
  eventStreams: limit(256, 'streams of events at one time', '503'),
  eventPage: limit(100, 'versions that a stream of events reads at one time', 'it reads again once they are sent'),
  heartbeatMilliseconds: limit(
    15_000,
    'milliseconds without news on a stream of events, and for which it may outlive its key',
    'a comment is sent',
  ),
  webhookMilliseconds: limit(10_000, 'milliseconds for the delivery of a webhook', 'it is tried again'),
  webhookAnswerBytes: limit(64 * 1024, 'bytes that are read of the answer to a delivery', 'the connection is closed'),
  webhookRetryMilliseconds: limit(
    5 * 60 * 1000,
    'milliseconds between two tries of a delivery, of which the first two are one second apart',
    '–',
  ),
  webhookPage: limit(50, 'versions that are read at one time to be delivered', 'it is read again once they are'),
  leaseMilliseconds: limit(
    15_000,
    'milliseconds for which a process that died keeps others from delivering webhooks',
    'another process goes on',
  ),
  stopMilliseconds: limit(10_000, 'milliseconds for running requests when the server stops', 'they are cut off'),
} as const satisfies Record<string, Limit>

type Name = keyof typeof limitTable

/** The numbers of {@link limitTable}, by name. */
export type Limits = { readonly [K in Name]: number }

const numbers = Object.entries(limitTable).map(([name, { most }]) => [name, most] as const)

/** See {@link Limits}. */
export const limits = Object.fromEntries(numbers) as Limits

/** What `Retry-After` says when the store is not available, in seconds. */
export const retryAfterSeconds = 1
