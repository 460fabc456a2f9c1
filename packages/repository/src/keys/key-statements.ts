import type { Ulid } from '@lotbook/domain'
import { type Kysely, sql } from 'kysely'
import { insertion, statement } from '../statement.ts'
import type { Tables } from '../tables.ts'

/** The statements of the API keys. */
export const makeKeyStatements = (db: Kysely<Tables>) => {
  const keys = () => db.selectFrom('api_key').selectAll()
  return {
    insert: insertion(db, 'api_key', ['ulid', 'name', 'hash', 'grants', 'expires_at', 'created_at', 'created_by']),
    live: statement((p: { readonly name: string }) =>
      keys().where('name', '=', p.name).where(sql<boolean>`revoked_at is null`),
    ),
    byUlid: statement((p: { readonly ulid: Ulid }) => keys().where('ulid', '=', p.ulid)),
    byHash: statement((p: { readonly hash: string }) => keys().where('hash', '=', p.hash)),
    list: statement(() => keys().orderBy('id')),
    count: statement(() =>
      db
        .selectFrom('api_key')
        .select(sql<number>`cast(count(*) as bigint)`.as('count'))
        .where('revoked_at', 'is', null),
    ),
    revoke: statement((p: { readonly ulid: Ulid; readonly now: number; readonly actor: string }) =>
      db.updateTable('api_key').set({ revoked_at: p.now, revoked_by: p.actor }).where('ulid', '=', p.ulid),
    ),
  }
}
