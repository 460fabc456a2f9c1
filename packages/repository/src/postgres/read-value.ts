import pg from 'pg'
import type { Value } from '../program.ts'

const bigint = 20

/** A bigint as a number. All that Lotbook keeps in one fits: quantities have 15 digits, instants fewer. */
const readBigint = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is too large to be one of ours`)
  return value
}

/** How a value of a type is read, by the type's number: integers as numbers, all else as the driver does. */
export const readerOf = (oid: number): ((text: string) => Value) =>
  oid === bigint ? readBigint : (pg.types.getTypeParser(oid, 'text') as (text: string) => Value)
