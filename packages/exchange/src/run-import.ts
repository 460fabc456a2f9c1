import type { Caller, ImportCounts, Importer, ImportKey, ImportReport, Refusal } from '@lotbook/domain'
import { rowErrors } from '@lotbook/domain'
import { Cause, Effect, Exit } from 'effect'
import type { SourceRow } from './source-row.ts'

/** How many rows are under way at once: as many as the store takes into one transaction. */
const atOnce = 128

/** An import: what is read, on whose behalf, and whom to tell. */
export interface ImportJob {
  readonly importer: Importer
  readonly caller: Caller
  readonly key: ImportKey
  readonly rows: AsyncIterable<readonly SourceRow[]>
  /** Called after every group of rows: what this run of it has come to so far, and where it is. */
  readonly onProgress?: (counts: ImportCounts, line: number) => void
  /** Called for each row that is refused now. */
  readonly onRefused?: (row: SourceRow, errors: ReturnType<typeof rowErrors>) => void
}

/** What an import came to, and whether it had been finished before. */
export interface Imported {
  readonly report: ImportReport
  readonly wasFinished: boolean
}

/** The failure of a row that ends the import: everything but a refusal of the row itself. */
const whyStop = (exit: Exit.Exit<unknown, Refusal>): unknown => {
  if (Exit.isSuccess(exit)) return undefined
  const fail = exit.cause.reasons.find((reason) => reason._tag === 'Fail')
  if (fail === undefined) return Cause.squash(exit.cause)
  return fail.error._tag === 'StorageUnavailable' ? fail.error : undefined
}

const refusalOf = (exit: Exit.Exit<unknown, Refusal>): Refusal | undefined =>
  Exit.isSuccess(exit) ? undefined : exit.cause.reasons.find((reason) => reason._tag === 'Fail')?.error

/**
 * Imports rows in their order, from where the import of that key stopped. A refused row stops nothing. Rejects where the
 * store is not available; the same import may then be begun again and goes on.
 */
export const runImport = async (job: ImportJob): Promise<Imported> => {
  const { importer, caller, key, rows, onProgress, onRefused } = job
  const run = await Effect.runPromise(importer.beginImport(key, caller))
  const report = (finished: boolean) => Effect.runPromise(importer.reportImport(run.id, finished, caller))
  if (run.finished) return { report: await report(false), wasFinished: true }

  const counts = { rows: run.rows, saved: run.saved, alreadyThere: run.alreadyThere, refused: run.refused }
  let after = run.line
  let waiting: SourceRow[] = []

  const decide = async (): Promise<void> => {
    const group = waiting
    waiting = []
    const exits = await Promise.all(
      group.map(({ line, input }) => {
        const place = { run: run.id, line, after }
        after = line
        return Effect.runPromiseExit(importer.importRow(input, place, caller))
      }),
    )
    for (const exit of exits) {
      const stop = whyStop(exit)
      if (stop !== undefined) throw stop
    }
    for (const [index, exit] of exits.entries()) {
      const refusal = refusalOf(exit)
      counts.rows += 1
      if (refusal !== undefined) {
        counts.refused += 1
        const row = group[index]
        if (row !== undefined) onRefused?.(row, rowErrors(refusal))
      } else if (Exit.isSuccess(exit) && exit.value?.outcome === 'alreadyThere') counts.alreadyThere += 1
      else counts.saved += 1
    }
    onProgress?.({ ...counts }, after)
  }

  for await (const chunk of rows)
    for (const row of chunk) {
      if (row.line <= run.line) continue
      waiting.push(row)
      if (waiting.length === atOnce) await decide()
    }
  if (waiting.length > 0) await decide()
  return { report: await report(true), wasFinished: false }
}
