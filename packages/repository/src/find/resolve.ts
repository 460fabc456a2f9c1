import { type LotRef, NotFound, type Ref, showUlid, type Ulid } from '@lotbook/domain'
import { Result } from 'effect'
import type { Kysely } from 'kysely'
import { first, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'

/** What the filters of a list name. */
export interface Named {
  readonly lot?: LotRef | undefined
  readonly material?: Ref | undefined
  readonly location?: Ref | undefined
}

/** The surrogate keys of what the filters name; undefined where a filter is not given. */
export interface Resolved {
  readonly lot: number | undefined
  readonly material: number | undefined
  readonly location: { readonly id: number; readonly path: string } | undefined
}

const missing = (kind: string, ref: Ref | LotRef): NotFound =>
  new NotFound({ kind, idOrName: 'id' in ref ? showUlid(ref.id) : ref.name })

/** Finds what the filters of a list name, or says which of them does not exist. */
export const makeResolve = (db: Kysely<Tables>) => {
  interface ByUlid {
    readonly ulid: Ulid
  }
  interface ByName {
    readonly name: string
  }
  const lotByUlid = statement((p: ByUlid) => db.selectFrom('lot').select('id').where('ulid', '=', p.ulid))
  const lotByName = statement((p: ByName & { readonly material: number }) =>
    db.selectFrom('lot').select('id').where('material', '=', p.material).where('name', '=', p.name),
  )
  const materialByUlid = statement((p: ByUlid) => db.selectFrom('material').select('id').where('ulid', '=', p.ulid))
  const materialByPath = statement((p: ByName) => db.selectFrom('material').select('id').where('path', '=', p.name))
  const places = () => db.selectFrom('location').select(['id', 'path'])
  const locationByUlid = statement((p: ByUlid) => places().where('ulid', '=', p.ulid))
  const locationByPath = statement((p: ByName) => places().where('path', '=', p.name))

  function* materialOf(ref: Ref): Program<number | undefined> {
    const row = yield* first('id' in ref ? materialByUlid({ ulid: ref.id }) : materialByPath(ref))
    return row?.id
  }

  function* lotOf(ref: LotRef): Program<Result.Result<number, NotFound>> {
    let row: { readonly id: number } | undefined
    if ('id' in ref) row = yield* first(lotByUlid({ ulid: ref.id }))
    else {
      const material = yield* materialOf(ref.material)
      if (material === undefined) return Result.fail(missing('material', ref.material))
      row = yield* first(lotByName({ material, name: ref.name }))
    }
    return row === undefined ? Result.fail(missing('lot', ref)) : Result.succeed(row.id)
  }

  return function* resolve(named: Named): Program<Result.Result<Resolved, NotFound>> {
    const lot = named.lot === undefined ? undefined : yield* lotOf(named.lot)
    if (lot !== undefined && Result.isFailure(lot)) return Result.fail(lot.failure)
    const material = named.material === undefined ? undefined : yield* materialOf(named.material)
    if (named.material !== undefined && material === undefined) return Result.fail(missing('material', named.material))
    const { location: place } = named
    const location =
      place === undefined
        ? undefined
        : yield* first('id' in place ? locationByUlid({ ulid: place.id }) : locationByPath(place))
    if (place !== undefined && location === undefined) return Result.fail(missing('location', place))
    return Result.succeed({ lot: lot?.success, material, location })
  }
}
/** What `makeResolve` makes. */
export type Resolve = ReturnType<typeof makeResolve>

/** What a filter by place compares with: the place's key, or its path and the range of the paths below it. */
export const placeOrSubtree = (location: Resolved['location'], subtree: boolean | undefined) => {
  const whole = subtree === true ? location?.path : undefined
  return {
    place: whole === undefined ? location?.id : undefined,
    subtree: whole,
    subtreeFrom: whole === undefined ? undefined : `${whole}/`,
    // The character after "/": text is ordered by code point, so this bounds the subtree and an index serves it.
    subtreeBefore: whole === undefined ? undefined : `${whole}0`,
  }
}

/** What a filter by a lot's name compares with: one index serves the name within a material, none serves it alone. */
export const nameOrMaterial = (name: string | undefined, material: number | undefined) =>
  name === undefined || material === undefined
    ? { name, material, nameInMaterial: undefined, inMaterial: undefined }
    : { name: undefined, material: undefined, nameInMaterial: name, inMaterial: material }
