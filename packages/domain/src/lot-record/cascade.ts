import { Result } from 'effect'
import { readUlid, showUlid, type Ulid } from '../identifiers/ulid.ts'
import { isEmpty, isStanding, type Known, type KnownRecord, type LaterRecord } from '../known.ts'
import { type Blocker, type InsufficientStock, type Refusal, ReversalBlocked } from '../refusals.ts'
import { readInstant } from '../time/instant.ts'
import type { DecidedVersion } from './decide-posting.ts'
import { effectiveDate, type RecordVersion } from './lot-record.ts'
import { lotOf } from './posting.ts'

/** How many records a reversal may look at, and so how many it may take with it. */
export const largestCascade = 250

const leastAhead = 16

/** What a cascade comes to: it is decided, it is refused, or more records must be known first. */
export type CascadeResult =
  | { readonly decided: { readonly known: Known; readonly versions: readonly RecordVersion[] } }
  | { readonly refused: Refusal }
  | { readonly wanted: readonly Ulid[] }

/** Decides the reversal of one record by every rule and permission that it passes alone; `goToo` are those that wait for it, to be taken back after it. */
export type ReverseOne = (
  known: Known,
  original: KnownRecord,
  goToo: ReadonlySet<Ulid>,
) => Result.Result<DecidedVersion, Refusal>

const idOf = (shown: string): Ulid => readUlid(shown) as Ulid

const newestStanding = (known: Known, later: readonly LaterRecord[], lotId: Ulid): readonly Ulid[] =>
  later
    .filter((one) => one.lotId === lotId && isStanding(known, one.id))
    .map(({ id }) => id)
    .slice(-1)

/** The newest later record that took from the row by the moment; one that is not known yet has to be looked at. */
const takerOf = (known: Known, original: KnownRecord, refusal: InsufficientStock): readonly Ulid[] => {
  const [lotId, locationId] = [idOf(refusal.lotId), idOf(refusal.locationId)]
  const moment = readInstant(refusal.moment) ?? Number.POSITIVE_INFINITY
  const later = original.laterPostings.filter((one) => one.lotId === lotId && isStanding(known, one.id)).toReversed()
  const takesSince = ({ id }: LaterRecord, since: number): boolean => {
    const entries = known.records.get(id)?.stockEntries
    if (entries === undefined) return true
    const own = entries.filter(
      (entry) =>
        entry.lotId === lotId &&
        entry.locationId === locationId &&
        entry.effectiveDate <= moment &&
        entry.effectiveDate >= since,
    )
    return own.reduce((sum, { quantity }) => sum + quantity, 0) < 0
  }
  // What took before the record did took something else, and is asked only when nothing after it took enough.
  const taker =
    later.find((one) => takesSince(one, effectiveDate(original.record))) ?? later.find((one) => takesSince(one, 0))
  return taker === undefined ? [] : [taker.id]
}

/** The records that a reversal was refused for and that may themselves be reversed; none where nothing clears it. */
const inTheWay = (known: Known, original: KnownRecord, refusal: Refusal): readonly Ulid[] => {
  const { record } = original
  switch (refusal._tag) {
    case 'ReversalBlocked': {
      if (!record.posted || record.reversalOf !== null || record.reversedBy !== null) return []
      const ids = refusal.blockers.map(({ recordId }) => recordId)
      return ids.every((id) => id !== null) ? [...new Set(ids.map(idOf))] : []
    }
    case 'InsufficientStock':
      return takerOf(known, original, refusal)
    case 'ActionRefused': {
      const lotId = idOf(refusal.lotId)
      const { lot } = lotOf(known, lotId)
      // Closed since, by a record of its own.
      return lot.enabled && lot.status === 'CLOSED' ? newestStanding(known, original.laterStatusChanges, lotId) : []
    }
    case 'StatusTransitionRefused': {
      // What was empty before it was reopened becomes empty again by taking back what came in since.
      const item = lotOf(known, record.inventoryLotId)
      const wasEmpty = record.previousStatus === 'CLOSED' || record.previousStatus === 'SHIPPED'
      return wasEmpty && !isEmpty(item) ? newestStanding(known, original.laterPostings, item.lot.id) : []
    }
    default:
      return []
  }
}

const named = ({ record }: KnownRecord, refusal: Refusal): readonly Blocker[] => {
  const own = { recordId: showUlid(record.id), lotRecordType: record.lotRecordType }
  return refusal._tag === 'ReversalBlocked'
    ? refusal.blockers.map((one) => (one.recordId === null ? { ...own, reason: one.reason } : one))
    : [{ ...own, reason: refusal.message }]
}

/** Of what is known to come later, as much again as is known: so a long chain is loaded in few rounds. */
const ahead = (known: Known, wanted: ReadonlySet<Ulid>): readonly Ulid[] => {
  const most = Math.min(Math.max(leastAhead, known.records.size), largestCascade - known.records.size - wanted.size)
  const found = new Set<Ulid>()
  for (const { laterPostings, laterStatusChanges, takenBackBy } of known.records.values())
    for (const { id } of [...laterPostings.toReversed(), ...laterStatusChanges, ...takenBackBy]) {
      if (found.size >= most) return [...found]
      if (!known.records.has(id) && !wanted.has(id)) found.add(id)
    }
  return [...found]
}

/**
 * Takes a record back after everything that stands in its way, newest first. Each reversal is decided on what the ones
 * before it left, by the rules that it passes alone; what cannot be cleared refuses the whole and is named.
 */
export const decideCascade = (before: Known, id: Ulid, reverseOne: ReverseOne): CascadeResult => {
  let known = before
  const versions: RecordVersion[] = []
  const underWay = new Set<Ulid>()
  const wanted = new Set<Ulid>()
  let refused: Refusal | undefined

  const refuse = (blockers: readonly Blocker[]): false => {
    refused = new ReversalBlocked({ recordId: showUlid(id), blockers })
    return false
  }
  const knows = (ids: readonly Ulid[]): boolean => {
    for (const one of ids) if (!known.records.has(one)) wanted.add(one)
    return wanted.size === 0
  }

  /** Whether the record is taken back by now. Otherwise it is refused, or something is wanted. */
  const takeBack = (one: Ulid): boolean => {
    if (!knows([one])) return false
    underWay.add(one)
    for (;;) {
      const original = known.records.get(one) as KnownRecord
      const decided = reverseOne(known, original, underWay)
      if (Result.isSuccess(decided)) {
        versions.push(decided.success.version)
        known = decided.success.known
        underWay.delete(one)
        return true
      }
      const { failure } = decided
      if (failure._tag === 'PermissionDenied') {
        refused = failure
        return false
      }
      const next = inTheWay(known, original, failure).filter((other) => isStanding(known, other))
      // Two that stand in each other's way are never cleared.
      if (next.length === 0 || next.some((other) => underWay.has(other))) return refuse(named(original, failure))
      if (!knows(next)) return false
      const sequenceOf = (other: Ulid): number => known.records.get(other)?.postedSequence ?? 0
      for (const other of next.toSorted((left, right) => sequenceOf(right) - sequenceOf(left)))
        if (isStanding(known, other) && !takeBack(other)) return false
    }
  }

  if (takeBack(id)) return { decided: { known, versions } }
  if (refused !== undefined) return { refused }
  if (before.records.size + wanted.size <= largestCascade) return { wanted: [...wanted, ...ahead(before, wanted)] }
  const reason = `more than ${largestCascade} later records would have to be looked at: reverse the newest of them first`
  refuse([{ reason, recordId: null, lotRecordType: null }])
  return { refused: refused as unknown as Refusal }
}
