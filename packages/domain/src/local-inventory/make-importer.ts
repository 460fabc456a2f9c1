import { Effect, Result } from 'effect'
import { type ImportedRow, importRow, rowErrors } from '../import/import-row.ts'
import type { Importer } from '../importer.ts'
import type { Caller, InventoryParts } from '../inventory.ts'
import { type Permission, permits } from '../permissions.ts'
import { makeCalls } from './calls.ts'

// Each row needs the permission of its own kind; who has none of them begins nothing.
const ofRecords: Permission = 'INVENTORY.WRITE.SAVE'
const ofMasterData: Permission = 'INVENTORY.WRITE.MASTER_DATA'

/** Makes what imports rows into a store, beside the ledger that `makeInventory` makes over it. */
export const makeImporter = (parts: InventoryParts): Importer => {
  const { newUlid } = parts
  const { store, now, permitted, authored } = makeCalls(parts)
  const mayImport = (caller: Caller) =>
    permitted(caller, permits(caller.grants, ofMasterData) ? ofMasterData : ofRecords)
  return {
    beginImport: (key, caller) => Effect.andThen(mayImport(caller), store.beginImport(key, now())),
    importRow: (input, place, caller) => {
      const { actor, grants } = caller
      const at = now()
      const decoded = importRow.decode(input)
      const circumstances = { now: at, actor, newId: () => newUlid(at), grants, expectedVersion: undefined }
      const saving = store.change<ImportedRow | null>(
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
      return Effect.andThen(authored(caller), saving)
    },
    reportImport: (run, finished, caller) => Effect.andThen(mayImport(caller), store.reportImport(run, finished)),
  }
}
