import { type Known, refuseAnother, type Ulid, type Versioned } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import type { Keys } from '../load/loaded.ts'
import type { Program } from '../program.ts'
import type { Codec } from '../rows/codec.ts'
import { insertingWithKey, updatingEntity } from '../rows/entity-statements.ts'
import type { Row } from '../statement.ts'
import type { Tables } from '../tables.ts'
import { keyIn, type Meet, type Reference } from './keys.ts'
import { giveName, type Naming } from './name-taken.ts'

type Named = 'unit' | 'material' | 'unit_conversion' | 'location' | 'reason_code'
type Column<T extends Named> = keyof Tables[T] & string

/** Makes the savers of master data: each writes what is not the very thing that was loaded into one table. */
export const makeSaver = (dialect: Dialect, meet: Meet) => {
  const { db } = dialect

  return <T extends Named, A extends Versioned & { readonly id: Ulid }, C extends Column<T>, R extends Column<T>>(
    table: T,
    codec: Codec<T, A, C>,
    kind: {
      readonly keys: keyof Keys
      readonly references: readonly R[]
      readonly refersTo?: (item: A) => readonly Reference[]
      readonly refer: (keys: Keys, item: A) => Row<R>
      readonly naming: (item: A, known: Known) => Naming
    },
  ) => {
    const insert = insertingWithKey(db, table, codec, kind.references)
    const update = updatingEntity<T, A, C, R, Column<T>>(db, table, codec, kind.references, ['id'])
    return function* (
      keys: Keys,
      before: ReadonlyMap<Ulid, A>,
      after: ReadonlyMap<Ulid, A>,
      known: Known,
    ): Program<void> {
      if (before === after) return
      for (const [ulid, item] of after) {
        const was = before.get(ulid)
        if (was === item) continue
        if (was !== undefined) refuseAnother(was, item)
        if (kind.refersTo !== undefined) yield* meet(keys, kind.refersTo(item))
        const references = kind.refer(keys, item)
        if (was === undefined) {
          const made = yield* giveName(dialect, insert(item, references), kind.naming(item, known))
          if (made !== undefined) keys[kind.keys].set(ulid, made.id)
        } else {
          const id = keyIn(keys[kind.keys], ulid)
          const call = update(item, { id, ...references } as Row<R | Column<T>>)
          yield* giveName(dialect, call, kind.naming(item, known))
        }
      }
    }
  }
}
