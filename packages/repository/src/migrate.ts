import { firstHash, type Policy, StorageUnavailable } from '@lotbook/domain'
import type { Dialect } from './dialect.ts'
import { newStamp } from './ledger-head.ts'
import { type Migration, migrations } from './migrations/migrations.ts'
import { all, execute, first, type Program } from './program.ts'
import { insertion, statement } from './statement.ts'

/** The database was written by a later Lotbook than this one. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew'
  constructor(unknown: readonly string[]) {
    super(`the database has migrations that this Lotbook does not know (${unknown.join(', ')}): use a newer Lotbook`)
  }
}

/** The database holds no ledger, and none was to be made. */
export class NoLedger extends Error {
  override readonly name = 'NoLedger'
  constructor(where: string) {
    super(`there is no ledger at ${where}`)
  }
}

const namesOf = ({ db }: Dialect) => statement(() => db.selectFrom('migration').select('name').orderBy('name'))
const headOf = ({ db }: Dialect) => statement(() => db.selectFrom('ledger_head').select('id'))
const lockingHeadOf = ({ db, lockForChange }: Dialect) =>
  statement(() => db.selectFrom('ledger_head').select('id').modifyEnd(lockForChange))

/** Those that were applied, of which none is unknown. */
function* appliedIn(dialect: Dialect, steps: readonly Migration[]): Program<readonly string[]> {
  const applied = (yield* all(namesOf(dialect)({}))).map(({ name }) => name)
  const unknown = applied.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length === 0) return applied
  // However new a ledger is, its first migration is known.
  if (unknown.length < applied.length) throw new SchemaTooNew(unknown)
  throw new StorageUnavailable({
    reason: `the database holds tables of another program (with migrations ${unknown.join(', ')}): give Lotbook a database of its own`,
  })
}

/** The name of the last migration where there is nothing to do for {@link migrate}. Only reads; its table must be there. */
export function* upToDate(dialect: Dialect): Program<string | undefined> {
  const applied = yield* appliedIn(dialect, migrations)
  if (applied.length < migrations.length) return undefined
  return (yield* first(headOf(dialect)({}))) && migrations.at(-1)?.name
}

/**
 * Brings the schema up to date, inside a transaction that the caller holds, and gives a new store its policy.
 * Returns the name of the last migration.
 */
export function* migrate(
  dialect: Dialect,
  policy: Policy,
  now: number,
  steps: readonly Migration[] = migrations,
): Program<string> {
  const { db, integer, text } = dialect
  const table = db.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('name', text, (c) => c.primaryKey().notNull())
    .addColumn('applied_at', integer, (c) => c.notNull())
  yield* execute({ sql: dialect.table(table).compile().sql, parameters: [] })

  const applied = yield* appliedIn(dialect, steps)
  const note = insertion(db, 'migration', ['name', 'applied_at'])
  const missing = steps.filter(({ name }) => !applied.includes(name))
  const isThere = applied.length > 0
  // Who writes meanwhile is done before it, or finds the schema changed.
  if (isThere && missing.length > 0) yield* all(lockingHeadOf(dialect)({}))
  for (const step of missing) {
    // First, so that of two processes that do this at once the second waits, and then finds it done.
    yield* execute(note({ name: step.name, applied_at: now }))
    for (const sql of step.statements(dialect)) yield* execute({ sql, parameters: [] })
  }

  // The other columns came later and have defaults.
  const begin = insertion(db, 'ledger_head', ['id', 'count', 'head', 'policy'])
  if ((yield* first(headOf(dialect)({}))) === undefined)
    yield* execute(begin({ id: 1, count: 0, head: firstHash, policy }))
  // Nor does who has read before it write on what it has read.
  if (isThere && missing.length > 0)
    yield* execute(statement(() => db.updateTable('ledger_head').set({ master_data: newStamp() }))({}))
  return steps.at(-1)?.name ?? ''
}
