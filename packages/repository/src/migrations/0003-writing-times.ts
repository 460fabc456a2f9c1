import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'

/**
 * From when on each version counts as known: the greatest writing time so far. It comes from what the chain covers and
 * is no part of it. Sequences are dense and it never goes back, so it is searched by halves and needs no index.
 */
export const writingTimes = (dialect: Dialect): readonly string[] => {
  const { db, integer } = dialect
  const adding = (table: 'record_version' | 'ledger_head') =>
    db.schema.alterTable(table).addColumn('known_at', integer, (c) => c.notNull().defaultTo(sql.lit(0)))
  const written = dialect.member(sql.ref('content'), ['writtenDate'], 'integer')
  const fill = sql`update record_version set known_at = known.at from
    (select sequence as known_sequence, max(${written}) over (order by sequence) as at from record_version) as known
    where record_version.sequence = known.known_sequence`
  const fillHead = sql`update ledger_head set known_at = (select coalesce(max(known_at), 0) from record_version)`

  return [
    adding('record_version').compile().sql,
    adding('ledger_head').compile().sql,
    ...dialect.changeable('record_version'),
    fill.compile(db).sql,
    fillHead.compile(db).sql,
    ...dialect.appendOnly('record_version'),
  ]
}
