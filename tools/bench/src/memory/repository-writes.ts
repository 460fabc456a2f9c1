import {
  type InventoryRow,
  type KnownLot,
  makeInventory,
  makeUlidSource,
  type Outcome,
  type RecordVersion,
  readUlid,
  type Store,
  type Ulid,
} from '@lotbook/domain'
import { Effect, Result } from 'effect'
import { consumption } from '../consumption.ts'
import { draw, type Plant } from '../plant.ts'

const quantity = 1000

/** Writes one consumption, and gives back the version that the domain decided on. */
export const writeExample = async (store: Store, plant: Plant): Promise<RecordVersion> => {
  let decided: RecordVersion | undefined
  const watched: Store = {
    ...store,
    change: (scope, decide, options) =>
      store.change(
        scope,
        (known) => {
          const outcome = decide(known)
          if (!('wider' in outcome) && Result.isSuccess(outcome)) decided = outcome.success.versions[0]
          return outcome
        },
        options,
      ),
  }
  const inventory = makeInventory({ store: watched, now: Date.now, newUlid: makeUlidSource() })
  const call = { actor: 'bench', grants: ['INVENTORY'] } as const
  const request = consumption(plant, plant.lots[0] as string, Date.now())
  await Effect.runPromise(inventory.saveInventoryLotRecord(request, call))
  if (decided === undefined) throw new Error('the consumption was not decided')
  return decided
}

/**
 * Consumptions through the store alone: what is decided is made from an example, so that next to nothing of the domain
 * is in the time. As many as the group says arrive in one turn of the event loop.
 */
export const makeRepositoryWrites = (
  store: Store,
  plant: Plant,
  example: RecordVersion,
): ((group: number) => Promise<void>) => {
  const lots = plant.lots.map((lot) => readUlid(lot) as Ulid)
  const location = readUlid(plant.location) as Ulid
  const newUlid = makeUlidSource()
  let now = Date.now()

  const outcomeOf = (item: KnownLot, lot: Ulid, at: number): Omit<Outcome<number>, 'known'> & { item: KnownLot } => {
    const row = item.rows.get(location) as InventoryRow
    const changed = { ...row, quantity: row.quantity - quantity, lastEffectiveDate: at }
    return {
      item: { lot: item.lot, rows: new Map(item.rows).set(location, changed) },
      versions: [
        {
          ...example,
          record: { ...example.record, id: newUlid(at), inventoryLotId: lot, startDate: at, createdDate: at },
          stockEntries: [{ locationId: location, lotId: lot, quantity: -quantity, effectiveDate: at }],
          writtenDate: at,
        },
      ],
      changes: [],
      deletedLots: [],
      answer: ([sequence]) => sequence ?? 0,
    }
  }

  const consume = (): Promise<number> => {
    now += 1
    const at = now
    const lot = draw(lots)
    return Effect.runPromise(
      store.change({ lots: [{ id: lot }], locations: [{ id: location }], since: at }, (known) => {
        const { item, ...outcome } = outcomeOf(known.lots.get(lot) as KnownLot, lot, at)
        return Result.succeed({ known: { ...known, lots: new Map(known.lots).set(lot, item) }, ...outcome })
      }),
    )
  }

  return async (group) => {
    if (group === 1) await consume()
    else await Promise.all(Array.from({ length: group }, consume))
  }
}
