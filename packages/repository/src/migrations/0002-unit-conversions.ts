import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'

const greatest = 999_999_999_999_999

const isFactor = (column: string) => sql`${sql.ref(column)} between 1 and ${sql.lit(greatest)}`

/** Exact factors between units, in general or for one material. */
export const unitConversions = (dialect: Dialect): readonly string[] => {
  const { integer, text } = dialect
  const { schema } = dialect.db

  const table = schema
    .createTable('unit_conversion')
    .addColumn('id', integer, dialect.surrogateKey)
    .addColumn('ulid', text, (c) => c.notNull().unique().check(sql`length(ulid) = 26`))
    .addColumn('from_unit', integer, (c) => c.notNull().references('unit.id'))
    .addColumn('to_unit', integer, (c) => c.notNull().references('unit.id'))
    .addColumn('numerator', integer, (c) => c.notNull().check(isFactor('numerator')))
    .addColumn('denominator', integer, (c) => c.notNull().check(isFactor('denominator')))
    .addColumn('material', integer, (c) => c.references('material.id'))
    .addColumn('version', integer, (c) => c.notNull().check(sql`version >= 1`))
    .addColumn('notes', text)
    .addColumn('enabled', integer, (c) => c.notNull().check(sql`enabled in (0, 1)`))
    .addColumn('spare1', text)
    .addColumn('spare2', text)
    .addColumn('spare3', text)
    .addColumn('created_at', integer, (c) => c.notNull())
    .addColumn('created_by', text, (c) => c.notNull())
    .addColumn('modified_at', integer)
    .addColumn('modified_by', text)
    .addCheckConstraint('unit_conversion_units', sql`from_unit <> to_unit`)

  // Two indexes, because nothing equals nothing: one over all three columns would let general ones exist twice.
  const indexes = [
    schema
      .createIndex('unit_conversion_general')
      .unique()
      .on('unit_conversion')
      .columns(['from_unit', 'to_unit'])
      .where(sql<boolean>`material is null`),
    schema
      .createIndex('unit_conversion_of_material')
      .unique()
      .on('unit_conversion')
      .columns(['material', 'from_unit', 'to_unit'])
      .where(sql<boolean>`material is not null`),
  ]

  return [dialect.table(table), ...indexes].map((made) => made.compile().sql)
}
