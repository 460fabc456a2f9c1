import type { Ulid } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { insertion, statement, updating } from '../statement.ts'
import type { Tables } from '../tables.ts'

/** The columns that a save writes, and those that a delivery writes. */
const savedColumns = [
  'url',
  'description',
  'lot_record_types',
  'enabled',
  'version',
  'modified_at',
  'modified_by',
] as const
/** See above. */
const progressColumns = [
  'position',
  'delivered_at',
  'failures',
  'failing_since',
  'last_error',
  'next_attempt_at',
] as const

/** The statements of the webhooks and of the right to deliver. */
export const makeWebhookStatements = (db: Kysely<Tables>) => ({
  all: statement(() => db.selectFrom('webhook').selectAll().orderBy('id')),
  byUlid: statement((p: { readonly ulid: Ulid }) => db.selectFrom('webhook').selectAll().where('ulid', '=', p.ulid)),
  insert: insertion(db, 'webhook', [
    ...(['ulid', 'secret', 'created_at', 'created_by'] as const),
    ...savedColumns,
    ...progressColumns,
  ]),
  update: updating(db, 'webhook', [...savedColumns, ...progressColumns], ['ulid']),
  progress: updating(db, 'webhook', progressColumns, ['ulid']),
  remove: statement((p: { readonly ulid: Ulid }) => db.deleteFrom('webhook').where('ulid', '=', p.ulid)),
  lease: statement(() => db.selectFrom('delivery_lease').select(['owner', 'expires_at'])),
  firstLease: insertion(db, 'delivery_lease', ['id', 'owner', 'expires_at']),
  takeLease: updating(db, 'delivery_lease', ['owner', 'expires_at'], ['id']),
})
