import { isStanding, type Known, type KnownRecord, type LaterRecord } from '../known.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import type { StockEntry } from './lot-record.ts'
import { lotOf } from './posting.ts'

/** Whether stock of a lot in this status waits for somebody’s decision. */
export const isHeld = (status: LotStatus): boolean => status === 'QA_HOLD' || status === 'EXPIRED'

/**
 * The later changes of status because of which taking stock back would free it: it would go from a lot that is held
 * into one that may be used. Empty where the entries free nothing. `statusAfter` is that of a lot once they are posted.
 */
export const changesThatHoldBack = (
  known: Known,
  original: KnownRecord,
  entries: readonly StockEntry[],
  statusAfter: (lotId: StockEntry['lotId']) => LotStatus,
): readonly LaterRecord[] => {
  // What a lot gives and gets again, at another time or place, does not leave it.
  const nets = new Map<StockEntry['lotId'], number>()
  for (const { lotId, quantity } of entries) nets.set(lotId, (nets.get(lotId) ?? 0) + quantity)
  const lots = [...nets.keys()]
  const net = (lotId: StockEntry['lotId']): number => nets.get(lotId) ?? 0
  const held = lots.filter(
    (lotId) => net(lotId) < 0 && isHeld(lotOf(known, lotId).lot.status) && statusAfter(lotId) !== 'SHIPPED',
  )
  const frees = lots.filter((lotId) => net(lotId) > 0 && statusAfter(lotId) === 'AVAILABLE')
  if (held.length === 0 || frees.length === 0) return []
  return original.laterStatusChanges.filter(
    ({ id, lotId }) => isStanding(known, id) && (held.includes(lotId) || frees.includes(lotId)),
  )
}
