import { balanceAt, type Known } from '../known.ts'
import { lotStatusTransitions } from '../lot/lot-status.ts'
import { effectiveDate, type LotRecord } from './lot-record.ts'

/** Whether it is a change to a status that a lot comes to only with nothing on hand. */
export const asksForNothingOnHand = ({ lotRecordType, previousStatus, lotStatus, policy }: LotRecord): boolean =>
  lotRecordType === 'STATUS_CHANGE' &&
  policy !== 'permissive' &&
  previousStatus !== null &&
  lotStatus !== null &&
  lotStatusTransitions[previousStatus][lotStatus] === 'empty'

/**
 * A count that is dated anew keeps what was counted: the difference is the one to what lay there then. Where another
 * quantity is given, that is the difference.
 */
export const recounted = (without: Known, before: LotRecord, draft: LotRecord): LotRecord => {
  const { lotRecordType, countedQuantity, sourceLocationId } = before
  const isCount = lotRecordType === 'EDIT' && countedQuantity !== null && sourceLocationId !== null
  if (!isCount || draft.quantity !== before.quantity || draft.sourceLocationId !== sourceLocationId) return draft
  const there = balanceAt(without, sourceLocationId, draft.inventoryLotId, effectiveDate(draft))
  return { ...draft, quantity: countedQuantity - there }
}
