import { Effect } from 'effect'
import type { Known, KnownRecord, LaterRecord } from '../../known.ts'
import type { Scope } from '../../scope.ts'
import type { RecordView } from '../../views/record-view.ts'
import { type Plant, ulidOf } from '../fixtures.ts'

/** What the plant's store loads for a scope. */
export const known = ({ store }: Plant, scope: Scope): Promise<Known> =>
  Effect.runPromise(store.view(scope, (loaded) => loaded))

/** A record with all that a store loads with it. */
export const recordOf = async (plant: Plant, { id }: RecordView): Promise<KnownRecord> => {
  const record = (await known(plant, { records: [ulidOf(id)] })).records.get(ulidOf(id))
  if (record === undefined) throw new Error(`record ${id} was not loaded`)
  return record
}

/** A record as one that came after another of the lot. */
export const later = (lot: string, { id, lotRecordType }: RecordView): LaterRecord => ({
  id: ulidOf(id),
  lotRecordType,
  lotId: ulidOf(lot),
})

/** The keys of what was loaded, in order. */
export const keys = (map: ReadonlyMap<string, unknown>): readonly string[] => [...map.keys()].sort()
