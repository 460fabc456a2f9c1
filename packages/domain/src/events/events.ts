import type { Effect } from 'effect'
import { enumField, idOrNameField, idOrPathField, listField, wholeWordField } from '../fields.ts'
import type { Ulid } from '../identifiers/ulid.ts'
import type { Call, Caller } from '../inventory.ts'
import { lotRecordTypes } from '../lot-record/lot-record-type.ts'
import type { Refusal, StorageUnavailable } from '../refusals.ts'
import { defineRequest } from '../request.ts'
import type { Page, VersionView } from '../store.ts'
import type { InventoryView } from '../views/lot-view.ts'

/** The greatest sequence that a request can name. */
export const greatestSequence = 999_999_999_999_999

/** How many locations one request can name. */
export const mostLocations = 200

/** Which events a reader wants, and after which one. `lastEventId` wins over `after`. */
export const eventsShape = defineRequest('EventsQuery', {
  after: wholeWordField(0, greatestSequence),
  lastEventId: wholeWordField(0, greatestSequence),
  lot: idOrNameField,
  material: idOrPathField,
  location: idOrPathField,
  lotRecordType: enumField(lotRecordTypes),
})

/** The documented request of publishInventoryState: which locations; none for all. */
export const publishInventoryStateShape = defineRequest('PublishInventoryStateRequest', {
  locationIdsOrPaths: listField(
    idOrPathField,
    mostLocations,
    `must be a list of at most ${mostLocations} ULIDs or paths`,
  ),
})

/** One version of a record, as the feed tells of it. */
export type RecordEvent = Omit<VersionView, 'hash'>

/** A location whose stock is to be told. */
export interface Place {
  readonly id: Ulid
  readonly path: string
}

/**
 * A stretch of the feed: the events that pass the filter, and up to which sequence it was read. That is less than the one
 * after which it was to go on where the ledger ends before that: it has lost versions, as with a standby that took over.
 */
export interface FeedPage {
  readonly items: readonly RecordEvent[]
  readonly upTo: number
}

/** What a reader of the feed is told between two looks. It must not throw. */
export interface FeedListener {
  /** There may be new versions. */
  readonly changed: () => void
  /** Somebody wants the stock of these locations told. */
  readonly published: (places: readonly Place[]) => void
}

/** The feed as one reader sees it. */
export interface EventFeed {
  /** The sequence after which reading begins. */
  readonly from: number
  /** What comes after a sequence: of at most `limit` versions those that pass the filter. */
  readonly next: (after: number, limit: number) => Effect.Effect<FeedPage, StorageUnavailable>
  /** The stock at a location now, a page at a time, of the lot and the material that the filter names. */
  readonly stockAt: (place: Place, after: string | null, limit: number) => Effect.Effect<Page<InventoryView>, Refusal>
  /** Tells of what is new until the function that comes back is called. */
  readonly watch: (listener: FeedListener) => () => void
}

/** The functions of the event feed. Only an inventory over a store of its own has a feed to read. */
export interface EventFunctions {
  /** Opens the feed of every record version, in order of sequence; by default from now on. */
  readonly openEvents: (query: unknown, caller: Caller) => Effect.Effect<EventFeed, Refusal>
}

/** The documented function that puts stock on the feed. */
export interface PublishFunctions {
  /** Tells the readers of the feed the present stock of the named locations, or of all. */
  readonly publishInventoryState: (
    request: unknown,
    call: Call,
  ) => Effect.Effect<{ readonly published: number }, Refusal>
}
