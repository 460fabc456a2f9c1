import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'

const greatest = 999_999_999_999_999

const amount = (column: string) => sql`${sql.ref(column)} between 1 and ${sql.lit(greatest)}`

// Which lot material came from, by the type of the record.
const fromPrimary = "('CONSUME', 'SPLIT', 'SCRAP', 'RETURN', 'SHIP')"
const toPrimary = "('RECEIVE', 'PRODUCE', 'MERGE')"
/** Which records leave something in the trace. */
export const counts = `status = 'COMPLETED' and enabled = 1 and reversal_of is null and reversed_by is null and (posted = 0 or quantity > 0)`
/** The record, its quantity, what was taken back of it, and when it was effective. */
export const facts = 'id, case when posted = 1 then quantity end, taken_back, effective_at'

/** Which lots went into which, and which were consumed and produced in one operation: told from what the records say. */
export const trace = (dialect: Dialect): readonly string[] => {
  const { integer, text } = dialect
  const { schema } = dialect.db

  const edges = schema
    .createTable('trace_edge')
    .addColumn('from_lot', integer, (c) => c.notNull().references('lot.id'))
    .addColumn('to_lot', integer, (c) => c.notNull().references('lot.id'))
    .addColumn('record', integer, (c) => c.notNull().references('lot_record.id'))
    .addColumn('quantity', integer, (c) => c.check(amount('quantity')))
    .addColumn('taken_back', integer, (c) => c.notNull())
    .addColumn('effective_at', integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('trace_edge_key', ['from_lot', 'to_lot', 'record'])
  const operations = schema
    .createTable('trace_operation')
    .addColumn('lot', integer, (c) => c.notNull().references('lot.id'))
    .addColumn('side', text, (c) => c.notNull().check(sql`side = 'consumed' or side = 'produced'`))
    .addColumn('operation', text, (c) => c.notNull())
    .addColumn('record', integer, (c) => c.notNull().references('lot_record.id'))
    .addColumn('quantity', integer, (c) => c.check(amount('quantity')))
    .addColumn('taken_back', integer, (c) => c.notNull())
    .addColumn('effective_at', integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('trace_operation_key', ['lot', 'side', 'operation', 'record'])
  const measured = ['quantity', 'taken_back', 'effective_at']
  // Each holds all columns: a walk in either direction reads one tree and nothing else.
  const indexes = [
    schema
      .createIndex('trace_edge_back')
      .on('trace_edge')
      .columns(['to_lot', 'from_lot', 'record', ...measured]),
    schema
      .createIndex('trace_operation_side')
      .on('trace_operation')
      .columns(['operation', 'side', 'lot', 'record', ...measured]),
  ]

  return [
    ...[dialect.clustered(edges), dialect.clustered(operations), ...indexes].map((made) => made.compile().sql),
    `insert into trace_edge select lot, secondary_lot, ${facts} from lot_record
      where ${counts} and type in ${fromPrimary} and secondary_lot <> lot`,
    `insert into trace_edge select secondary_lot, lot, ${facts} from lot_record
      where ${counts} and type in ${toPrimary} and secondary_lot <> lot`,
    `insert into trace_operation
      select lot, case when type = 'CONSUME' then 'consumed' else 'produced' end, coalesce(operation, operation_record), ${facts}
      from lot_record
      where ${counts} and type in ('CONSUME', 'PRODUCE') and secondary_lot is null and coalesce(operation, operation_record) is not null`,
  ]
}
