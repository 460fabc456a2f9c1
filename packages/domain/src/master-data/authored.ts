import type { Ulid } from '../identifiers/ulid.ts'
import type { Stamp } from '../known.ts'
import type { Annotations, Authorship } from '../lot/lot.ts'

/** Id, version, author and times of something that is created, or changed where `before` is given. */
export const authored = <A extends Authorship & { readonly id: Ulid; readonly version: number }>(
  before: A | undefined,
  { now, actor, newId }: Stamp,
): Authorship & { readonly id: Ulid; readonly version: number } => ({
  id: before?.id ?? newId(),
  version: (before?.version ?? 0) + 1,
  createdDate: before?.createdDate ?? now,
  createdBy: before?.createdBy ?? actor,
  modifiedDate: before === undefined ? null : now,
  modifiedBy: before === undefined ? null : actor,
})

/** The user's own words, a given value replacing and null keeping. */
export const annotate = (
  before: Annotations | undefined,
  request: { readonly [K in keyof Annotations]: Annotations[K] | null },
): Annotations => ({
  notes: request.notes ?? before?.notes ?? null,
  enabled: request.enabled ?? before?.enabled ?? true,
  spare1: request.spare1 ?? before?.spare1 ?? null,
  spare2: request.spare2 ?? before?.spare2 ?? null,
  spare3: request.spare3 ?? before?.spare3 ?? null,
})
