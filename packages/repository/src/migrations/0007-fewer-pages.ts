import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'

/**
 * Fewer pages to write for each record. Within an operation the trace's links come in the order of their records, so a
 * new one goes behind the others; receipts are purged oldest first, without an index. The head says when master data
 * were changed, so that they need not be read for every change.
 */
export const fewerPages = ({ db, integer }: Dialect): readonly string[] => {
  const { schema } = db
  return [
    schema.dropIndex('trace_operation_side'),
    schema
      .createIndex('trace_operation_side')
      .on('trace_operation')
      .columns(['operation', 'side', 'record', 'lot', 'quantity', 'taken_back', 'effective_at']),
    schema.dropIndex('receipt_expires'),
    schema.alterTable('ledger_head').addColumn('master_data', integer, (c) => c.notNull().defaultTo(sql.lit(0))),
  ].map((made) => made.compile().sql)
}
