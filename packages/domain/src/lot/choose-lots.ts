import type { Ulid } from '../identifiers/ulid.ts'
import type { Known, KnownLot } from '../known.ts'
import { lotsAt } from '../lot-record/storage.ts'
import type { LotUseStrategy } from '../master-data/master-data.ts'
import type { Quantity } from '../quantity/quantity.ts'
import { type Instant, lastInstant } from '../time/instant.ts'
import { rulingStatus } from './lot.ts'
import type { LotStatus } from './lot-status.ts'

/** A lot that an action takes from, and how much. */
export interface Take {
  readonly item: KnownLot
  readonly quantity: Quantity
}

// Every lot of which something lies at the location has an entry, and so an age.
const ageOf = (known: Known, { lot }: KnownLot): Instant => known.ages.get(lot.id) ?? lot.createdDate

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0)

/** FIFO and LIFO by age, FEFO by expiration date with none last, then by age; what ties goes by id. */
const inOrder = (known: Known, strategy: LotUseStrategy, lots: readonly KnownLot[]): readonly KnownLot[] => {
  const byAge = (a: KnownLot, b: KnownLot): number => compare(ageOf(known, a), ageOf(known, b))
  const byExpiry = (a: KnownLot, b: KnownLot): number =>
    compare(a.lot.expirationDate ?? lastInstant + 1, b.lot.expirationDate ?? lastInstant + 1)
  const order = {
    FIFO: byAge,
    LIFO: (a: KnownLot, b: KnownLot) => byAge(b, a),
    FEFO: (a: KnownLot, b: KnownLot) => byExpiry(a, b) || byAge(a, b),
  }[strategy]
  return lots.toSorted((a, b) => order(a, b) || compare(a.lot.id, b.lot.id))
}

/**
 * Which lots of a material an action takes from a location when it names none: by the location's use strategy, among the
 * lots that the action may use. Strictly in order, until the quantity is covered; what is missing then is the rest.
 */
export const chooseLots = (
  known: Known,
  locationId: Ulid,
  materialId: Ulid | null,
  allowed: readonly LotStatus[],
  quantity: Quantity,
  at: Instant,
): { readonly takes: readonly Take[]; readonly missing: Quantity } => {
  const candidates = lotsAt(known, locationId).filter(
    ({ lot, rows }) =>
      (materialId === null || lot.materialId === materialId) &&
      lot.enabled &&
      (rows.get(locationId)?.quantity ?? 0) > 0 &&
      allowed.includes(rulingStatus(lot, at)),
  )
  const takes: Take[] = []
  let missing = quantity
  for (const item of inOrder(known, known.locations.get(locationId)?.lotUseStrategy ?? 'FIFO', candidates)) {
    if (missing <= 0) break
    const part = Math.min(missing, item.rows.get(locationId)?.quantity ?? 0)
    takes.push({ item, quantity: part })
    missing -= part
  }
  return { takes, missing }
}
