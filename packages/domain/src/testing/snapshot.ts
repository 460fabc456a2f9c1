import { Effect } from 'effect'
import { readUlid, type Ulid } from '../identifiers/ulid.ts'
import type { Page, Paging, Store } from '../store.ts'
import type { Instant } from '../time/instant.ts'

const whole = async <A>(list: (page: Paging) => Effect.Effect<Page<A>, unknown>): Promise<readonly A[]> => {
  const items: A[] = []
  let after: string | null = null
  do {
    const page: Page<A> = await Effect.runPromise(list({ limit: 200, after }))
    items.push(...page.items)
    after = page.next
  } while (after !== null)
  return items
}

/** Everything that any store shows of what it holds, for comparing it before and after. */
export const snapshot = async (store: Store, now: Instant): Promise<unknown> => {
  const records = await whole((page) => store.findRecords(page))
  const versions = records.map(({ id }) => Effect.runPromise(store.recordVersions(readUlid(id ?? '') as Ulid)))
  return {
    policy: await Effect.runPromise(store.policy()),
    checkpoint: await Effect.runPromise(store.checkpoint()),
    lots: await whole((page) => store.findLots({ ...page, includeDisabled: true, now })),
    inventory: await whole((page) => store.findInventory({ ...page, includeZero: true, now })),
    records,
    versions: await Promise.all(versions),
    units: await whole((page) => store.findUnits(page)),
    materials: await whole((page) => store.findMaterials(page)),
    locations: await whole((page) => store.findLocations(page)),
    reasonCodes: await whole((page) => store.findReasonCodes(page)),
  }
}
