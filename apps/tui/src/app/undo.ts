import type { ActionAnswer, Caller, Inventory, RecordView, Refusal } from '@lotbook/domain'
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

/** Takes back the records of one action, the last first; answers with the reversals. Where one is refused, those before it stand taken back. */
export const takeBack = (
  inventory: Inventory,
  records: readonly RecordView[],
  caller: Caller,
): Effect.Effect<readonly ActionAnswer[], Refusal> =>
  Effect.forEach(records.toReversed(), ({ id }) =>
    inventory.reverseLotRecord({ id, notes: 'taken back at the terminal' }, caller),
  )
