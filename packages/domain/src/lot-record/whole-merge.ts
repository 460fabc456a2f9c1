import { refuseAction } from '../guards.ts'
import type { Known } from '../known.ts'
import { showQuantity } from '../quantity/quantity.ts'
import type { ActionRefused } from '../refusals.ts'
import { effectiveDate, type LotRecord } from './lot-record.ts'
import { lotOf } from './posting.ts'

/**
 * Why all of a lot cannot be merged: some of it lies below zero, so that what goes into the survivor is not what the record
 * would say, and a recall would not find where it went.
 */
export const whyNotMergedWhole = (known: Known, record: LotRecord): ActionRefused | undefined => {
  if (record.lotRecordType !== 'MERGE' || record.requestedQuantity !== null) return undefined
  const absorbed = lotOf(known, record.secondaryInventoryLotId as LotRecord['inventoryLotId'])
  const below = [...absorbed.rows.values()].filter(({ quantity }) => quantity < 0)
  if (below.length === 0) return undefined
  const unit = known.units.get(absorbed.lot.unitOfMeasureId)?.symbol ?? ''
  const places = below.map(
    ({ locationId, quantity }) => `${showQuantity(quantity)} ${unit} at ${known.locations.get(locationId)?.path ?? ''}`,
  )
  return refuseAction(
    record,
    absorbed,
    effectiveDate(record),
    `lot ${absorbed.lot.name} is below zero: ${places.join(', ')}`,
    'Count it there first, or merge a quantity from one location',
  )
}
