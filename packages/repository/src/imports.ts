import {
  IdempotencyKeyReused,
  type ImportKey,
  type ImportReport,
  type ImportRun,
  type ImportStep,
  type Instant,
  type Refusal,
  type RefusedRow,
  StorageUnavailable,
} from '@lotbook/domain'
import { Effect, Result } from 'effect'
import { type Kysely, sql } from 'kysely'
import { all, execute, first, type Program } from './program.ts'
import { insertion, statement } from './statement.ts'
import type { ImportRunTable, Tables } from './tables.ts'

/** How many refused rows are kept of one import; more are only counted. */
const mostRefusals = 100
// The clocks of two processes may be days apart, so the time alone lets none be forgotten: so many must have come after it.
const keepNewest = 1000

interface OfRun {
  readonly run: number
}

const show = (row: Omit<ImportRunTable, 'id'> & { readonly id: number }): ImportRun => ({
  id: row.id,
  line: row.line,
  rows: row.saved + row.already_there + row.refused,
  saved: row.saved,
  alreadyThere: row.already_there,
  refused: row.refused,
  finished: row.finished === 1,
})

/** Keeps how far imports have come, in the transactions of their rows. */
export const makeImports = (db: Kysely<Tables>) => {
  const byKey = statement((p: Pick<ImportKey, 'scope' | 'key'>) =>
    db.selectFrom('import_run').selectAll().where('scope', '=', p.scope).where('key', '=', p.key),
  )
  const byId = statement((p: OfRun) => db.selectFrom('import_run').selectAll().where('id', '=', p.run))
  const lineOf = statement((p: OfRun) => db.selectFrom('import_run').select('line').where('id', '=', p.run))
  const begin = insertion(db, 'import_run', [
    ...([
      'scope',
      'key',
      'fingerprint',
      'line',
      'saved',
      'already_there',
      'refused',
      'finished',
      'expires_at',
    ] as const),
  ])
  const counting = (column: 'saved' | 'already_there' | 'refused') =>
    statement((p: OfRun & { readonly line: number }) =>
      db
        .updateTable('import_run')
        .set((value) => ({ line: p.line, [column]: value(column, '+', sql.lit(1)) }))
        .where('id', '=', p.run),
    )
  const count = { saved: counting('saved'), alreadyThere: counting('already_there'), refused: counting('refused') }
  const refusals = statement((p: OfRun) =>
    db.selectFrom('import_refusal').select(['line', 'errors']).where('run', '=', p.run).orderBy('line'),
  )
  const keepRefusal = insertion(db, 'import_refusal', ['run', 'line', 'errors'])
  const finish = statement((p: OfRun) => db.updateTable('import_run').set({ finished: 1 }).where('id', '=', p.run))
  const purge = statement((p: { readonly now: number }) =>
    db
      .deleteFrom('import_run')
      .where('expires_at', '<', p.now)
      .where('id', '<=', (all) =>
        all.selectFrom('import_run').select(sql<number>`max(id) - ${sql.lit(keepNewest)}`.as('id')),
      ),
  )

  /** Why a row of an import is not decided now: it was before, or a row before it was not. */
  function* whyPassed<A>(step: ImportStep<A>): Program<Effect.Effect<A, Refusal> | undefined> {
    const at = (yield* first(lineOf({ run: step.run })))?.line
    if (at !== undefined && at >= step.line) return Effect.succeed(step.before)
    return at === step.after
      ? undefined
      : Effect.fail(new StorageUnavailable({ reason: 'a row of the import before this one was not written' }))
  }

  function* refused<A>({ run, line, errors }: ImportStep<A>, refusal: Refusal): Program<void> {
    yield* execute(count.refused({ run, line }))
    const row = yield* first(byId({ run }))
    if (row !== undefined && row.refused <= mostRefusals)
      yield* execute(keepRefusal({ run, line, errors: JSON.stringify(errors(refusal)) }))
  }

  function* beginImport(
    { scope, key, fingerprint, expires }: ImportKey,
    now: Instant,
  ): Program<Result.Result<ImportRun, IdempotencyKeyReused>> {
    yield* execute(purge({ now }))
    const nothing = { line: 0, saved: 0, already_there: 0, refused: 0, finished: 0 } as const
    let row = yield* first(byKey({ scope, key }))
    if (row === undefined) {
      yield* execute(begin({ scope, key, fingerprint, ...nothing, expires_at: expires }))
      row = yield* first(byKey({ scope, key }))
    }
    if (row === undefined) throw new Error('an import that was begun is not there')
    return row.fingerprint === fingerprint ? Result.succeed(show(row)) : Result.fail(new IdempotencyKeyReused({ key }))
  }

  function* reportImport(run: number, finished: boolean): Program<ImportReport> {
    if (finished) yield* execute(finish({ run }))
    const row = yield* first(byId({ run }))
    if (row === undefined) throw new Error(`there is no import ${run}`)
    const errors = (yield* all(refusals({ run }))).map((refusal) => ({
      line: refusal.line,
      errors: JSON.parse(refusal.errors) as RefusedRow['errors'],
    }))
    return { ...show(row), errors }
  }

  return {
    whyPassed,
    refused,
    decided: <A>(step: ImportStep<A>, answer: A) =>
      execute(count[step.saves(answer) ? 'saved' : 'alreadyThere']({ run: step.run, line: step.line })),
    beginImport,
    reportImport,
  }
}
