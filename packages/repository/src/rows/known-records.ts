import { type Expression, sql } from 'kysely'
import type { Dialect, MemberKind } from '../dialect.ts'
import { type RecordSource, recordColumns } from './lot-record.ts'

/** Up to which version records are known, and the last record of which any version is. */
export interface KnownRecords {
  readonly known: number
  readonly lastRecord: number
}

const integers = new Set<string>([
  'quantity',
  'start_at',
  'end_at',
  'version',
  'expires_at',
  'counted_quantity',
  'requested_quantity',
  'created_at',
  'modified_at',
])
const kindOf = (column: string): MemberKind =>
  column === 'posted' || column === 'enabled' ? 'flag' : integers.has(column) ? 'integer' : 'text'

const references = [
  ['lot', 'lot', 'inventoryLotId'],
  ['secondary_lot', 'lot', 'secondaryInventoryLotId'],
  ['source', 'location', 'sourceLocationId'],
  ['destination', 'location', 'destinationLocationId'],
  ['reason_code', 'reason_code', 'materialReasonCodeId'],
] as const

/**
 * Lot records as they were known, in place of their table: most are as they are; those that were saved since are read
 * out of what their latest version by then says. Records get their keys in the order in which they are first written,
 * so those that were known are the ones up to the last.
 */
export const knownRecords = ({ db, member }: Dialect, { known, lastRecord }: KnownRecords): RecordSource => {
  const inVersion = (field: string, as: MemberKind): Expression<unknown> =>
    member(sql.ref('version.content'), ['record', field], as)
  const asThen = (column: string, then: Expression<unknown>) =>
    sql`case when version.sequence is null then record.${sql.ref(column)} else ${then} end as ${sql.ref(column)}`
  const own = Object.entries(recordColumns).map(([field, column]) =>
    column === 'ulid' ? sql`record.ulid` : asThen(column, inVersion(field, kindOf(column))),
  )
  const referring = references.map(([column, table, field]) =>
    asThen(column, sql`(select id from ${sql.table(table)} where ulid = ${inVersion(field, 'text')})`),
  )
  const columns = [
    sql`record.id`,
    ...own,
    ...referring,
    asThen('effective_at', sql`coalesce(${inVersion('endDate', 'integer')}, ${inVersion('startDate', 'integer')})`),
    asThen('sequence', sql`version.sequence`),
    sql`case when record.posted_sequence <= ${known} then record.posted_sequence end as posted_sequence`,
    sql`record.reversal_of`,
    sql`record.consume_record`,
    sql`case when record.reversed_by <= ${lastRecord} then record.reversed_by end as reversed_by`,
    sql`record.taken_back`,
  ]
  const source = sql`(select ${sql.join(columns)} from lot_record as record
    left join record_version as version on record.sequence > ${known} and version.record = record.id
      and version.version = (select max(earlier.version) from record_version as earlier
        where earlier.record = record.id and earlier.sequence <= ${known})
    where record.id <= ${lastRecord})`
  // It has the table's columns and goes by the table's name, so what follows cannot tell it from the table.
  return db.selectFrom(source.as('lot_record') as never)
}
