import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'

/** How far imports have come, which of their rows were refused, and whether a restore is unfinished. */
export const imports = (dialect: Dialect): readonly string[] => {
  const { integer, text } = dialect
  const { schema } = dialect.db
  const count = (name: string) => sql<boolean>`${sql.ref(name)} >= 0`
  const tables = [
    dialect.table(
      schema
        .createTable('import_run')
        .addColumn('id', integer, dialect.surrogateKey)
        .addColumn('scope', text, (c) => c.notNull())
        .addColumn('key', text, (c) => c.notNull())
        .addColumn('fingerprint', text, (c) => c.notNull())
        .addColumn('line', integer, (c) => c.notNull().check(count('line')))
        .addColumn('saved', integer, (c) => c.notNull().check(count('saved')))
        .addColumn('already_there', integer, (c) => c.notNull().check(count('already_there')))
        .addColumn('refused', integer, (c) => c.notNull().check(count('refused')))
        .addColumn('finished', integer, (c) => c.notNull().check(sql`finished in (0, 1)`))
        .addColumn('expires_at', integer)
        .addUniqueConstraint('import_run_key', ['scope', 'key']),
    ),
    dialect.clustered(
      schema
        .createTable('import_refusal')
        .addColumn('run', integer, (c) => c.notNull().references('import_run.id').onDelete('cascade'))
        .addColumn('line', integer, (c) => c.notNull())
        .addColumn('errors', text, (c) => c.notNull())
        .addPrimaryKeyConstraint('import_refusal_key', ['run', 'line']),
    ),
    dialect.table(schema.createTable('restoration').addColumn('id', integer, (c) => c.primaryKey().check(sql`id = 1`))),
  ]
  return tables.map((table) => table.compile().sql)
}
