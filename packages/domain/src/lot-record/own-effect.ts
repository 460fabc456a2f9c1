import type { Ulid } from '../identifiers/ulid.ts'
import type { KnownLot, KnownRecord } from '../known.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import type { Instant } from '../time/instant.ts'
import type { Change } from './lot-record.ts'
import type { LotEffect } from './posting.ts'

/** What a record has done to one lot so far, its versions taken together. */
export interface OwnEffect {
  readonly status: Change<LotStatus> | null
  readonly expiration: Change<Instant | null> | null
  readonly closed: Change<Instant | null> | null
  readonly total: number
}

/** Whether more was brought into a lot than what one record brought. */
export const wasBroughtMore = ({ lot }: KnownLot, own: OwnEffect): boolean => lot.totalQuantity > own.total

const joined = <A>(before: Change<A> | null, next: Change<A> | null): Change<A> | null => {
  if (before === null || next === null) return next ?? before
  return before[0] === next[1] ? null : [before[0], next[1]]
}

/** Folds a record's lot entries into one effect per lot. */
export const ownEffects = (known: KnownRecord): ReadonlyMap<Ulid, OwnEffect> => {
  const effects = new Map<Ulid, OwnEffect>()
  for (const entry of known.lotEntries) {
    const before = effects.get(entry.lotId) ?? { status: null, expiration: null, closed: null, total: 0 }
    effects.set(entry.lotId, {
      status: joined(before.status, entry.status),
      expiration: joined(before.expiration, entry.expiration),
      closed: joined(before.closed, entry.closed),
      total: before.total + entry.total,
    })
  }
  return effects
}

/** Whether a record gave a lot a later expiration date than the one it had. */
export const putsDateBack = ({ expiration }: OwnEffect): boolean => {
  const [from = null, to = null] = expiration ?? []
  return from !== null && to !== null && to > from
}

/** Takes back what a record did to a lot, as far as the lot still is what the record made it. */
export const undoEffect = (item: KnownLot, own: OwnEffect): LotEffect => {
  const effect: LotEffect = { total: 0 - own.total }
  if (own.status !== null && item.lot.status === own.status[1] && own.status[0] !== own.status[1]) {
    effect.status = own.status[0]
    if (own.closed !== null && item.lot.closedDate === own.closed[1]) effect.closed = own.closed[0]
  }
  if (own.expiration !== null && item.lot.expirationDate === own.expiration[1]) effect.expiration = own.expiration[0]
  return effect
}

/** Whether a record that posted before has live records that later changed the status of the lot. */
const statusChangedSince = (known: KnownRecord, lotId: Ulid): boolean =>
  known.laterStatusChanges.some((later) => later.lotId === lotId)

/** Whether the lot's status is still the one that the record left it in. */
export const statusStands = (before: KnownRecord, { lot }: KnownLot, own: OwnEffect | undefined): boolean =>
  !statusChangedSince(before, lot.id) && (own?.status == null || own.status[1] === lot.status)

/** The status of a lot without what this record did to it, as long as nothing later changed it. */
export const statusWithout =
  (before: KnownRecord) =>
  (item: KnownLot): LotStatus => {
    const mine = ownEffects(before).get(item.lot.id)
    return mine?.status != null && statusStands(before, item, mine) ? mine.status[0] : item.lot.status
  }
