import { Result } from 'effect'
import { type Action, type Decision, whyInvalid, whyNotPermitted } from '../actions/action.ts'
import type { Known } from '../known.ts'
import { type Refusal, ValidationFailed } from '../refusals.ts'
import { type Decoded, Violations } from '../request.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../time/instant.ts'

type Fields = Readonly<Record<string, unknown>>

/** How the rows of one kind become requests of the action that saves such a thing. */
export interface RowRule<R, A> {
  readonly action: Action<A>
  readonly decode: (input: unknown) => Decoded<R>
  readonly scope: (request: R, now: Instant) => Scope
  /** The request of the action, with ids in the place of names. What cannot be found is a violation. */
  readonly toRequest: (known: Known, request: R, violations: Violations) => A
  /** How the row calls the fields of the action, where it calls them otherwise. */
  readonly names?: Readonly<Record<string, string>>
  /** What is there under the row's name, by the fields of the row. */
  readonly present?: (known: Known, request: R) => Fields | undefined
}

/** The action of a row. It reads what it is to do from the row, so that its fields are known only to the rule. */
export type RowAction = Action<unknown>

const renamed = (
  violations: ValidationFailed['violations'],
  wrong: (field: string) => boolean,
  names: Readonly<Record<string, string>>,
): ValidationFailed => {
  const all = new Violations()
  for (const [field, messages] of Object.entries(violations)) {
    const name = names[field] ?? field
    // Once the name itself is wrong, nothing that follows from the missing id is news.
    if (name !== field && wrong(name)) continue
    for (const message of messages)
      all.add(
        name,
        Object.entries(names).reduce((text, [from, to]) => text.replaceAll(from, to), message),
      )
  }
  return new ValidationFailed({ violations: all.toMap() })
}

const differences = (request: Fields, present: Fields): Violations => {
  const violations = new Violations()
  for (const [field, value] of Object.entries(request)) {
    const there = present[field]
    if (value === null || value === there || JSON.stringify(value) === JSON.stringify(there)) continue
    violations.add(field, `differs from what is there: an import makes new things and changes none`)
  }
  return violations
}

/** Makes the action of a kind of row: the rules of the action it stands for, in the words of the row. */
export const rowAction = <R extends object, A>(rule: RowRule<R, A>): RowAction => {
  const { action, names = {}, present } = rule
  const decide: Action<R>['decide'] = (known, { request, violations }, circumstances) => {
    const denied = action.permission === null ? undefined : whyNotPermitted(circumstances.grants, action.permission)
    if (denied !== undefined) return Result.fail(denied)
    const found = rule.toRequest(known, request, violations)
    const own = new Set(Object.keys(violations.toMap()))
    const decided = action.decide(known, { request: found, violations }, circumstances)
    if (Result.isSuccess(decided)) return decided
    const refusal: Refusal = decided.failure
    if (refusal._tag === 'ValidationFailed')
      return Result.fail(renamed(refusal.violations, (field) => own.has(field), names))
    const there = refusal._tag === 'DuplicateName' ? present?.(known, request) : undefined
    if (there === undefined) return decided
    const other = whyInvalid(differences(request as Fields, there))
    const nothing: Decision = { known, versions: [] }
    return other === undefined ? Result.succeed(nothing) : Result.fail(other)
  }
  const own: Action<R> = {
    permission: null,
    decode: rule.decode,
    scope: rule.scope,
    violations: (known, decoded, circumstances) => {
      const decided = decide(known, decoded, circumstances)
      const map =
        Result.isFailure(decided) && decided.failure._tag === 'ValidationFailed' ? decided.failure.violations : {}
      const all = new Violations()
      for (const [field, messages] of Object.entries(map)) for (const message of messages) all.add(field, message)
      return all
    },
    decide,
  }
  // What `decode` gives is what the others are given.
  return own as RowAction
}
