import { findMaterial, lastName, type Ref, type Scope, type Ulid } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { all, first, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { Loaded } from './loaded.ts'

/** Reads the names that lots already have, where new ones are to be numbered. */
export const makeLoadNames = (db: Kysely<Tables>) => {
  const materials = () => db.selectFrom('material').select(['id', 'path'])
  const byUlid = statement((p: { readonly ulid: Ulid }) => materials().where('ulid', '=', p.ulid))
  const byPath = statement((p: { readonly name: string }) => materials().where('path', '=', p.name))
  const namesWithin = statement((p: { readonly material: number; readonly from: string; readonly before: string }) =>
    db
      .selectFrom('lot')
      .select('name')
      .where('material', '=', p.material)
      .where('name', '>=', p.from)
      .where('name', '<', p.before)
      .orderBy('id'),
  )

  function* materialOf(loaded: Loaded, ref: Ref): Program<{ readonly id: number; readonly path: string } | undefined> {
    const material = findMaterial(loaded, ref)
    const id = material && loaded.keys.materials.get(material.id)
    if (id !== undefined) return { id, path: material?.path ?? '' }
    return yield* first('id' in ref ? byUlid({ ulid: ref.id }) : byPath(ref))
  }

  /** The names of a material's lots that begin with the last name of its path and the date. */
  return function* loadNames(loaded: Loaded, { material: ref, date }: Numbering): Program<void> {
    const material = yield* materialOf(loaded, ref)
    if (material === undefined) return
    const beginning = `${lastName(material.path)}-${date}`
    // A full stop is the character after "-": text is ordered by code point, so this bounds what begins so.
    const range = { material: material.id, from: `${beginning}-`, before: `${beginning}.` }
    for (const { name } of yield* all(namesWithin(range))) loaded.takenNames.add(name)
  }
}

type Numbering = NonNullable<Scope['numbering']>[number]
