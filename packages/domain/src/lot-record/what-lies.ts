import { type Known, type KnownLot, rowKey } from '../known.ts'
import { showQuantity } from '../quantity/quantity.ts'
import { type Instant, showInstant } from '../time/instant.ts'

/**
 * What keeps a lot from being gone at a moment, in words, row by row: what is there now, above or below zero, and what lay
 * there at that moment or later and is gone by now. Empty where nothing is and was there.
 */
export const whatLies = (known: Known, { lot, rows }: KnownLot, at: Instant): readonly string[] => {
  const unit = known.units.get(lot.unitOfMeasureId)?.symbol ?? ''
  return [...rows.values()].flatMap(({ locationId, quantity }) => {
    const place = known.locations.get(locationId)?.path ?? ''
    if (quantity !== 0) return [`${showQuantity(quantity)} ${unit} at ${place}`]
    let balance = quantity
    for (const entry of (known.timelines.get(rowKey(locationId, lot.id))?.entries ?? []).toReversed()) {
      if (entry.effectiveDate <= at) break
      balance -= entry.quantity
      if (balance > 0) return [`${showQuantity(balance)} ${unit} at ${place} until ${showInstant(entry.effectiveDate)}`]
    }
    return []
  })
}
