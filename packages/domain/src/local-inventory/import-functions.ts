import { Effect, Result } from 'effect'
import type { NewUlid } from '../identifiers/ulid.ts'
import { type ImportedRow, importRow, rowErrors } from '../import/import-row.ts'
import type { ImportFunctions } from '../inventory.ts'
import type { Permission } from '../permissions.ts'
import type { Calls } from './calls.ts'

const needed: Permission = 'INVENTORY.WRITE.SAVE'

/** The functions that import, row by row. */
export const importFunctions = ({ store, now, permitted }: Calls, newUlid: NewUlid): ImportFunctions => ({
  beginImport: (key, caller) => Effect.andThen(permitted(caller, needed), store.beginImport(key, now())),
  importRow: (input, place, { actor, grants }) => {
    const at = now()
    const decoded = importRow.decode(input)
    const circumstances = { now: at, actor, newId: () => newUlid(at), grants, expectedVersion: undefined }
    return store.change<ImportedRow | null>(
      importRow.scope(decoded.request, at),
      (before) =>
        Result.map(importRow.decide(before, decoded, circumstances), (decision) => ({
          known: decision.known,
          versions: decision.versions,
          changes: decision.changes ?? [],
          deletedLots: decision.deletedLots ?? [],
          answer: () => ({ outcome: decision.known === before ? 'alreadyThere' : 'saved' }),
        })),
      {
        step: { ...place, before: null, saves: (answer) => answer?.outcome === 'saved', errors: rowErrors },
      },
    )
  },
  reportImport: (run, finished, caller) => Effect.andThen(permitted(caller, needed), store.reportImport(run, finished)),
})
