import type { Effect } from 'effect'
import type { ImportedRow, ImportInput } from './import/import-row.ts'
import type { Caller } from './inventory.ts'
import type { Refusal } from './refusals.ts'
import type { ImportKey, ImportReport, ImportRun, ImportStep } from './store.ts'

/** The place of a row in an import: of which run, on which line, and which line was before it. */
export type RowPlace = Pick<ImportStep<unknown>, 'run' | 'line' | 'after'>

/** Imports what a file holds, row by row. Each row is decided like a request of its own. */
export interface Importer {
  readonly beginImport: (key: ImportKey, caller: Caller) => Effect.Effect<ImportRun, Refusal>
  /** Saves what one row says, once. What is refused is counted and kept with the import. */
  readonly importRow: (row: ImportInput, place: RowPlace, caller: Caller) => Effect.Effect<ImportedRow | null, Refusal>
  readonly reportImport: (run: number, finished: boolean, caller: Caller) => Effect.Effect<ImportReport, Refusal>
}
