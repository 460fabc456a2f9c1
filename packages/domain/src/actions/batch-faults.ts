import { findLot, type Known } from '../known.ts'
import type { Decoded, Violations } from '../request.ts'
import type { Scope } from '../scope.ts'
import { type Action, type Circumstances, whyNotPermitted } from './action.ts'

/** One action of a list, as it was read. */
export interface BatchItem {
  readonly action: Action<unknown>
  readonly decoded: Decoded<unknown>
}

/** Notes what is wrong with one action of a list, each field by its place in the list. */
export const noteFault = (
  noted: Violations,
  index: number,
  violations: Readonly<Record<string, readonly string[]>>,
): void => {
  for (const [field, messages] of Object.entries(violations))
    for (const message of messages) noted.add(`requests[${index}].${field}`, message)
}

const createsLots = ({ request }: Decoded<unknown>): boolean =>
  request !== null &&
  typeof request === 'object' &&
  (('createIfNotExists' in request && request.createIfNotExists === true) || 'destinationLotName' in request)

const namesOf = ({ lots = [] }: Scope): readonly string[] => lots.flatMap((ref) => ('name' in ref ? ref.name : []))

/** Names of lots that actions which were not done may have made. */
class NotMade {
  readonly #names = new Set<string>()
  #mayBeAny = false

  add({ decoded }: BatchItem, scope: Scope): void {
    // Of an action of no known type nothing is known.
    if (decoded.request === null || (createsLots(decoded) && scope.numbering !== undefined)) this.#mayBeAny = true
    else if (createsLots(decoded)) for (const name of namesOf(scope)) this.#names.add(name)
  }

  /** Whether an action names a lot that is missing, maybe only because it was not made. */
  isMissedBy({ decoded }: BatchItem, { lots = [] }: Scope, known: Known): boolean {
    return (
      !createsLots(decoded) &&
      lots.some(
        (ref) => 'name' in ref && (this.#mayBeAny || this.#names.has(ref.name)) && findLot(known, ref) === undefined,
      )
    )
  }
}

/**
 * Notes what is wrong with the actions of a list after the one that was refused (-1: with all of them). None of them is
 * done, so an action whose lot may be missing for that is judged by its own fields only; one without permission, not at all.
 */
export const noteFaultsAfter = (
  refused: number,
  items: readonly BatchItem[],
  known: Known,
  stamp: Circumstances,
  noted: Violations,
): void => {
  const notMade = new NotMade()
  for (const [index, item] of items.entries()) {
    if (index < refused) continue
    const { action, decoded } = item
    const scope = action.scope(decoded.request, stamp.now)
    const isPermitted = action.permission === null || whyNotPermitted(stamp.grants, action.permission) === undefined
    if (index > refused && isPermitted) {
      const found = notMade.isMissedBy(item, scope, known)
        ? decoded.violations
        : action.violations(known, decoded, stamp)
      noteFault(noted, index, found.toMap())
    }
    notMade.add(item, scope)
  }
}
