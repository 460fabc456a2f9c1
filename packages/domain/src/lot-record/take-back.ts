import { Result } from 'effect'
import { blocker, refuseAction } from '../guards.ts'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Known, KnownRecord } from '../known.ts'
import { type Quantity, showQuantity } from '../quantity/quantity.ts'
import type { Refusal } from '../refusals.ts'
import { effectiveDate, type LotRecord, type TakeBack } from './lot-record.ts'
import { lotOf } from './posting.ts'

/** How many consumptions a refusal names; the others are counted. */
const mostNamed = 20

/** Adds up what is taken back per CONSUME record; what cancels out is left out. */
export const netTakeBacks = (takeBacks: readonly TakeBack[]): readonly TakeBack[] => {
  const net = new Map<Ulid, Quantity>()
  for (const { consumeRecordId, quantity } of takeBacks)
    net.set(consumeRecordId, (net.get(consumeRecordId) ?? 0) + quantity)
  return [...net]
    .filter(([, quantity]) => quantity !== 0)
    .map(([consumeRecordId, quantity]) => ({ consumeRecordId, quantity }))
}

/**
 * Which CONSUME records an UNCONSUME takes back: the one it names, or the lot's newest that are still open, of the same
 * operation where one is given. More than was consumed is refused. `before` is the UNCONSUME as it posted so far;
 * the answer is then the difference.
 */
export const planTakeBack = (
  known: Known,
  record: LotRecord,
  before: KnownRecord | undefined,
): Result.Result<readonly TakeBack[], Refusal> => {
  if (record.lotRecordType !== 'UNCONSUME') return Result.succeed([])
  const at = effectiveDate(record)
  const own = netTakeBacks(before?.takesBack ?? [])
  const open = known.consumptions.filter(
    ({ record: consumption }) =>
      consumption.inventoryLotId === record.inventoryLotId &&
      effectiveDate(consumption) <= at &&
      (record.consumeRecordId === null || consumption.id === record.consumeRecordId) &&
      (record.operationId === null || consumption.operationId === record.operationId) &&
      (record.operationRecordId === null || consumption.operationRecordId === record.operationRecordId),
  )
  const available = netTakeBacks([
    ...own,
    ...open.map((item) => ({ consumeRecordId: item.record.id, quantity: item.open })),
  ])
  const planned: TakeBack[] = own.map((item) => ({ ...item, quantity: 0 - item.quantity }))
  let missing = record.quantity ?? 0
  for (const { consumeRecordId, quantity } of available) {
    const part = Math.min(quantity, missing)
    if (part > 0) planned.push({ consumeRecordId, quantity: part })
    missing -= part
  }
  if (missing === 0) return Result.succeed(netTakeBacks(planned))
  const consumed = available.reduce((sum, { quantity }) => sum + quantity, 0)
  return Result.fail(
    refuseAction(
      record,
      lotOf(known, record.inventoryLotId),
      at,
      `${showQuantity(consumed)} may be taken back by then, and ${showQuantity(record.quantity ?? 0)} are asked for`,
      'Take back at most what was consumed, dated at or after the consumption',
      [
        ...open.slice(0, mostNamed).map(({ record: one }) => blocker(`consumed by record ${showUlid(one.id)}`, one)),
        ...(open.length > mostNamed
          ? [{ reason: `and by ${open.length - mostNamed} older records`, recordId: null, lotRecordType: null }]
          : []),
      ],
    ),
  )
}
