import { Result } from 'effect'
import { blocker, refuseAction } from '../guards.ts'
import { showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Known, KnownRecord } from '../known.ts'
import { type Quantity, showQuantity } from '../quantity/quantity.ts'
import type { Refusal } from '../refusals.ts'
import type { Instant } from '../time/instant.ts'
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

/** An operation is known by two ids, and a record may name it by either. */
const isOfOperation = (consumption: LotRecord, id: Ulid | null): boolean =>
  id === null || consumption.operationId === id || consumption.operationRecordId === id

/** What an UNCONSUME may say of the consumptions that it takes back. */
type Asked = { readonly inventoryLotId: Ulid | null } & Pick<
  LotRecord,
  'secondaryInventoryLotId' | 'consumeRecordId' | 'operationId' | 'operationRecordId' | 'inventoryOperationId'
>

/** Whether a CONSUME is one that an UNCONSUME may take back, by what that says of record, consumer and operation. */
const isMeant = (record: Asked, consumption: LotRecord): boolean =>
  consumption.inventoryLotId === record.inventoryLotId &&
  (record.consumeRecordId === null || consumption.id === record.consumeRecordId) &&
  (record.secondaryInventoryLotId === null || consumption.secondaryInventoryLotId === record.secondaryInventoryLotId) &&
  isOfOperation(consumption, record.operationId) &&
  isOfOperation(consumption, record.operationRecordId) &&
  (record.inventoryOperationId === null || consumption.inventoryOperationId === record.inventoryOperationId)

/** Whether an UNCONSUME would take back a part of what several consumptions have open, and does not say of which. */
export const isAmbiguous = (
  known: Known,
  record: Asked & Pick<LotRecord, 'quantity' | 'endDate'> & { readonly startDate: Instant | null },
): boolean => {
  const at = record.endDate ?? record.startDate ?? Number.POSITIVE_INFINITY
  const meant = known.consumptions.filter(
    ({ record: consumption, open }) => open > 0 && isMeant(record, consumption) && effectiveDate(consumption) <= at,
  )
  const consumed = meant.reduce((sum, { open }) => sum + open, 0)
  return record.quantity !== null && meant.length > 1 && record.quantity < consumed
}

/**
 * Which CONSUME records an UNCONSUME takes back: the one it names, or the lot's newest that are still open, of the same
 * consumer and operation where they are given. More than was consumed is refused. `before` is the UNCONSUME as it
 * posted so far; the answer is then the difference.
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
    ({ record: consumption }) => isMeant(record, consumption) && effectiveDate(consumption) <= at,
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
