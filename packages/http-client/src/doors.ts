import {
  type Call,
  type Caller,
  NotFound,
  type Refusal,
  type RequestShape,
  readUlid,
  ValidationFailed,
} from '@lotbook/domain'
import { Effect } from 'effect'
import { type Answered, exchange, type Sent, type Server } from './exchange.ts'

type Members = Readonly<Record<string, unknown>>
type Shape = Pick<RequestShape<never>, 'keys'> & {
  readonly decode: (input: unknown) => { readonly violations: { toMap(): Record<string, readonly string[]> } }
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const searchOf = (query: unknown): string => {
  const given = Object.entries(isObject(query) ? query : {}).filter(
    ([, value]) => value !== undefined && value !== null,
  )
  const search = new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)]))).toString()
  return search === '' ? '' : `?${search}`
}

// What a URL would read as another path: nothing has such a name.
const cannotStandInPath = (text: string): boolean => text === '' || text === '.' || text === '..'

/** The few ways in which every function of the port goes over HTTP. */
export const makeDoors = (server: Server, newKey: () => string) => {
  const ask = <A>(sent: Sent, done?: (answered: Answered) => void): Effect.Effect<A, Refusal> =>
    Effect.map(exchange(server, sent), (answered) => {
      done?.(answered)
      // The server's answers are held to the views of the domain by its own tests.
      return answered.body as A
    })

  const post = <A>(path: string, body: unknown, call: Call, dryRun: boolean): Effect.Effect<A, Refusal> =>
    Effect.suspend(() => {
      const version = call.expectedVersion
      return ask<A>(
        {
          method: 'POST',
          path: dryRun ? `${path}?dryRun=true` : path,
          body,
          headers: {
            ...(!dryRun && { 'Idempotency-Key': call.receipt?.key ?? newKey() }),
            ...(version !== undefined && { 'If-Match': `"${version}"` }),
          },
          repeatable: true,
        },
        ({ isReplay }) => {
          if (isReplay) call.receipt?.onReplay()
        },
      )
    })

  // A path takes an id only in good form, and what is wrong with the other fields is told at once.
  const withId = <A>(
    shape: Shape,
    field: string,
    request: unknown,
    send: (id: string, rest: Members) => Effect.Effect<A, Refusal>,
  ): Effect.Effect<A, Refusal> => {
    const members = isObject(request) ? request : {}
    const { [field]: id, ...rest } = members
    if (typeof id === 'string' && readUlid(id) !== undefined) return send(id, rest)
    return Effect.fail(new ValidationFailed({ violations: shape.decode(request).violations.toMap() }))
  }

  return {
    /** A write by POST, safe to repeat. */
    write:
      <A>(path: string, dryRun = false) =>
      (request: unknown, call: Call): Effect.Effect<A, Refusal> =>
        post(path, request, call, dryRun),

    /** A write by POST whose `id` stands in the path. */
    writeById:
      <A>(path: (id: string) => string, shape: Shape, dryRun = false) =>
      (request: unknown, call: Call): Effect.Effect<A, Refusal> =>
        withId(shape, 'id', request, (id, rest) => post(path(id), rest, call, dryRun)),

    /** A write by POST about one thing, which stands in the path by its id or name. `kind` is what is not found. */
    writeAbout:
      <A>(kind: string, path: (idOrName: string) => string, dryRun = false) =>
      (idOrName: string, request: unknown, call: Call): Effect.Effect<A, Refusal> =>
        cannotStandInPath(idOrName)
          ? Effect.fail(new NotFound({ kind, idOrName }))
          : post(path(encodeURIComponent(idOrName)), request, call, dryRun),

    /** What makes something by POST, and with an `id` changes it by PATCH. PATCH takes no idempotency key. */
    save:
      <A>(folder: string, shape: Shape) =>
      (request: unknown, call: Call): Effect.Effect<A, Refusal> => {
        if (!isObject(request) || (request['id'] ?? null) === null) {
          if (!isObject(request)) return post(folder, request, call, false)
          const { id: _none, ...rest } = request
          return post(folder, rest, call, false)
        }
        const version = call.expectedVersion
        return withId(shape, 'id', request, (id, rest) =>
          ask({
            method: 'PATCH',
            path: `${folder}/${id}`,
            body: rest,
            ...(version !== undefined && { headers: { 'If-Match': `"${version}"` } }),
            repeatable: false,
          }),
        )
      },

    /** A deletion by id. */
    remove:
      <A>(kind: string, folder: string, answer: (id: string) => A) =>
      (id: string, call: Call): Effect.Effect<A, Refusal> => {
        const version = call.expectedVersion
        if (readUlid(id) === undefined) return Effect.fail(new NotFound({ kind, idOrName: id }))
        const sent: Sent = {
          method: 'DELETE',
          path: `${folder}/${id}`,
          ...(version !== undefined && { headers: { 'If-Match': `"${version}"` } }),
          repeatable: false,
        }
        return Effect.map(ask(sent), () => answer(id))
      },

    /** A validator, or another question that is too long for a URL. */
    validate:
      <A>(path: string) =>
      (request: unknown, _caller: Caller): Effect.Effect<A, Refusal> =>
        ask({ method: 'POST', path, body: request, repeatable: true }),

    /** A list. */
    find:
      <A>(path: string) =>
      (query: unknown, _caller: Caller): Effect.Effect<A, Refusal> =>
        ask({ method: 'GET', path: path + searchOf(query), repeatable: true }),

    /** A list below an id that the query names. */
    findBelow:
      <A>(path: (id: string) => string, field: string, shape: Shape) =>
      (query: unknown, _caller: Caller): Effect.Effect<A, Refusal> =>
        withId(shape, field, query, (id, rest) =>
          ask({ method: 'GET', path: path(id) + searchOf(rest), repeatable: true }),
        ),

    /** One thing by its id or name. `kind` is what is not found. */
    get:
      <A>(kind: string, path: (idOrName: string) => string) =>
      (idOrName: string, _caller: Caller, query?: Members): Effect.Effect<A, Refusal> =>
        cannotStandInPath(idOrName)
          ? Effect.fail(new NotFound({ kind, idOrName }))
          : ask({ method: 'GET', path: path(encodeURIComponent(idOrName)) + searchOf(query), repeatable: true }),
  }
}

/** See {@link makeDoors}. */
export type Doors = ReturnType<typeof makeDoors>
