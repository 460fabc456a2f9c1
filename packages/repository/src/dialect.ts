import type { ColumnDefinitionBuilder, CreateTableBuilder, Expression, Kysely, RawBuilder, SqlBool } from 'kysely'
import type { Tables } from './tables.ts'

/** What a member of a JSON text is: a flag becomes 0 or 1. */
export type MemberKind = 'text' | 'integer' | 'flag'

/** All that differs between engines, but for how programs are run. Each engine's folder has one. */
export interface Dialect {
  /** Compiles statements; it never runs them. */
  readonly db: Kysely<Tables>
  readonly integer: RawBuilder<unknown>
  /** Text that sorts by code point. */
  readonly text: RawBuilder<unknown>
  /** Makes a column the surrogate key, filled by the engine. */
  readonly surrogateKey: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder
  /** Ends the definition of a table that has a surrogate key. */
  readonly table: <T extends string, C extends string>(builder: CreateTableBuilder<T, C>) => CreateTableBuilder<T, C>
  /** Ends the definition of a table that is kept in the order of its primary key. */
  readonly clustered: <T extends string, C extends string>(
    builder: CreateTableBuilder<T, C>,
  ) => CreateTableBuilder<T, C>
  /** Ends a query for rows that the same transaction is going to change: nobody else changes them before its end. */
  readonly lockForChange: RawBuilder<unknown>
  /** Statements that make the rows of a table unchangeable. */
  readonly appendOnly: (table: keyof Tables) => readonly string[]
  /** Statements that let rows of such a table be changed again. Only a migration that fills a new column has a use for it. */
  readonly changeable: (table: keyof Tables) => readonly string[]
  /** A member of a JSON text, by its path, as a column would hold it; null where it is not there. */
  readonly member: (json: Expression<string>, path: readonly string[], as: MemberKind) => Expression<unknown>
  /** Statements that refuse a version whose sequence is not the next one. */
  readonly denseSequence: readonly string[]
  /** Statements by which the same is found cheaper, where that is so. */
  readonly denseByPredecessor: readonly string[]
  /** A table of the numbers in a JSON list: columns `key`, from 0, and `value`. */
  readonly each: (json: string) => RawBuilder<unknown>
  /** Whether a column is one of the numbers in a JSON list, by which an index of the column finds the rows. */
  readonly isAmong: (column: string, json: string) => Expression<SqlBool>
  /** Puts the rows of a join over `each` in the order of that list and then of these columns, by which an index serves them. */
  readonly inOrderOfList: (list: string, ...columns: readonly string[]) => RawBuilder<unknown>
  /** All values of a column as one text, a JSON list: a driver takes long to hand over rows, and hardly any time for a text. */
  readonly listOf: (column: RawBuilder<unknown>) => RawBuilder<string>
  /** All texts of a column, one after the other. */
  readonly joined: (column: RawBuilder<unknown>) => RawBuilder<string>
  /** A text as a JSON string. */
  readonly quoted: (text: RawBuilder<unknown>) => RawBuilder<string>
  /** Whether a text contains another, as it is written. */
  readonly contains: (text: Expression<string>, part: string | null | Expression<string>) => Expression<SqlBool>
  /** A JSON list of objects as a query for rows of these members. */
  readonly rowsIn: (json: string, members: Readonly<Record<string, 'integer' | 'text'>>) => RawBuilder<unknown>
  /**
   * Whether what was committed may be undone, as where a standby takes over that lacks the last commits: then a sequence
   * and a key come again for something else, and only what the chain says tells the two apart.
   */
  readonly mayLoseCommits: boolean
  /** Why the database cannot be written or read now, or undefined for any other error. */
  readonly whyUnavailable: (error: unknown) => string | undefined
  readonly isUniqueViolation: (error: unknown) => boolean
}
