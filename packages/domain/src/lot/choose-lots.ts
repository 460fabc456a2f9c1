import type { Ulid } from '../identifiers/ulid.ts'
import { type Known, type KnownLot, rowKey } from '../known.ts'
import { lotsAt } from '../lot-record/storage.ts'
import type { LotUseStrategy, Material } from '../master-data/master-data.ts'
import type { Quantity } from '../quantity/quantity.ts'
import { minus, over, type Ratio, ratio, times, zero } from '../quantity/ratio.ts'
import { factorBetween } from '../quantity/unit-conversion.ts'
import { type Instant, lastInstant } from '../time/instant.ts'
import { rulingStatus } from './lot.ts'
import type { LotStatus } from './lot-status.ts'
import { smallestFirst } from './smallest-first.ts'

/** A lot that an action takes from, and how much. */
export interface Take {
  readonly item: KnownLot
  readonly quantity: Quantity
}

// Every lot of which something lies at the location has an entry, and so an age.
const ageOf = (known: Known, { lot }: KnownLot): Instant => known.ages.get(lot.id) ?? lot.createdDate

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0)

/** FIFO and LIFO by age, FEFO by expiration date with none last, then by age; what ties goes by id. */
const inOrder = (known: Known, strategy: LotUseStrategy, lots: readonly KnownLot[]): Iterable<KnownLot> => {
  const byAge = (a: KnownLot, b: KnownLot): number => compare(ageOf(known, a), ageOf(known, b))
  const byExpiry = (a: KnownLot, b: KnownLot): number =>
    compare(a.lot.expirationDate ?? lastInstant + 1, b.lot.expirationDate ?? lastInstant + 1)
  const order = {
    FIFO: byAge,
    LIFO: (a: KnownLot, b: KnownLot) => byAge(b, a),
    FEFO: (a: KnownLot, b: KnownLot) => byExpiry(a, b) || byAge(a, b),
  }[strategy]
  return smallestFirst(lots, (a, b) => order(a, b) || compare(a.lot.id, b.lot.id))
}

/**
 * How much of a lot can be taken from a place at a moment: what lies there then, less what leaves it later. Less than
 * nothing where the row is below zero at some moment from then on.
 */
export const takeableAt = (known: Known, { lot, rows }: KnownLot, locationId: Ulid, at: Instant): Quantity => {
  let balance = rows.get(locationId)?.quantity ?? 0
  let least = balance
  const { entries } = known.timelines.get(rowKey(locationId, lot.id)) ?? { entries: [] }
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i] as (typeof entries)[number]
    if (entry.effectiveDate <= at) break
    balance -= entry.quantity
    // Entries of one instant count together.
    if (entries[i - 1]?.effectiveDate !== entry.effectiveDate) least = Math.min(least, balance)
  }
  return least
}

/** A lot whose turn it is, and why what is asked for cannot be said in the unit that it is kept in. */
export interface InAnotherUnit {
  readonly item: KnownLot
  readonly why: string
}

/** What is taken from which lots; what is missing is in the material's unit. */
export interface Choice {
  readonly takes: readonly Take[]
  readonly missing: Ratio
  readonly inAnotherUnit?: InAnotherUnit
}

/**
 * Which lots of a material an action takes from a location when it names none: by the location's use strategy, among the
 * lots that the action may use. Strictly in order, until the quantity is covered; what is missing then is the rest.
 * The quantity is in the material's unit, and each lot gives its part in its own.
 */
export const chooseLots = (
  known: Known,
  locationId: Ulid,
  material: Pick<Material, 'id' | 'unitOfMeasureId'>,
  allowed: readonly LotStatus[],
  quantity: Quantity,
  at: Instant,
): Choice => {
  const candidates = lotsAt(known, locationId).filter(
    ({ lot }) => lot.materialId === material.id && lot.enabled && allowed.includes(rulingStatus(lot, at)),
  )
  const takes: Take[] = []
  let missing = ratio(BigInt(quantity))
  for (const item of inOrder(known, known.locations.get(locationId)?.lotUseStrategy ?? 'FIFO', candidates)) {
    if (missing.numerator <= 0n) break
    const there = takeableAt(known, item, locationId, at)
    if (there <= 0) continue
    const factor = factorBetween(known, material.unitOfMeasureId, item.lot.unitOfMeasureId, material.id)
    if ('why' in factor) return { takes, missing, inAnotherUnit: { item, why: factor.why } }
    const asked = times(missing, factor)
    if (asked.numerator > BigInt(there) * asked.denominator) {
      takes.push({ item, quantity: there })
      missing = minus(missing, over(ratio(BigInt(there)), factor))
    } else if (asked.denominator === 1n) {
      takes.push({ item, quantity: Number(asked.numerator) })
      missing = zero
    } else {
      const why = 'the quantity cannot be written in 6 places in that unit'
      return { takes, missing, inAnotherUnit: { item, why } }
    }
  }
  return { takes, missing }
}
