import type { ActionAnswer, Caller, Inventory, Receipt, RecordView, Refusal } from '@lotbook/domain'
import { Effect } from 'effect'

/** A record in a few words: `CONSUME 20 kg of SALT-1`. */
export const sayRecord = ({
  lotRecordType,
  quantity,
  unitOfMeasureSymbol,
  inventoryLotName,
  lotStatus,
}: RecordView): string =>
  lotRecordType === 'STATUS_CHANGE'
    ? `${inventoryLotName} is ${lotStatus} now`
    : `${lotRecordType} ${quantity === null ? '' : `${quantity} ${unitOfMeasureSymbol} `}of ${inventoryLotName}`

/** What came of a record that was to be taken back: the reversal, or that somebody took the record back before. */
export type TakenBack = { readonly answer: ActionAnswer } | { readonly already: RecordView }

/**
 * Takes back the records of one action, the last first, and goes on after those that are taken back already. Where one is
 * refused, those before it stand taken back. Sent again with the same receipts it is done once.
 */
export const takeBack = (
  inventory: Inventory,
  records: readonly RecordView[],
  caller: Caller,
  receiptOf: (request: unknown) => Receipt,
): Effect.Effect<readonly TakenBack[], Refusal> =>
  Effect.forEach(records.toReversed(), (record): Effect.Effect<TakenBack, Refusal> => {
    const { id } = record
    const request = { id, notes: 'taken back at the terminal' }
    return Effect.map(
      inventory.reverseLotRecord(request, { ...caller, receipt: receiptOf(request) }),
      (answer): TakenBack => ({ answer }),
    ).pipe(
      Effect.catchTag('ReversalBlocked', (refusal) =>
        Effect.flatMap(inventory.getInventoryLotRecord(id ?? '', caller), (now) =>
          now.reversedBy === null ? Effect.fail(refusal) : Effect.succeed({ already: record }),
        ),
      ),
    )
  })
