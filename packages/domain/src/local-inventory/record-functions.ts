import { Effect } from 'effect'
import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Caller, RecordFunctions } from '../inventory.ts'
import { readInventoryQuery, readRecordQuery } from '../queries/queries.ts'
import { NotFound, type Refusal } from '../refusals.ts'
import type { RecordView } from '../views/record-view.ts'
import { type Calls, read } from './calls.ts'

/** The functions that find lot records and stock. */
export const recordFunctions = ({ store, now, permitted, find }: Calls): RecordFunctions => {
  const getRecord = (idText: string, caller: Caller): Effect.Effect<RecordView, Refusal> => {
    const id = readUlid(idText)
    const missing = Effect.fail(new NotFound({ kind: 'lot record', idOrName: idText }))
    return permitted(caller, read).pipe(
      Effect.andThen(id === undefined ? Effect.succeed(undefined) : store.recordById(id)),
      Effect.flatMap(
        (record): Effect.Effect<RecordView, Refusal> => (record === undefined ? missing : Effect.succeed(record)),
      ),
    )
  }

  return {
    getInventoryLotRecord: getRecord,
    getInventoryLotRecordVersions: (idText, caller) =>
      Effect.andThen(getRecord(idText, caller), store.recordVersions(readUlid(idText) as Ulid)),
    findInventoryLotRecords: find(readRecordQuery, store.findRecords),
    findInventory: find((input) => readInventoryQuery(input, now()), store.findInventory),
  }
}
