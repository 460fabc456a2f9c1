import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'

/** Who is told of what is written, how far that has come, and which process does it. */
export const webhooks = (dialect: Dialect): readonly string[] => {
  const { integer, text } = dialect
  const { schema } = dialect.db

  const webhook = schema
    .createTable('webhook')
    .addColumn('id', integer, dialect.surrogateKey)
    .addColumn('ulid', text, (c) => c.notNull().unique().check(sql`length(ulid) = 26`))
    .addColumn('url', text, (c) => c.notNull())
    .addColumn('description', text)
    .addColumn('lot_record_types', text)
    .addColumn('enabled', integer, (c) => c.notNull().check(sql`enabled in (0, 1)`))
    .addColumn('secret', text, (c) => c.notNull())
    .addColumn('position', integer, (c) => c.notNull().check(sql`position >= 0`))
    .addColumn('delivered_at', integer)
    .addColumn('failures', integer, (c) => c.notNull().check(sql`failures >= 0`))
    .addColumn('failing_since', integer)
    .addColumn('last_error', text)
    .addColumn('next_attempt_at', integer)
    .addColumn('version', integer, (c) => c.notNull().check(sql`version >= 1`))
    .addColumn('created_at', integer, (c) => c.notNull())
    .addColumn('created_by', text, (c) => c.notNull())
    .addColumn('modified_at', integer)
    .addColumn('modified_by', text)

  // One row: whoever delivers for this store.
  const lease = schema
    .createTable('delivery_lease')
    .addColumn('id', integer, (c) => c.primaryKey().notNull().check(sql`id = 1`))
    .addColumn('owner', text, (c) => c.notNull())
    .addColumn('expires_at', integer, (c) => c.notNull())

  return [dialect.table(webhook).compile().sql, dialect.table(lease).compile().sql]
}
