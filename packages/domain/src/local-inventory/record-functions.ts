import { Effect } from 'effect'
import { readUlid, showUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Caller, RecordFunctions, RecordTexts } from '../inventory.ts'
import type { KnownRecord } from '../known.ts'
import { readInventoryQuery } from '../queries/inventory-query.ts'
import { readRecordQuery } from '../queries/record-query.ts'
import { NotFound, type Reference, type Refusal } from '../refusals.ts'
import type { RecordView } from '../views/record-view.ts'
import { type Calls, read } from './calls.ts'

const referencesToRecord = ({ record, takenBackBy }: KnownRecord): readonly Reference[] => {
  const references = [
    ...(record.reversedBy === null ? [] : [{ fkColName: 'reversal_of_id', id: showUlid(record.reversedBy) }]),
    ...takenBackBy.map(({ id }) => ({ fkColName: 'consume_record_id', id: showUlid(id) })),
  ]
  return references.length === 0 ? [] : [{ tableName: 'inventory_lot_records', references }]
}

/** The functions that find lot records and stock. */
export const recordFunctions = ({
  store,
  now,
  permitted,
  find,
  look,
  notThere,
}: Calls): RecordFunctions & RecordTexts => {
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
    getCheckpoint: (caller) =>
      Effect.andThen(
        permitted(caller, read),
        Effect.zipWith(store.checkpoint(), store.lastChange(), (end, lastChange) => ({ ...end, lastChange })),
      ),
    getInventoryLotRecord: getRecord,
    getInventoryLotRecordReferences: (idText, caller) => {
      const id = readUlid(idText)
      if (id === undefined) return notThere('lot record', idText, caller)
      return look('lot record', idText, caller, { records: [id] }, (known) => {
        const record = known.records.get(id)
        return record && referencesToRecord(record)
      })
    },
    getInventoryLotRecordVersions: (idText, caller) =>
      Effect.andThen(getRecord(idText, caller), store.recordVersions(readUlid(idText) as Ulid)),
    findInventoryLotRecords: find(readRecordQuery, store.findRecords),
    findInventoryLotRecordsJson: find(readRecordQuery, store.findRecordsJson),
    findInventory: find((input) => readInventoryQuery(input, now()), store.findInventory),
  }
}
