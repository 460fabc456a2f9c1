import { IdTaken } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'

/** Whether the database refused something new because its id is there already. Its columns and constraints are called so. */
export const isIdViolation = ({ isUniqueViolation }: Dialect, error: unknown): error is Error =>
  isUniqueViolation(error) && error instanceof Error && error.message.includes('ulid')

/** What is told of an error of a change: that an id is taken, where it is that. */
export const defectOf = (dialect: Dialect, error: unknown): unknown =>
  isIdViolation(dialect, error) ? new IdTaken({ cause: error }) : error
