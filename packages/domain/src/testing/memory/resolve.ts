import { Result } from 'effect'
import { showUlid, type Ulid } from '../../identifiers/ulid.ts'
import { findLocation, findLot, findMaterial, type Known } from '../../known.ts'
import { NotFound } from '../../refusals.ts'
import type { LotRef, Ref } from '../../scope.ts'

/** The id that a filter names; undefined where the filter is not given. */
type Resolved = Result.Result<Ulid | undefined, NotFound>

const named = (ref: Ref | LotRef): string => ('id' in ref ? showUlid(ref.id) : ref.name)

const orNotFound = (kind: string, ref: Ref | LotRef, id: Ulid | undefined): Resolved =>
  id === undefined ? Result.fail(new NotFound({ kind, idOrName: named(ref) })) : Result.succeed(id)

const notGiven: Resolved = Result.succeed(undefined)

/** The material that a filter names. */
export const resolveMaterial = (known: Known, ref: Ref | undefined): Resolved =>
  ref === undefined ? notGiven : orNotFound('material', ref, findMaterial(known, ref)?.id)

/** The location that a filter names. */
export const resolveLocation = (known: Known, ref: Ref | undefined): Resolved =>
  ref === undefined ? notGiven : orNotFound('location', ref, findLocation(known, ref)?.id)

/** The lot that a filter names; a material that does not exist is the first thing not found. */
export const resolveLot = (known: Known, ref: LotRef | undefined): Resolved => {
  if (ref === undefined) return notGiven
  const material = 'id' in ref ? notGiven : resolveMaterial(known, ref.material)
  return Result.isFailure(material) ? material : orNotFound('lot', ref, findLot(known, ref)?.lot.id)
}

/** Tells whether a path is the place itself or, where the subtree is meant, below it. */
export const within =
  (path: string, subtree: boolean) =>
  (other: string): boolean =>
    other === path || (subtree && other.startsWith(`${path}/`))
