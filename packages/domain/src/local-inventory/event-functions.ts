import { Effect } from 'effect'
import { whyInvalid, whyNotPermitted } from '../actions/action.ts'
import { passes, readNames, resolveNames, scopeOf } from '../events/event-filter.ts'
import {
  type EventFunctions,
  eventsShape,
  type FeedListener,
  type Place,
  type PublishFunctions,
  publishInventoryStateShape,
  type RecordEvent,
} from '../events/events.ts'
import { readUlid } from '../identifiers/ulid.ts'
import { findLocation } from '../known.ts'
import { largestPage } from '../queries/paging.ts'
import { toRef } from '../queries/refs.ts'
import type { Refusal } from '../refusals.ts'
import type { VersionView } from '../store.ts'
import { type Calls, read } from './calls.ts'

const eventOf = ({ sequence, version, writtenDate, writtenBy, record }: VersionView): RecordEvent => ({
  sequence,
  version,
  writtenDate,
  writtenBy,
  record,
})

/** The functions of the event feed. What is published reaches the readers of this inventory, and no others. */
export const eventFunctions = ({ store, now }: Calls): EventFunctions & PublishFunctions => {
  const readers = new Set<FeedListener>()

  const allPlaces = (): Effect.Effect<readonly Place[], Refusal> =>
    Effect.gen(function* () {
      const places: Place[] = []
      let after: string | null = null
      do {
        const page: Effect.Success<ReturnType<typeof store.findLocations>> = yield* store.findLocations({
          limit: largestPage,
          after,
        })
        for (const { id, path } of page.items) {
          const ulid = readUlid(id ?? '')
          if (ulid !== undefined) places.push({ id: ulid, path })
        }
        after = page.next
      } while (after !== null)
      return places
    })

  return {
    openEvents: (query, caller) =>
      Effect.gen(function* () {
        const denied = whyNotPermitted(caller.grants, read)
        if (denied !== undefined) return yield* Effect.fail<Refusal>(denied)
        const decoded = eventsShape.decode(query)
        const { request, violations } = decoded
        const named = readNames(decoded)
        const filter = yield* store.view(scopeOf(named), (known) => resolveNames(known, named, request, violations))
        const { count } = yield* store.checkpoint()
        for (const field of ['after', 'lastEventId'] as const)
          if ((request[field] ?? 0) > count)
            violations.add(field, `must not lie beyond the end of the ledger, which is ${count}: read it anew`)
        const invalid = whyInvalid(violations)
        if (invalid !== undefined) return yield* Effect.fail<Refusal>(invalid)

        const isWanted = passes(filter)
        const { lot, material, location } = filter
        return {
          from: request.lastEventId ?? request.after ?? count,
          next: (after, limit) =>
            Effect.flatMap(store.versionsAfter(after, limit), (versions) => {
              const items = versions.filter(({ record }) => isWanted(record)).map(eventOf)
              const last = versions.at(-1)
              return last === undefined
                ? Effect.map(store.checkpoint(), ({ count }) => ({ items, upTo: Math.min(after, count) }))
                : Effect.succeed({ items, upTo: last.sequence })
            }),
          stockAt: ({ id }, after, limit) =>
            store.findInventory({
              location: { id },
              ...(lot !== null && { lot: { id: lot } }),
              ...(material !== null && { material: { id: material } }),
              limit,
              after,
              now: now(),
            }),
          watch: ({ changed, published }) => {
            const listener: FeedListener = {
              changed,
              published: (places) => published(location === null ? places : places.filter(({ id }) => id === location)),
            }
            const letGo = store.watch(changed)
            readers.add(listener)
            return () => {
              letGo()
              readers.delete(listener)
            }
          },
        }
      }),

    publishInventoryState: (input, call) =>
      Effect.gen(function* () {
        const denied = whyNotPermitted(call.grants, read)
        if (denied !== undefined) return yield* Effect.fail<Refusal>(denied)
        const { request, violations } = publishInventoryStateShape.decode(input)
        const given = [...new Set(request.locationIdsOrPaths ?? [])]
        const named = yield* store.view({ locations: given.map(toRef) }, (known) =>
          given.map((text) => ({ text, location: findLocation(known, toRef(text)) })),
        )
        for (const { text, location } of named)
          if (location === undefined) violations.add('locationIdsOrPaths', `no location has the id or path ${text}`)
        const invalid = whyInvalid(violations)
        if (invalid !== undefined) return yield* Effect.fail<Refusal>(invalid)
        const places =
          request.locationIdsOrPaths === null
            ? yield* allPlaces()
            : named.flatMap(({ location }) =>
                location === undefined ? [] : [{ id: location.id, path: location.path }],
              )
        const distinct = [...new Map(places.map((place) => [place.id, place])).values()]
        for (const { published } of [...readers]) published(distinct)
        return { published: distinct.length }
      }),
  }
}
