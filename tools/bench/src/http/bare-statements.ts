import { historyKeys } from '@lotbook/domain'

/** The columns of a bare record: the 22 documented fields, as they come. */
export const recordColumns = historyKeys

/** Inserts a record. */
export const insertRecord = `insert into record (${recordColumns.join(', ')}) values (${recordColumns.map(() => '?').join(', ')})`

/** Adds to what lies of a lot at a location. */
export const setBalance =
  'insert into balance (lot, location, quantity) values (?, ?, ?) on conflict (lot, location) do update set quantity = balance.quantity + excluded.quantity'

/** Reads a page of records. */
export const readPage = 'select * from record where id > ? order by id limit 50'

/** A statement with PostgreSQL's placeholders, which are numbered. */
export const numbered = (sql: string): string => {
  let count = 0
  return sql.replace(/\?/gu, () => `$${++count}`)
}
