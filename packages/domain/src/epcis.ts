import type { Effect } from 'effect'
import type { EpcisEvent } from './epcis/event.ts'
import type { VocabularyElement } from './epcis/lot-facts.ts'
import type { Ulid } from './identifiers/ulid.ts'
import type { Call, Caller } from './inventory.ts'
import type { Refusal } from './refusals.ts'
import type { Instant } from './time/instant.ts'

/** How much of a consumption was given back to where it was taken from, and since when that was known. */
export interface GivenBack {
  readonly since: string
  /** In the lot's unit; negative where the giving back was itself taken back. */
  readonly quantity: number
}

/** An export that was asked for and may begin: which records, and what must be known of all of them before the first. */
export interface EpcisPlan {
  readonly base: string
  /** The one lot, or null: all records but for the period. */
  readonly lot: Ulid | null
  /** The records of several lots, in the order in which they were written; null where they are found page by page. */
  readonly records: readonly Ulid[] | null
  readonly from: Instant | null
  readonly to: Instant | null
  /** What was given back, by the id of the CONSUME record. */
  readonly givenBack: ReadonlyMap<Ulid, readonly GivenBack[]>
  /** The UNCONSUME records that are told as such: they gave back to another place than was taken from. */
  readonly elsewhere: ReadonlyMap<Ulid, string | null>
}

/** Some events in their order, with the lots that they name, and where to go on; null at the end. */
export interface EpcisPage {
  readonly events: readonly EpcisEvent[]
  readonly lots: readonly VocabularyElement[]
  readonly next: string | null
}

/** What became of a document. */
export interface EpcisImported {
  readonly events: number
  /** Lot records that were written. */
  readonly saved: number
  /** Events whose records are there, from this or an earlier document. */
  readonly alreadyThere: number
  /** Events that are declared errors: nothing is written of them. */
  readonly declaredInError: number
  readonly lotsMade: number
}

/** Events of EPCIS 2.0, out of the ledger and into it. */
export interface Epcis {
  /** Reads what is asked for, and sees to it that all of it can be told. */
  readonly planEvents: (query: unknown, caller: Caller) => Effect.Effect<EpcisPlan, Refusal>
  /** One page of the events, after a cursor. */
  readonly events: (plan: EpcisPlan, after: string | null, caller: Caller) => Effect.Effect<EpcisPage, Refusal>
  /** Writes what the events of a document say, all or nothing, and each event once. */
  readonly importDocument: (document: unknown, call: Call, dryRun?: boolean) => Effect.Effect<EpcisImported, Refusal>
}
