import type { Kysely } from 'kysely'
import type { Call } from '../program.ts'
import { compileInsertion, compileInsertionWithKey, compileUpdate, type Row } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { Codec } from './codec.ts'

type Column<T extends keyof Tables> = keyof Tables[T] & string

/** Writes an entity; its references and keys are given besides. */
export type Write<A, R extends string, O> = (entity: A, references: Row<R>) => Call<O>

/** Inserts an entity, with these columns besides its own. */
export const inserting = <T extends keyof Tables, A, C extends Column<T>, R extends Column<T>>(
  db: Kysely<Tables>,
  table: T,
  codec: Codec<T, A, C>,
  references: readonly R[],
): Write<A, R, unknown> => codec.binding<R, unknown>(compileInsertion(db, table, [...codec.columns, ...references]))

/** Inserts an entity and gives back the surrogate key that it got. */
export const insertingWithKey = <T extends keyof Tables, A, C extends Column<T>, R extends Column<T>>(
  db: Kysely<Tables>,
  table: T,
  codec: Codec<T, A, C>,
  references: readonly R[],
): Write<A, R, { readonly id: number }> =>
  codec.binding<R, { readonly id: number }>(compileInsertionWithKey(db, table, [...codec.columns, ...references]))

/** Sets all of an entity, or only some of its columns, in the row with the given key. Its ULID stays. */
export const updatingEntity = <
  T extends keyof Tables,
  A,
  C extends Column<T>,
  R extends Column<T>,
  K extends Column<T>,
>(
  db: Kysely<Tables>,
  table: T,
  codec: Codec<T, A, C>,
  references: readonly R[],
  key: readonly K[],
  columns: readonly C[] = codec.columns,
): Write<A, R | K, unknown> => {
  const set = columns.filter((column) => column !== 'ulid')
  return codec.binding<R | K, unknown>(compileUpdate(db, table, [...set, ...references], key))
}
