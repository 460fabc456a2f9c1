import type { Result } from 'effect'
import type { FieldChange, Known, Outcome, Stamp } from '../known.ts'
import type { RecordVersion } from '../lot-record/lot-record.ts'
import type { Grant, Permission } from '../permissions.ts'
import { permits } from '../permissions.ts'
import { PermissionDenied, type Refusal, ValidationFailed, VersionConflict } from '../refusals.ts'
import type { Decoded, Violations } from '../request.ts'
import type { Scope } from '../scope.ts'
import { isVisible, longestName } from '../text/name.ts'
import type { Instant } from '../time/instant.ts'

/** What a decision may look at besides what is known: time, author, ids, and what the caller may do and expects. */
export interface Circumstances extends Stamp {
  readonly grants: readonly Grant[]
  /** The version that the caller has seen (`If-Match`), where it named one. */
  readonly expectedVersion: number | undefined
}

/** What a decision comes to: what is true afterwards, and what is to be written. */
export interface Decision {
  readonly known: Known
  readonly versions: readonly RecordVersion[]
  /** Which of the versions are the answer; the first, where nothing is said. What follows from a rule comes besides. */
  readonly answers?: readonly number[]
  readonly changes?: readonly FieldChange[]
  readonly deletedLots?: Outcome<unknown>['deletedLots']
}

/**
 * One verb of the ledger. `decode` reads the request as far as it goes, `scope` names what must be known,
 * `violations` collects everything that is wrong with the fields, and `decide` judges the rest and says what to write.
 */
export interface Action<R> {
  /** What every call of it needs; null where that depends on the record concerned. */
  readonly permission: Permission | null
  readonly decode: (input: unknown) => Decoded<R>
  readonly scope: (request: R, now: Instant) => Scope
  /** A wider scope, where what is known turns out not to be enough; the change is then asked again. */
  readonly more?: (known: Known, request: R, circumstances: Circumstances) => Scope | undefined
  readonly violations: (known: Known, decoded: Decoded<R>, circumstances: Circumstances) => Violations
  readonly decide: (known: Known, decoded: Decoded<R>, circumstances: Circumstances) => Result.Result<Decision, Refusal>
}

/** A refusal where a permission is missing. */
export const whyNotPermitted = (grants: readonly Grant[], permission: Permission): PermissionDenied | undefined =>
  permits(grants, permission) ? undefined : new PermissionDenied({ permission })

/** A refusal where what is written would have no author that can be read: HTTP and the command line always name one. */
export const whyNoAuthor = (actor: unknown): ValidationFailed | undefined =>
  typeof actor === 'string' && isVisible(actor)
    ? undefined
    : new ValidationFailed({ violations: { actor: [`must be text of 1 to ${longestName} visible characters`] } })

/** A refusal that carries all violations, where there are any. */
export const whyInvalid = (violations: Violations): ValidationFailed | undefined =>
  violations.isEmpty ? undefined : new ValidationFailed({ violations: violations.toMap() })

/** A refusal where the caller has seen another version. */
export const whyStale = (
  kind: string,
  id: string,
  actual: number,
  { expectedVersion }: Circumstances,
): VersionConflict | undefined =>
  expectedVersion === undefined || expectedVersion === actual
    ? undefined
    : new VersionConflict({ kind, id, expected: expectedVersion, actual })

/** The change rows between two states of something that is not a record. */
export const fieldChanges = <A extends object>(
  entity: FieldChange['entity'],
  entityId: string,
  before: Partial<A>,
  after: A,
  fields: readonly (keyof A & string)[],
  stamp: Stamp,
): readonly FieldChange[] =>
  fields.flatMap((field) => {
    const from = (before[field] ?? null) as FieldChange['from']
    const to = (after[field] ?? null) as FieldChange['to']
    return from === to ? [] : [{ entity, entityId, field, from, to, changedDate: stamp.now, changedBy: stamp.actor }]
  })
