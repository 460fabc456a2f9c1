import { Effect, Result } from 'effect'
import type { Action, Circumstances } from '../actions/action.ts'
import { whyInvalid, whyNoAuthor, whyNotPermitted } from '../actions/action.ts'
import type { Call, Caller, InventoryParts, Validate } from '../inventory.ts'
import type { Known } from '../known.ts'
import type { Permission } from '../permissions.ts'
import { NotFound, type Refusal } from '../refusals.ts'
import type { Decoded } from '../request.ts'
import type { Store } from '../store.ts'
import type { Instant } from '../time/instant.ts'
import type { Done } from './answers.ts'

/** What reading anything needs. */
export const read: Permission = 'INVENTORY.READ.GET'

/** The few ways in which every function of the ledger goes: perform an action, validate a request, find, look up. */
export const makeCalls = ({ store, now, newUlid }: InventoryParts) => {
  const permitted = (caller: Caller, permission: Permission | null): Effect.Effect<void, Refusal> => {
    const refusal = permission === null ? undefined : whyNotPermitted(caller.grants, permission)
    return refusal === undefined ? Effect.void : Effect.fail(refusal)
  }

  /** For what writes by other ways than `perform`. */
  const authored = ({ actor }: Caller): Effect.Effect<void, Refusal> => {
    const refusal = whyNoAuthor(actor)
    return refusal === undefined ? Effect.void : Effect.fail(refusal)
  }

  const circumstances = (call: Call, at: Instant): Circumstances => ({
    now: at,
    actor: call.actor,
    newId: () => newUlid(at),
    grants: call.grants,
    expectedVersion: call.expectedVersion,
  })

  const perform =
    <R, A>(action: Action<R>, answer: (done: Done, request: R) => A, dryRun = false) =>
    (input: unknown, call: Call): Effect.Effect<A, Refusal> => {
      const denied = action.permission === null ? undefined : whyNotPermitted(call.grants, action.permission)
      const refusal = denied ?? whyNoAuthor(call.actor)
      if (refusal !== undefined) return Effect.fail(refusal)
      const at = now()
      const decoded = action.decode(input)
      const stamp = circumstances(call, at)
      return store.change(
        action.scope(decoded.request, at),
        (before) => {
          const wider = action.more?.(before, decoded.request, stamp)
          if (wider !== undefined) return { wider }
          return Result.map(
            action.decide(before, decoded, stamp),
            ({ known, versions, answers = [0], changes = [], deletedLots = [] }) => {
              // What changes nothing is no save: nobody's ETag becomes stale by it.
              const after = versions.length + changes.length + deletedLots.length === 0 ? before : known
              return {
                known: after,
                versions,
                changes,
                deletedLots,
                answer: (sequences) =>
                  answer({ before, after, versions, answers, sequences, now: at }, decoded.request),
              }
            },
          )
        },
        { dryRun, receipt: call.receipt },
      )
    }

  const validate =
    <R>(action: Action<R>): Validate =>
    (input, caller) => {
      const at = now()
      const decoded = action.decode(input)
      return Effect.andThen(
        permitted(caller, 'INVENTORY.READ.VALIDATE'),
        store.view(action.scope(decoded.request, at), (known) =>
          action.violations(known, decoded, circumstances(caller, at)).toMap(),
        ),
      )
    }

  const find =
    <Q, A>(readQuery: (input: unknown) => Decoded<Q>, list: (query: Q) => Effect.Effect<A, Refusal>) =>
    (input: unknown, caller: Caller): Effect.Effect<A, Refusal> => {
      const { request, violations } = readQuery(input)
      const refusal = whyNotPermitted(caller.grants, read) ?? whyInvalid(violations)
      return refusal === undefined ? list(request) : Effect.fail(refusal)
    }

  /** Looks something up by id or name; what is not there is refused as not found. */
  const look = <A>(
    kind: string,
    idOrName: string,
    caller: Caller,
    scope: Parameters<Store['view']>[0],
    found: (known: Known) => A | undefined,
  ): Effect.Effect<A, Refusal> =>
    permitted(caller, read).pipe(
      Effect.andThen(store.view(scope, found)),
      Effect.flatMap(
        (value): Effect.Effect<A, Refusal> =>
          value === undefined ? Effect.fail(new NotFound({ kind, idOrName })) : Effect.succeed(value),
      ),
    )

  /** What cannot be there is not found, for those who may look. */
  const notThere = (kind: string, idOrName: string, caller: Caller): Effect.Effect<never, Refusal> =>
    Effect.andThen(permitted(caller, read), Effect.fail<Refusal>(new NotFound({ kind, idOrName })))

  return { store, now, permitted, authored, circumstances, perform, validate, find, look, notThere }
}

/** The ways in which every function goes, over one store. */
export type Calls = ReturnType<typeof makeCalls>
