import { type CreateTableBuilder, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'

const greatest = 999_999_999_999_999

const lotStatuses = ['AVAILABLE', 'OPEN', 'QA_HOLD', 'EXPIRED', 'SHIPPED', 'CLOSED']
const recordTypes = [
  'CONSUME',
  'PRODUCE',
  'MOVE',
  'RECEIVE',
  'SHIP',
  'STATUS_CHANGE',
  'EDIT',
  'SPLIT',
  'MERGE',
  'SCRAP',
  'RETURN',
  'UNCONSUME',
]
const recordStatuses = ['COMPLETED', 'RUNNING', 'IDLE', 'PAUSED', 'FAULTED', 'CANCELLED', 'UNKNOWN']
const policies = ['standard', 'permissive', 'strict']

// SQLite makes a table of an IN list for every row that it checks; comparing one by one costs a fraction of that.
const among = (column: string, values: readonly string[]) =>
  sql.join(
    values.map((value) => sql`${sql.ref(column)} = ${sql.lit(value)}`),
    sql` or `,
  )
const inRange = (column: string) => sql`${sql.ref(column)} between ${sql.lit(-greatest)} and ${sql.lit(greatest)}`
const isFlag = (column: string) => sql`${sql.ref(column)} in (0, 1)`
const isUlid = sql`length(ulid) = 26`
const isHash = (column: string) => sql`length(${sql.ref(column)}) = 64`

/** Master data, lots, stock, records with all their versions, and what belongs to a store. */
export const ledger = (dialect: Dialect): readonly string[] => {
  const { integer, text } = dialect
  const { schema } = dialect.db

  const annotated = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
    table
      .addColumn('notes', text)
      .addColumn('enabled', integer, (c) => c.notNull().check(isFlag('enabled')))
      .addColumn('spare1', text)
      .addColumn('spare2', text)
      .addColumn('spare3', text)
  const authored = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
    annotated(table)
      .addColumn('created_at', integer, (c) => c.notNull())
      .addColumn('created_by', text, (c) => c.notNull())
      .addColumn('modified_at', integer)
      .addColumn('modified_by', text)
  const keyed = (name: string) =>
    schema
      .createTable(name)
      .addColumn('id', integer, dialect.surrogateKey)
      .addColumn('ulid', text, (c) => c.notNull().unique().check(isUlid))

  const tables = [
    dialect.table(
      authored(
        keyed('unit')
          .addColumn('name', text, (c) => c.notNull().unique())
          .addColumn('symbol', text, (c) => c.notNull().unique())
          .addColumn('version', integer, (c) => c.notNull()),
      ),
    ),
    dialect.table(
      authored(
        keyed('material')
          .addColumn('path', text, (c) => c.notNull().unique())
          .addColumn('unit', integer, (c) => c.notNull().references('unit.id'))
          .addColumn('shelf_life_days', integer)
          .addColumn('initial_lot_status', text, (c) => c.notNull().check(among('initial_lot_status', lotStatuses)))
          .addColumn('description', text)
          .addColumn('version', integer, (c) => c.notNull()),
      ),
    ),
    dialect.table(
      authored(
        keyed('location')
          .addColumn('path', text, (c) => c.notNull().unique())
          .addColumn('type', text)
          .addColumn('allow_negative_inventory', integer, (c) => c.notNull().check(isFlag('allow_negative_inventory')))
          .addColumn('storage_capacity', integer, (c) => c.check(inRange('storage_capacity')))
          .addColumn('storage_capacity_unit', integer, (c) => c.references('unit.id'))
          .addColumn('lot_storage_strategy', text, (c) => c.notNull())
          .addColumn('lot_use_strategy', text, (c) => c.notNull())
          .addColumn('version', integer, (c) => c.notNull()),
      ),
    ),
    dialect.table(
      authored(
        keyed('reason_code')
          .addColumn('lot_record_type', text, (c) => c.notNull().check(among('lot_record_type', recordTypes)))
          .addColumn('reason_code', text, (c) => c.notNull())
          .addColumn('description', text)
          .addColumn('require_comments', integer, (c) => c.notNull().check(isFlag('require_comments')))
          .addColumn('version', integer, (c) => c.notNull()),
      ).addUniqueConstraint('reason_code_of_type', ['lot_record_type', 'reason_code']),
    ),
    dialect.table(
      authored(
        keyed('lot')
          .addColumn('name', text, (c) => c.notNull())
          .addColumn('material', integer, (c) => c.notNull().references('material.id'))
          .addColumn('unit', integer, (c) => c.notNull().references('unit.id'))
          .addColumn('initial_status', text, (c) => c.notNull().check(among('initial_status', lotStatuses)))
          .addColumn('status', text, (c) => c.notNull().check(among('status', lotStatuses)))
          .addColumn('total_quantity', integer, (c) => c.notNull().check(inRange('total_quantity')))
          .addColumn('expires_at', integer)
          .addColumn('closed_at', integer)
          .addColumn('supplier_id', text)
          .addColumn('version', integer, (c) => c.notNull()),
      ).addUniqueConstraint('lot_of_material', ['material', 'name']),
    ),
    dialect.clustered(
      annotated(
        schema
          .createTable('inventory')
          .addColumn('lot', integer, (c) => c.notNull().references('lot.id'))
          .addColumn('location', integer, (c) => c.notNull().references('location.id'))
          .addColumn('ulid', text, (c) => c.notNull().unique().check(isUlid))
          .addColumn('quantity', integer, (c) => c.notNull().check(inRange('quantity')))
          .addColumn('name', text)
          .addColumn('production_order', text)
          .addColumn('production_order_name', text)
          .addColumn('last_effective_at', integer, (c) => c.notNull()),
      ).addPrimaryKeyConstraint('inventory_key', ['lot', 'location']),
    ),
    dialect.table(
      authored(
        keyed('lot_record')
          .addColumn('type', text, (c) => c.notNull().check(among('type', recordTypes)))
          .addColumn('status', text, (c) => c.notNull().check(among('status', recordStatuses)))
          .addColumn('lot', integer, (c) => c.notNull().references('lot.id'))
          .addColumn('secondary_lot', integer, (c) => c.references('lot.id'))
          .addColumn('source', integer, (c) => c.references('location.id'))
          .addColumn('destination', integer, (c) => c.references('location.id'))
          .addColumn('quantity', integer, (c) => c.check(inRange('quantity')))
          .addColumn('lot_status', text, (c) => c.check(among('lot_status', lotStatuses)))
          .addColumn('start_at', integer, (c) => c.notNull())
          .addColumn('end_at', integer)
          .addColumn('operation_record', text)
          .addColumn('operation', text)
          .addColumn('inventory_operation', text)
          .addColumn('inventory_operation_name', text)
          .addColumn('production_order', text)
          .addColumn('production_order_name', text)
          .addColumn('reason_code', integer, (c) => c.references('reason_code.id'))
          .addColumn('shift_record', text)
          .addColumn('posted', integer, (c) => c.notNull().check(isFlag('posted')))
          .addColumn('version', integer, (c) => c.notNull().check(sql`version >= 1`))
          .addColumn('previous_status', text, (c) => c.check(among('previous_status', lotStatuses)))
          .addColumn('expires_at', integer)
          .addColumn('reversal_of', integer, (c) => c.references('lot_record.id'))
          .addColumn('reversed_by', integer, (c) => c.references('lot_record.id'))
          .addColumn('counted_quantity', integer, (c) => c.check(inRange('counted_quantity')))
          .addColumn('requested_quantity', integer, (c) => c.check(inRange('requested_quantity')))
          .addColumn('requested_unit', text)
          .addColumn('consume_record', integer, (c) => c.references('lot_record.id'))
          .addColumn('policy', text, (c) => c.notNull().check(among('policy', policies)))
          .addColumn('effective_at', integer, (c) => c.notNull())
          .addColumn('sequence', integer, (c) => c.notNull())
          .addColumn('posted_sequence', integer)
          .addColumn('taken_back', integer, (c) =>
            c.notNull().check(sql`taken_back between 0 and ${sql.lit(greatest)}`),
          ),
      )
        .addCheckConstraint('lot_record_effective', sql`effective_at = coalesce(end_at, start_at)`)
        .addCheckConstraint('lot_record_posted', sql`(posted = 1) = (posted_sequence is not null)`)
        .addCheckConstraint('lot_record_order', sql`coalesce(posted_sequence, sequence) <= sequence`),
    ),
    dialect.table(
      schema
        .createTable('record_version')
        .addColumn('sequence', integer, (c) => c.primaryKey())
        .addColumn('record', integer, (c) => c.notNull().references('lot_record.id'))
        .addColumn('version', integer, (c) => c.notNull().check(sql`version >= 1`))
        .addColumn('content', text, (c) => c.notNull())
        .addColumn('hash', text, (c) => c.notNull().check(isHash('hash')))
        .addUniqueConstraint('record_version_of_record', ['record', 'version']),
    ),
    dialect.clustered(
      schema
        .createTable('stock_entry')
        .addColumn('sequence', integer, (c) => c.notNull().references('record_version.sequence'))
        .addColumn('position', integer, (c) => c.notNull())
        .addColumn('record', integer, (c) => c.notNull().references('lot_record.id'))
        .addColumn('location', integer, (c) => c.notNull().references('location.id'))
        .addColumn('lot', integer, (c) => c.notNull().references('lot.id'))
        .addColumn('quantity', integer, (c) => c.notNull().check(inRange('quantity')))
        .addColumn('effective_at', integer, (c) => c.notNull())
        .addPrimaryKeyConstraint('stock_entry_key', ['sequence', 'position']),
    ),
    dialect.clustered(
      schema
        .createTable('lot_entry')
        .addColumn('sequence', integer, (c) => c.notNull().references('record_version.sequence'))
        .addColumn('position', integer, (c) => c.notNull())
        .addColumn('record', integer, (c) => c.notNull().references('lot_record.id'))
        .addColumn('lot', integer, (c) => c.notNull().references('lot.id'))
        .addColumn('effective_at', integer, (c) => c.notNull())
        .addColumn('status_from', text, (c) => c.check(among('status_from', lotStatuses)))
        .addColumn('status_to', text, (c) => c.check(among('status_to', lotStatuses)))
        .addColumn('sets_expiration', integer, (c) => c.notNull().check(isFlag('sets_expiration')))
        .addColumn('expiration_from', integer)
        .addColumn('expiration_to', integer)
        .addColumn('sets_closed', integer, (c) => c.notNull().check(isFlag('sets_closed')))
        .addColumn('closed_from', integer)
        .addColumn('closed_to', integer)
        .addColumn('total', integer, (c) => c.notNull().check(inRange('total')))
        .addPrimaryKeyConstraint('lot_entry_key', ['sequence', 'position'])
        .addCheckConstraint('lot_entry_status', sql`(status_from is null) = (status_to is null)`),
    ),
    dialect.clustered(
      schema
        .createTable('take_back')
        .addColumn('sequence', integer, (c) => c.notNull().references('record_version.sequence'))
        .addColumn('position', integer, (c) => c.notNull())
        .addColumn('record', integer, (c) => c.notNull().references('lot_record.id'))
        .addColumn('consume_record', integer, (c) => c.notNull().references('lot_record.id'))
        .addColumn('quantity', integer, (c) => c.notNull().check(inRange('quantity')))
        .addPrimaryKeyConstraint('take_back_key', ['sequence', 'position']),
    ),
    dialect.clustered(
      schema
        .createTable('former_lot')
        .addColumn('lot', integer, (c) => c.notNull().references('lot.id'))
        .addColumn('record', integer, (c) => c.notNull().references('lot_record.id'))
        .addColumn('role', text, (c) => c.notNull())
        .addPrimaryKeyConstraint('former_lot_key', ['lot', 'record', 'role']),
    ),
    dialect.table(
      schema
        .createTable('ledger_head')
        .addColumn('id', integer, (c) => c.primaryKey().check(sql`id = 1`))
        .addColumn('count', integer, (c) => c.notNull().check(sql`count >= 0`))
        .addColumn('head', text, (c) => c.notNull().check(isHash('head')))
        .addColumn('policy', text, (c) => c.notNull().check(among('policy', policies))),
    ),
    dialect.table(
      schema
        .createTable('change_log')
        .addColumn('id', integer, dialect.surrogateKey)
        .addColumn('entity', text, (c) => c.notNull())
        .addColumn('entity_id', text, (c) => c.notNull())
        .addColumn('field', text, (c) => c.notNull())
        .addColumn('from_value', text, (c) => c.notNull())
        .addColumn('to_value', text, (c) => c.notNull())
        .addColumn('changed_at', integer, (c) => c.notNull())
        .addColumn('changed_by', text, (c) => c.notNull())
        .addColumn('sequence', integer, (c) => c.notNull()),
    ),
    dialect.table(
      schema
        .createTable('receipt')
        .addColumn('id', integer, dialect.surrogateKey)
        .addColumn('scope', text, (c) => c.notNull())
        .addColumn('key', text, (c) => c.notNull())
        .addColumn('fingerprint', text, (c) => c.notNull())
        .addColumn('answer', text, (c) => c.notNull())
        .addColumn('expires_at', integer, (c) => c.notNull())
        .addUniqueConstraint('receipt_key', ['scope', 'key']),
    ),
    dialect.table(
      keyed('api_key')
        .addColumn('name', text, (c) => c.notNull())
        .addColumn('hash', text, (c) => c.notNull().unique().check(isHash('hash')))
        .addColumn('grants', text, (c) => c.notNull())
        .addColumn('expires_at', integer)
        .addColumn('created_at', integer, (c) => c.notNull())
        .addColumn('created_by', text, (c) => c.notNull())
        .addColumn('revoked_at', integer)
        .addColumn('revoked_by', text),
    ),
  ]

  const index = (name: string, table: string, columns: readonly string[]) =>
    schema
      .createIndex(name)
      .on(table)
      .columns([...columns])
  const indexes = [
    index('material_unit', 'material', ['unit']),
    index('inventory_location', 'inventory', ['location', 'lot']),
    // Serves balances at a moment and timelines of a row, and what came later of a lot. Each index more is a page more
    // to write for every entry.
    index('stock_entry_row', 'stock_entry', ['lot', 'location', 'effective_at', 'quantity']),
    // Entries that set no status sort before the others, so a lot's changes of status are found without reading its receipts.
    index('lot_entry_lot', 'lot_entry', ['lot', 'status_to', 'sequence']),
    index('take_back_consume', 'take_back', ['consume_record']),
    index('lot_record_lot', 'lot_record', ['lot']),
    index('lot_record_secondary', 'lot_record', ['secondary_lot']).where(sql<boolean>`secondary_lot is not null`),
    index('lot_record_count', 'lot_record', ['lot', 'effective_at']).where(sql<boolean>`type = 'EDIT'`),
    index('lot_record_reversal', 'lot_record', ['reversal_of']).where(sql<boolean>`reversal_of is not null`),
    // Partial: a record without such a reference costs nothing here.
    index('lot_record_operation', 'lot_record', ['operation']).where(sql<boolean>`operation is not null`),
    index('lot_record_operation_record', 'lot_record', ['operation_record']).where(
      sql<boolean>`operation_record is not null`,
    ),
    index('lot_record_production_order', 'lot_record', ['production_order']).where(
      sql<boolean>`production_order is not null`,
    ),
    index('receipt_expires', 'receipt', ['expires_at']),
    index('api_key_name', 'api_key', ['name']).unique().where(sql<boolean>`revoked_at is null`),
  ]

  return [
    ...tables.map((table) => table.compile().sql),
    ...indexes.map((made) => made.compile().sql),
    ...(['record_version', 'stock_entry', 'lot_entry', 'take_back', 'change_log'] as const).flatMap(dialect.appendOnly),
    ...dialect.denseSequence,
  ]
}
