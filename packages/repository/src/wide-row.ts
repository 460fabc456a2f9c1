import type { Value } from './program.ts'

/** The columns of a statement, by name. */
export type Columns = ReadonlyMap<string, number>

/**
 * A row of many columns, as the bare list of its values: making an object of fifty properties costs more than reading
 * them from the database. `R` says what the columns are called and what they hold.
 */
export class WideRow<R> {
  readonly columns: Columns
  readonly values: readonly Value[]

  constructor(columns: Columns, values: readonly Value[]) {
    this.columns = columns
    this.values = values
  }

  get<K extends keyof R & string>(column: K): R[K] {
    const value: unknown = this.values[this.columns.get(column) ?? -1]
    return value as R[K]
  }
}
