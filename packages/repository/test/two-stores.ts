import { type Inventory, type Page, type Paging, readUlid, type Scope, type Store, type Ulid } from '@lotbook/domain'
import { Effect } from 'effect'

// What the tests share that play the same history in two stores.

/** The canonical form of an id that was shown. */
export const ulid = (id: string | null): Ulid => readUlid(id ?? '') as Ulid

/** A small generator of numbers, so that a failing run can be run again. */
export const numbersFrom = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** All pages of a list, of three items each: cursors are each store's own. */
export const whole = <A, E>(list: (paging: Paging) => Effect.Effect<Page<A>, E>) =>
  Effect.gen(function* () {
    const items: A[] = []
    let after: string | null = null
    do {
      const page: Page<A> = yield* list({ limit: 3, after })
      items.push(...page.items)
      after = page.next
    } while (after !== null)
    return items
  })

/** Asks both stores; they must say the same. */
export type Shown = <A>(
  call: (inventory: Inventory, store: Store) => Effect.Effect<A, unknown>,
) => Promise<A | undefined>

/** What a scope loads, but for what only one store adds for itself: keys, and units that nothing loaded refers to. */
const loadedBy = (store: Store, scope: Scope) =>
  store.view(scope, ({ lots, locations, materials, reasonCodes, records, ...known }) => ({
    ...{ lots, locations, materials, reasonCodes, records },
    conversions: known.conversions,
    unitsOfConversions: new Map(
      Array.from(known.conversions.values(), ({ id, fromUnitId, toUnitId }) => [
        id,
        [fromUnitId, toUnitId].map((unit) => known.units.get(unit)),
      ]),
    ),
    timelines: known.timelines,
    consumptions: known.consumptions,
    ages: known.ages,
    belowZero: known.belowZero,
    takenNames: known.takenNames,
    lastStatusChanges: known.lastStatusChanges,
  }))

/** What actions ask for is loaded alike. */
export const sameLoads = async (
  shown: Shown,
  records: readonly (string | null)[],
  lots: readonly (string | null)[],
  paths: readonly string[],
): Promise<void> => {
  const places = paths.map((name) => ({ name }))
  const refs = lots.map((id) => ({ id: ulid(id) }))
  const since = Date.UTC(2026, 10, 12)
  for (const place of places) {
    await shown((_, store) => loadedBy(store, { stockAt: [place], since }))
    await shown((_, store) => loadedBy(store, { arrivesAt: [place], conversions: true }))
  }
  await shown((_, store) => loadedBy(store, { stockAt: places, arrivesAt: places, consumptionsOf: refs }))
  await shown((_, store) => loadedBy(store, { belowZeroAt: places }))
  await shown((_, store) => loadedBy(store, { convertedStock: true }))
  await shown((_, store) => loadedBy(store, { lots: refs, agesOfAll: true }))
  const numbering = [{ material: { name: 'Raw/Milk' }, date: '2026-11-23' }]
  await shown((_, store) => loadedBy(store, { numbering }))
  const beside = refs.flatMap(({ id }) => ['A', 'B'].map((name) => ({ name, sameMaterialAs: id })))
  await shown((_, store) => loadedBy(store, { lots: beside }))
  for (const id of records) await shown((_, store) => loadedBy(store, { records: [ulid(id)] }))
}
