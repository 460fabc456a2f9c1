import { NotFound, type Refusal, readUlid, ValidationFailed } from '@lotbook/domain'
import { Effect } from 'effect'

const isObject = (body: unknown): body is Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body)

// An `id` in the body is handed on under a name that no request has, so that the domain refuses it together with
// everything else that is wrong, and nothing is written.
const stray = 'id '

const notAField = 'is not a field of this request'

const renamed = (refusal: Refusal): Refusal => {
  if (refusal._tag !== 'ValidationFailed' || !(stray in refusal.violations)) return refusal
  const { [stray]: _messages, ...violations } = refusal.violations
  return new ValidationFailed({ violations: { ...violations, id: [notAField] } })
}

/** Calls with a body that must not hold an `id`, because the operation makes something new. */
export const withoutId = <A>(
  body: unknown,
  call: (request: unknown) => Effect.Effect<A, Refusal>,
): Effect.Effect<A, Refusal> => {
  if (!isObject(body) || !Object.hasOwn(body, 'id')) return call(body)
  const { id, ...rest } = body
  return Effect.mapError(call({ ...rest, [stray]: id ?? null }), renamed)
}

/** Calls with the id of the path and the other fields of the body, which must not hold one. */
export const withPathId = <A>(
  kind: string,
  idText: string | undefined,
  body: unknown,
  call: (request: unknown) => Effect.Effect<A, Refusal>,
): Effect.Effect<A, Refusal> => {
  const id = readUlid(idText ?? '')
  if (id === undefined) return Effect.fail(new NotFound({ kind, idOrName: idText ?? '' }))
  if (!isObject(body)) return call(body)
  if (!Object.hasOwn(body, 'id')) return call({ ...body, id })
  const { id: strayId, ...rest } = body
  return Effect.mapError(call({ ...rest, id, [stray]: strayId ?? null }), renamed)
}
