import { type RawBuilder, sql } from 'kysely'

/** Whether what a record did still stands: it posted, nothing reversed it, and it is no reversal itself. */
export const isLive = (table: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${table}.posted_sequence`)} is not null and ${sql.ref(`${table}.reversed_by`)} is null and ${sql.ref(`${table}.reversal_of`)} is null`
