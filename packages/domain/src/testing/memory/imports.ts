import { Result } from 'effect'
import { IdempotencyKeyReused, type Refusal, StorageUnavailable } from '../../refusals.ts'
import type { ImportKey, ImportReport, ImportRun, ImportStep } from '../../store.ts'

type Counted = 'saved' | 'alreadyThere' | 'refused'
type Place = Pick<ImportStep<unknown>, 'run' | 'line'>

interface Kept {
  readonly fingerprint: string
  readonly report: ImportReport
}

const withoutErrors = ({ errors: _errors, ...run }: ImportReport): ImportRun => run

/** Keeps how far imports have come. */
export const makeImports = () => {
  const keys = new Map<string, number>()
  const runs: Kept[] = []

  const kept = (run: number): Kept => runs[run - 1] as Kept
  const set = (run: number, change: Partial<ImportReport>): ImportReport => {
    const { fingerprint, report } = kept(run)
    const next = { ...report, ...change }
    runs[run - 1] = { fingerprint, report: next }
    return next
  }
  const decided = ({ run, line }: Place, what: Counted): void => {
    const { report } = kept(run)
    set(run, { line, rows: report.rows + 1, [what]: report[what] + 1 })
  }

  return {
    begin: ({ scope, key, fingerprint }: ImportKey): Result.Result<ImportRun, IdempotencyKeyReused> => {
      const name = JSON.stringify([scope, key])
      const id = keys.get(name)
      if (id === undefined) {
        const counts = { rows: 0, saved: 0, alreadyThere: 0, refused: 0 }
        const report = { id: runs.length + 1, line: 0, finished: false, ...counts, errors: [] }
        runs.push({ fingerprint, report })
        keys.set(name, report.id)
        return Result.succeed(withoutErrors(report))
      }
      const found = kept(id)
      return found.fingerprint === fingerprint
        ? Result.succeed(withoutErrors(found.report))
        : Result.fail(new IdempotencyKeyReused({ key }))
    },
    /** The answer to a row that is not to be decided now. */
    whyPassed: <A>({ run, line, after, before }: ImportStep<A>): Result.Result<A, StorageUnavailable> | undefined => {
      const at = kept(run).report.line
      if (at >= line) return Result.succeed(before)
      return at === after
        ? undefined
        : Result.fail(new StorageUnavailable({ reason: 'a row of the import before this one was not written' }))
    },
    decided,
    refused: <A>(step: ImportStep<A>, refusal: Refusal): void => {
      decided(step, 'refused')
      const { errors } = kept(step.run).report
      if (errors.length < 100) set(step.run, { errors: [...errors, { line: step.line, errors: step.errors(refusal) }] })
    },
    report: (run: number, finished: boolean): ImportReport =>
      set(run, { finished: finished || kept(run).report.finished }),
  }
}
