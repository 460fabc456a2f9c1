import { findLocation, type Location, type Ref } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { all, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { LoadLots } from './load-lots.ts'
import type { LoadMasterData } from './load-master-data.ts'
import type { Loaded } from './loaded.ts'

const limits = ({ storageCapacity, lotStorageStrategy }: Location): boolean =>
  storageCapacity !== null || lotStorageStrategy !== 'ALLOW_MULTIPLE'

/** Reads the places where stock may arrive into what is known, and what lies at those that limit what they hold. */
export const makeLoadArrivals = (db: Kysely<Tables>, { loadLocation, loadStockAt }: LoadMasterData & LoadLots) => {
  const holdingOtherUnits = statement(() =>
    db
      .selectFrom('location')
      .innerJoin('inventory', 'inventory.location', 'location.id')
      .innerJoin('lot', 'lot.id', 'inventory.lot')
      .select('location.ulid')
      .distinct()
      .where('location.storage_capacity', 'is not', null)
      .where('inventory.quantity', '>', 0)
      .whereRef('lot.unit', '<>', 'location.storage_capacity_unit')
      .orderBy('location.ulid'),
  )

  function* loadArrival(loaded: Loaded, ref: Ref): Program<void> {
    yield* loadLocation(loaded, ref)
    const location = findLocation(loaded, ref)
    if (location === undefined || loaded.limiting.has(location.id) || !limits(location)) return
    loaded.limiting.add(location.id)
    yield* loadStockAt(loaded, { id: location.id })
  }

  /** Loads the places with a capacity where stock in another unit lies, with all that lies there. */
  function* loadConvertedStock(loaded: Loaded): Program<void> {
    for (const { ulid } of yield* all(holdingOtherUnits({}))) yield* loadArrival(loaded, { id: ulid })
  }

  return { loadArrival, loadConvertedStock }
}
/** What `makeLoadArrivals` makes. */
export type LoadArrivals = ReturnType<typeof makeLoadArrivals>
