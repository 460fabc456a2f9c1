import type { NumberLotField, TextLotField } from '@lotbook/domain'
import { type Expression, type RawBuilder, sql } from 'kysely'
import { lotNow } from './lot-at-moment.ts'

type Columns<F extends string, A> = Readonly<Record<F, Expression<A | null>>>

/** Where the text fields of a lot are, in a selection of lots with their materials and units. */
export const textColumns = (now: number): Columns<TextLotField, string> => ({
  id: sql`lot.ulid`,
  notes: sql`lot.notes`,
  spare1: sql`lot.spare1`,
  spare2: sql`lot.spare2`,
  spare3: sql`lot.spare3`,
  name: sql`lot.name`,
  materialId: sql`material.ulid`,
  materialPath: sql`material.path`,
  // What comes after the last slash: without the other characters at its end, the path ends with that slash.
  materialName: sql`substr(material.path, length(rtrim(material.path, replace(material.path, '/', ''))) + 1)`,
  materialQuantityFormat: sql`null`,
  status: sql`lot.status`,
  unitOfMeasureId: sql`unit.ulid`,
  unitOfMeasureName: sql`unit.name`,
  unitOfMeasureSymbol: sql`unit.symbol`,
  supplierId: sql`lot.supplier_id`,
  effectiveStatus: sql`case when lot.expires_at <= ${now} then 'EXPIRED' else lot.status end`,
})

/** Where the fields are that are kept as whole numbers. */
export const numberColumns: Columns<NumberLotField, number> = {
  enabled: sql`lot.enabled`,
  totalQuantity: sql`lot.total_quantity`,
  expirationDate: sql`lot.expires_at`,
  closedDate: sql`lot.closed_at`,
  createdDate: sql`lot.created_at`,
  onHand: lotNow.onHand,
  version: sql`lot.version`,
}

/** The column of the field that is named by a value, be it of a row or a parameter. */
export const columnNamed = <A>(columns: Columns<string, A>, name: Expression<string>): RawBuilder<A | null> => {
  const choices = Object.entries(columns).map(([field, column]) => sql`when ${sql.lit(field)} then ${column}`)
  return sql<A | null>`case ${name} ${sql.join(choices, sql` `)} end`
}
