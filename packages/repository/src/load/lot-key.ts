import { findLot, type LotRef, type Ulid } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { first, type Program } from '../program.ts'
import { lookup } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { Loaded } from './loaded.ts'

interface Named {
  readonly name: string
  readonly material: string
}

/** Finds the surrogate keys of lots, be they loaded or not. Nothing is loaded. */
export const makeLotKey = (db: Kysely<Tables>) => {
  const byUlid = lookup((p: { readonly ulid: Ulid }) => db.selectFrom('lot').select('id').where('ulid', '=', p.ulid))
  const named = (p: Named) =>
    db
      .selectFrom('lot')
      .innerJoin('material', 'material.id', 'lot.material')
      .select('lot.id')
      .where('lot.name', '=', p.name)
  const byMaterial = lookup((p: Named & { readonly material: Ulid }) =>
    named(p).where('material.ulid', '=', p.material),
  )
  const byPath = lookup((p: Named) => named(p).where('material.path', '=', p.material))

  return function* lotKey(loaded: Loaded, ref: LotRef): Program<number | undefined> {
    const known = findLot(loaded, ref)
    if (known !== undefined) return loaded.keys.lots.get(known.lot.id)
    if ('id' in ref) return (yield* first(byUlid({ ulid: ref.id })))?.id
    const { name, material } = ref
    const call =
      'id' in material ? byMaterial({ name, material: material.id }) : byPath({ name, material: material.name })
    return (yield* first(call))?.id
  }
}
/** What `makeLotKey` makes. */
export type LotKey = ReturnType<typeof makeLotKey>
