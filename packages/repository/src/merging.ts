import type { OperationNodeSource } from 'kysely'

/**
 * How several calls of one statement, which differ in their values only, can be sent as one statement. An engine for
 * which every statement is a way there and back does so.
 */
export type Merging =
  | {
      /** Each call gets the rows that match its own values, in the statement's order. */
      readonly kind: 'lookup'
      /** The names of the values, in their order. */
      readonly names: readonly string[]
      /** Builds the statement over other expressions than bound values. */
      readonly build: (values: never) => OperationNodeSource
    }
  | {
      readonly kind: 'insertion'
      readonly table: string
      /** In the order of the values. */
      readonly columns: readonly string[]
    }
  | {
      readonly kind: 'update'
      readonly table: string
      /** In the order of the values; the last of them, as many as `keys`, name the row. */
      readonly columns: readonly string[]
      readonly keys: number
    }
