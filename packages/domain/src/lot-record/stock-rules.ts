import type { Ulid } from '../identifiers/ulid.ts'
import { showUlid } from '../identifiers/ulid.ts'
import { type Count, type Known, rowKey } from '../known.ts'
import type { Location } from '../master-data/master-data.ts'
import { inRange, showQuantity } from '../quantity/quantity.ts'
import { InsufficientStock, ValidationFailed } from '../refusals.ts'
import { type Instant, showInstant } from '../time/instant.ts'
import type { StockEntry } from './lot-record.ts'
import { lotOf } from './posting.ts'

/** One entry per location, lot and moment; what cancels out is left out. */
export const netStockEntries = (entries: readonly StockEntry[]): readonly StockEntry[] => {
  const net = new Map<string, StockEntry>()
  for (const entry of entries) {
    const key = `${rowKey(entry.locationId, entry.lotId)} ${entry.effectiveDate}`
    const before = net.get(key)
    net.set(key, before === undefined ? entry : { ...before, quantity: before.quantity + entry.quantity })
  }
  return [...net.values()].filter(({ quantity }) => quantity !== 0)
}

/** The same entries with the opposite sign, at their own moments. */
export const negated = (entries: readonly StockEntry[]): readonly StockEntry[] =>
  entries.map((entry) => ({ ...entry, quantity: 0 - entry.quantity }))

/**
 * The counts of the touched rows that come later than the posting, by effective time and then by sequence.
 * A count says what was there: nothing may be put in or out before it afterwards.
 */
export const laterCounts = (
  known: Known,
  entries: readonly StockEntry[],
  sequence: number,
  except: Ulid,
): readonly Count[] => {
  const later: Count[] = []
  // Mostly nothing has happened since, and there is no timeline to look for.
  if (known.timelines.size === 0) return later
  for (const { locationId, lotId, effectiveDate: at } of entries)
    for (const count of known.timelines.get(rowKey(locationId, lotId))?.counts ?? [])
      if (
        count.recordId !== except &&
        (count.effectiveDate > at || (count.effectiveDate === at && count.sequence > sequence))
      )
        later.push(count)
  return later
}

/**
 * No row is negative at any moment of effective time, unless its location allows it.
 * `after` is what is known with the entries posted. Names the first moment that would go negative.
 */
export const whyNotEnoughStock = (after: Known, posted: readonly StockEntry[]): InsufficientStock | undefined => {
  for (const { locationId, lotId } of posted) {
    const location = after.locations.get(locationId) as Location
    if (location.allowNegativeInventory) continue
    const item = lotOf(after, lotId)
    const row = item.rows.get(locationId)
    const timeline = after.timelines.get(rowKey(locationId, lotId))?.entries ?? []
    let first = Number.POSITIVE_INFINITY
    for (const own of posted)
      if (own.locationId === locationId && own.lotId === lotId && own.effectiveDate < first) first = own.effectiveDate
    // Back from now to the first moment that the posting changes: before that nothing is other than it was.
    let balance = row?.quantity ?? 0
    let found: { readonly moment: Instant; readonly balance: number; readonly change: number } | undefined
    for (let i = timeline.length - 1; i >= 0; i--) {
      const entry = timeline[i] as (typeof timeline)[number]
      if (entry.effectiveDate < first) break
      // Entries of one instant count together: what stands is judged after the last of them.
      if (timeline[i + 1]?.effectiveDate !== entry.effectiveDate && balance < 0) {
        const change = posted.reduce(
          (sum, own) =>
            own.locationId === locationId && own.lotId === lotId && own.effectiveDate <= entry.effectiveDate
              ? sum + own.quantity
              : sum,
          0,
        )
        if (change < 0) found = { moment: entry.effectiveDate, balance, change }
      }
      balance -= entry.quantity
    }
    if (found !== undefined)
      return new InsufficientStock({
        locationId: showUlid(locationId),
        locationPath: location.path,
        lotId: showUlid(lotId),
        lotName: item.lot.name,
        unitOfMeasureSymbol: after.units.get(item.lot.unitOfMeasureId)?.symbol ?? '',
        onHand: showQuantity(found.balance - found.change),
        asked: showQuantity(0 - found.change),
        moment: showInstant(found.moment),
        wouldTake: [],
      })
  }
  return undefined
}

/** Balances and totals stay within 9 digits before the point. */
export const whyOutOfRange = (after: Known, lotIds: Iterable<Ulid>): ValidationFailed | undefined => {
  for (const lotId of lotIds) {
    const { lot, rows } = lotOf(after, lotId)
    let fits = inRange(lot.totalQuantity)
    for (const { quantity } of rows.values()) fits &&= inRange(quantity)
    if (!fits)
      return new ValidationFailed({
        violations: {
          quantity: [`is too much: a balance or the total of lot ${lot.name} would pass 999,999,999.999999`],
        },
      })
  }
  return undefined
}
