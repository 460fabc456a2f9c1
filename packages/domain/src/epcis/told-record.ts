import { findLocation, type Known, type KnownRecord } from '../known.ts'
import { effectiveDate } from '../lot-record/lot-record.ts'
import { readQuantity } from '../quantity/quantity.ts'
import { toRef } from '../queries/refs.ts'
import type { Instant } from '../time/instant.ts'
import { isWithheld, mayBeUsed } from './condition.ts'
import { indexedLot, type LotIndex } from './lot-index.ts'
import type { RecordIds } from './record-ids.ts'
import type { RecordRow, Step } from './steps.ts'

/** When what a row says is effective. */
export const effective = ({ endDate, startDate }: RecordRow): Instant | null => endDate ?? startDate

/** The record that a step is here already, be it under the id that an earlier version gave it. */
export const recordOf = ({ records }: Known, { recordId, formerIds }: RecordIds): KnownRecord | undefined =>
  [recordId, ...formerIds].map((id) => records.get(id)).find((there) => there !== undefined)

/**
 * In which fields a record that is here already differs from what a step tells. What was given back of it does not count,
 * nor does a place that the step does not name.
 */
export const differences = (
  known: Known,
  index: LotIndex,
  { record, takenBack }: KnownRecord,
  { row, everything, lots }: Step,
): readonly (keyof RecordRow)[] => {
  const [lot, other] = lots.map(({ name }) => indexedLot(known, index, name)?.lot.id)
  const told = everything === null ? row.quantity : readQuantity(everything)
  // What was given back to where it was taken from is told as a correction, what came back elsewhere by itself.
  const isBetween =
    told != null && record.quantity !== null && told >= record.quantity - takenBack && told <= record.quantity
  const isQuantity = isBetween || told === record.quantity || told === record.requestedQuantity
  const isStatus = record.lotRecordType === 'STATUS_CHANGE'
  const isAt = (path: string | null, id: unknown): boolean =>
    path === null || findLocation(known, toRef(path))?.id === id
  const same: Readonly<Partial<Record<keyof RecordRow, boolean>>> = {
    lotRecordType: record.lotRecordType === row.lotRecordType,
    inventoryLotName: record.inventoryLotId === lot,
    secondaryInventoryLotName: record.secondaryInventoryLotId === (lots.length > 1 ? other : null),
    [row.endDate === null ? 'startDate' : 'endDate']: effectiveDate(record) === effective(row),
    lotStatus: isStatus
      ? record.lotStatus === row.lotStatus
      : !(isWithheld(row.lotStatus) && mayBeUsed(record.lotStatus)),
    ...(!isStatus && { quantity: isQuantity }),
    sourceLocationPath: isAt(row.sourceLocationPath, record.sourceLocationId),
    destinationLocationPath: isAt(row.destinationLocationPath, record.destinationLocationId),
  }
  return (Object.keys(same) as (keyof RecordRow)[]).filter((field) => same[field] === false)
}
